"""Dates are read as given or not at all."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.dates import iso_date


@pytest.mark.parametrize(
    ("given_", "read"),
    [
        ("2021", "2021"),
        ("2021-07", "2021-07"),
        ("2021-07-04", "2021-07-04"),
        ("2021/7/4", "2021-07-04"),
        ("20210704", "2021-07-04"),
        ("20210704T0915Z", "2021-07-04T09:15Z"),
        ("20210704T091530+0200", "2021-07-04T09:15:30+02:00"),
        (" 2021-07-04 09:15 ", "2021-07-04T09:15"),
        ("2021-07-04T09:15:30.1234567Z", "2021-07-04T09:15:30Z"),
        ("2021-07-04t09:15:30-0330", "2021-07-04T09:15:30-03:30"),
        ("2021-07-04T09:15:30 GMT", "2021-07-04T09:15:30Z"),
        ("Sun, 04 Jul 2021 09:15:30 GMT", "2021-07-04T09:15:30Z"),
        ("Sun Jul 04 2021 09:15:30 GMT+0200 (Central European Summer Time)", "2021-07-04T09:15:30+02:00"),
        ("July 4th, 2021", "2021-07-04"),
        ("4 july 2021", "2021-07-04"),
        ("Sept. 4, 2021 12:05 am", "2021-09-04T00:05"),
        ("Jul 4, 2021, 12:05 PM", "2021-07-04T12:05"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_a_date_is_no_finer_than_it_is_given(given_: str, read: str) -> None:
    assert iso_date(given_) == read


@pytest.mark.parametrize(
    "given_",
    [
        *("", "yesterday", "03/04/2021", "25.12.2021", "21-07-04", "0000-00-00", "0001-01-01T00:00:00Z"),
        *("2021-02-29", "2021-13-01", "2021-00-10", "2021-07-04T24:01:00", "2021-07-04T10:61", "2021-07-04T10:10:61"),
        *("1625390130", "1625390130000", "2021070409", "2021-07/04", "2021-07-04 and more", "2021-07-04T10:10+99:00"),
        *("Jul 4, 2021 13:00 pm", "Jul 4, 2021 0:10 am", "Foo 4, 2021", "31 June 2021", "\u0662\u0660\u0662\u0661"),
        *("2021-07-04" + " " * 100 + "x", "2021-07-04T10"),
    ],
)
def test_what_has_no_reading_or_two_is_no_date(given_: str) -> None:
    assert iso_date(given_) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_reads_as_itself(day: date) -> None:
    assert iso_date(day.isoformat()) == day.isoformat()
    assert iso_date(day.strftime("%d %B %Y")) == day.isoformat()
    assert iso_date(day.strftime("%b %d, %Y")) == day.isoformat()


@given(
    st.datetimes(
        min_value=datetime(1000, 1, 2),  # noqa: DTZ001  # the zone comes from the next strategy
        max_value=datetime(9999, 12, 30),  # noqa: DTZ001
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_every_moment_reads_as_itself(moment: datetime) -> None:
    assert iso_date(moment.isoformat()) == moment.replace(microsecond=0).isoformat()


@given(st.text(alphabet="0123456789-/T:Z+. ,apmjulysn", max_size=30) | st.text(max_size=100))
def test_what_is_read_reads_as_itself(text: str) -> None:
    read = iso_date(text)
    assert read is None or iso_date(read) == read
