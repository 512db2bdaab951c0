"""Text that comes from no span of a page: strings of JSON."""


def plain(text: str) -> str:
    """Make runs of white space one space; what no UTF-8 can hold becomes a replacement character."""
    text = " ".join(text.split())
    return text if text.isprintable() else _writable(text)


def _writable(text: str) -> str:
    """Replace NUL, as HTML does, and lone surrogates, which JSON may escape."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
