"""What whoever asks for texts that are not kept is told, beside the answer."""

import sys

from provenance.dropped_text import SHOWN


def warn(*, dropped_text: bool) -> None:
    """Say on stderr that such a text is not published, where it is asked for."""
    if dropped_text:
        print(f"vitrine: {SHOWN}", file=sys.stderr)  # noqa: T201  # not part of the answer
