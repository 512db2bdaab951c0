"""What was asked for lately is kept, and no more of it than was said."""

from provenance.passages.remembered import Remembered


def test_the_one_not_asked_for_the_longest_goes_first() -> None:
    read: list[str] = []

    def get(key: str, size: int = 4) -> bytes:
        return remembered.get(key, lambda: read.append(key) or bytes(size))

    remembered = Remembered[bytes](10, len)
    for key in "abab":
        get(key)
    get("c")
    assert (read, remembered.bytes) == (["a", "b", "c"], 8)
    get("b")
    get("a")
    assert read == ["a", "b", "c", "a"]
    # One that is too large alone is kept until the next.
    assert len(get("d", 100)) == 100
    assert remembered.bytes == 100
    get("e")
    assert remembered.bytes == 4
