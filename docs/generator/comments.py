"""Reads the `#:` comments above fields and constants: what they say there is what the pages say."""

import ast
import inspect
import textwrap
from types import ModuleType

PACKAGES = ("filters", "pipelines")


def meanings(kind: type) -> dict[str, str]:
    """Map the fields of a class, inherited ones included, to their comments; a field without one is not there.

    A comment holds for the fields that follow it directly, up to the next comment or empty line.
    """
    ours = [ancestor for ancestor in reversed(kind.__mro__) if ancestor.__module__.split(".")[0] in PACKAGES]
    return {name: said for ancestor in ours for name, said in _commented(inspect.getsource(ancestor)).items()}


def constants(module: ModuleType) -> dict[str, str]:
    """Map the constants of a module to their comments."""
    return _commented(inspect.getsource(module))


def sentence(text: str) -> str:
    """Begin with a capital letter and end with a full stop, unless the text is code."""
    if not text:
        return ""
    begun = text if text[0] == "`" else text[0].upper() + text[1:]
    return begun if begun.endswith((".", ":", "?")) else f"{begun}."


def _commented(source: str) -> dict[str, str]:
    source = textwrap.dedent(source)
    names = _assigned(ast.parse(source))
    found: dict[str, str] = {}
    comment: list[str] = []
    complete = True
    for number, line in enumerate(source.splitlines(), 1):
        text = line.strip()
        if text.startswith("#:"):
            comment = [*([] if complete else comment), text.removeprefix("#:").strip()]
            complete = False
            continue
        complete = True
        if not text:
            comment = []
        elif number in names and comment:
            found[names[number]] = " ".join(comment)
    return found


def _assigned(tree: ast.Module) -> dict[int, str]:
    """Map line numbers to the name that is given a value or a type there, in a module or in its only class."""
    first = tree.body[0]
    body = first.body if len(tree.body) == 1 and isinstance(first, ast.ClassDef) else tree.body
    names: dict[int, str] = {}
    for node in body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        target = node.targets[0] if isinstance(node, ast.Assign) else target
        if isinstance(target, ast.Name):
            names[node.lineno] = target.id
    return names
