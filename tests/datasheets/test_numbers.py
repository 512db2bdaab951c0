"""Numbers are written for readers."""

from datasheets.numbers import counted, percent, whole


def test_numbers_are_written_for_readers() -> None:
    assert whole(1234567) == "1,234,567"
    assert percent(0.12345) == "12.3%"
    assert [counted(n, "record") for n in (0, 1, 2000)] == ["0 records", "1 record", "2,000 records"]
    assert counted(1, "document is", "documents are") == "1 document is"
