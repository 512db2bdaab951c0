"""What is kept of a statement as it stands."""

#: bytes of UTF-8; no more of a text is kept
RAW_BYTES = 1024
_CUT = "\u2026"


def excerpt(text: str) -> str:
    """Cut a text to RAW_BYTES bytes of UTF-8, between two characters: what is cut ends in an ellipsis.

    What UTF-8 cannot hold becomes "?".
    """
    if len(text) <= RAW_BYTES and text.isascii():
        return text
    data = text[: RAW_BYTES + 1].encode("utf-8", "replace")
    if len(data) <= RAW_BYTES:
        return data.decode()
    return data[: RAW_BYTES - len(_CUT.encode())].decode("utf-8", "ignore") + _CUT
