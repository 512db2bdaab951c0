"""What is UTF-8 is what Python decodes."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.extraction.kernels.utf8 import is_utf8

PIECES = st.sampled_from(
    [
        *(
            b"a" * 40,
            b"a",
            "é中😀".encode(),
            b"\xed\xa0\x80",
            b"\xed\x9f\xbf",
            b"\xc0\x80",
            b"\xf4\x90\x80\x80",
            b"\xff",
        ),
        *(
            b"\xf4\x8f\xbf\xbf",
            b"\xe0\x80\x80",
            b"\xf0\x80\x80\x80",
            b"\xe2\x82",
            b"\x80",
            b"\xf0\x90\x80\x80",
            b"\xc2",
        ),
    ]
)


def decodes(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(st.lists(PIECES, max_size=5).map(b"".join) | st.text().map(str.encode) | st.binary())
@example(b"a" * 31 + "é".encode())
@example(b"a" * 32 + b"\xc3")
def test_what_python_decodes(raw: bytes) -> None:
    assert is_utf8(np.frombuffer(raw, np.uint8), 0, len(raw)) == decodes(raw)
    cut = raw[: len(raw) // 2]
    assert is_utf8(np.frombuffer(raw, np.uint8), 0, len(cut)) == decodes(cut)
