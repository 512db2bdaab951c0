"""`vitrine dedup explain`: the rounds in which a recipe finds duplicates, and which similar texts it will find."""

import json
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines.dedup.lsh import curve
from pipelines.dedup.repeated import Kind, RepeatedNgrams, bloom_of, method
from pipelines.dedup.resolved import Resolved
from pipelines.dedup.settings import Dedup
from pipelines.recipe import Recipe

#: characters of a bar
WIDE = 40
_ROUNDS = {
    "url": "the same address, without scheme and fragment",
    "text": "the same bytes of text",
    "words": "the same words, in lower case, whatever stands between them",
    "minhash": "similar texts: any band of a MinHash signature in common",
}


_PASSAGES = {
    "paragraphs": "paragraphs that are equal without case, digits and marks",
    "lines": "lines that are equal byte for byte",
    "sentence_spans": "runs of sentences that are equal when simplified",
    "substrings": "long substrings that are equal byte for byte",
    "ngrams": "paragraphs most of whose n-grams are known",
}


def explain_dedup(name: str, *, as_json: bool) -> None:
    """Print how a recipe finds duplicates: the rounds, the numbers of its signatures, and their S-curve."""
    recipe = Recipe.load(name)
    dedup = recipe.dedup
    minhash = dedup.minhash.resolved if dedup and dedup.minhash else None
    if as_json:
        print(json.dumps({"name": recipe.name, "digest": recipe.digest} | _facts(dedup, minhash)))  # noqa: T201
        return
    console = Console(highlight=False)
    if dedup is None:
        console.print(f"recipe {recipe.name} does not look for duplicates")
        return
    console.print(_rounds(recipe.name, dedup))
    if minhash:
        console.print(_numbers(minhash), soft_wrap=True)
        console.print(_curve(minhash))


def _facts(dedup: Dedup | None, minhash: Resolved | None) -> dict[str, Any]:
    rounds = [{"method": one.method, "prefer": one.prefer} for one in dedup.rounds] if dedup else []
    kinds = [{"method": method(kind), **kind.model_dump(mode="json")} for kind in dedup.passages] if dedup else []
    scope = {"scope": dedup.scope, "giant": dedup.giant, "memory_bytes": dedup.memory_bytes} if dedup else {}
    points = (
        [{"similarity": one, "chance": chance} for one, chance in curve(minhash.bands, minhash.rows)]
        if minhash
        else None
    )
    found: dict[str, Any] = {
        "rounds": rounds,
        "passages": kinds,
        "minhash": minhash and asdict(minhash),
        "curve": points,
    }
    return scope | found


def _rounds(name: str, dedup: Dedup) -> Table:
    among = "all documents" if dedup.scope == "release" else "the documents of one crawl"
    table = Table(title=f"{name}: duplicates among {among}", title_justify="left")
    for heading in ("round", "duplicates have", "kept is, first of all", "the ledger says"):
        table.add_column(heading)
    for number, one in enumerate(dedup.rounds, 1):
        prefer = ", ".join((*one.prefer, "earliest", "id"))
        table.add_row(str(number), _ROUNDS[one.name], prefer, one.method)
    for number, kind in enumerate(dedup.passages, len(dedup.rounds) + 1):
        table.add_row(str(number), _PASSAGES[kind.kind], _stays(kind), method(kind))
    return table


def _stays(kind: Kind) -> str:
    """Say which of equal parts stays."""
    bloom = bloom_of(kind)
    if bloom:
        return f"the first in the inputs' order; up to {bloom.rate:g} of new parts go, too"
    return "earliest, id" if isinstance(kind, RepeatedNgrams) or kind.keep == "first" else "none"


def _numbers(minhash: Resolved) -> str:
    half = (1 - 0.5 ** (1 / minhash.bands)) ** (1 / minhash.rows)
    verified = f"pairs are compared, and must share {minhash.verify:g}" if minhash.verify else "pairs are not compared"
    return (
        f"\nsignature  {minhash.values} values of {minhash.bits} bits: {minhash.bands} bands of {minhash.rows} rows; "
        f"seed {minhash.seed}\nshingles   {minhash.ngram} tokens ({minhash.tokens}), hashed by {minhash.hash}\n"
        f"half of the pairs are found at a Jaccard similarity of {half:.2f}; {verified}\n"
    )


def _curve(minhash: Resolved) -> Table:
    table = Table(title="which pairs share a band", title_justify="left", show_edge=False)
    table.add_column("Jaccard", justify="right")
    table.add_column("chance", justify="right")
    table.add_column("")
    for similarity, chance in curve(minhash.bands, minhash.rows):
        table.add_row(f"{similarity:.2f}", f"{100 * chance:.2f} %", "\u2588" * round(chance * WIDE))
    return table
