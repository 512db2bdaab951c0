"""Thirty-two bytes at once: which of them are of a kind, as bits of a number, the first byte's lowest.

A kind is a set of ranges of bytes. LLVM makes of this what the processor has: two or three instructions with AVX2.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

#: bytes that are looked at together; so many lie beyond what is read
WIDTH = 32
#: bytes from the first to the last, both of the kind
Range = tuple[int, int]
_BYTES, _BITS = ir.VectorType(ir.IntType(8), WIDTH), ir.IntType(WIDTH)
_callable: Any = intrinsic


def kinds(*wanted: Sequence[Range]) -> Callable[[NDArray[np.uint8], Any], Any]:
    """Make what marks the bytes data[at:at + WIDTH] (uint8, all within `data`): a uint64 for each kind."""

    def typed(_: Any, data: Any, _at: Any) -> tuple[Any, Callable[..., Any]]:  # noqa: ANN401  # numba's types
        def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
            block = _loaded(context, builder, signature, arguments)
            masks = [_mask(builder, block, ranges) for ranges in wanted]
            return context.make_tuple(builder, signature.return_type, masks)

        return types.UniTuple(types.uint64, len(wanted))(data, types.intp), write

    return _callable(typed)


def equal_to() -> Callable[[NDArray[np.uint8], Any, Any], np.uint64]:
    """Make what marks the bytes data[at:at + WIDTH] that are a given one."""

    def typed(_: Any, data: Any, _at: Any, _byte: Any) -> tuple[Any, Callable[..., Any]]:  # noqa: ANN401  # likewise
        def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
            block = _loaded(context, builder, signature, arguments)
            return _bits(builder, builder.icmp_unsigned("==", block, _splat(builder, arguments[2])))

        return types.uint64(data, types.intp, types.uint8), write

    return _callable(typed)


def copy_plain(space: Sequence[Range]) -> Callable[[NDArray[np.uint8], Any, NDArray[np.uint8], Any], None]:
    """Make what copies data[at:at + WIDTH] to out[to:to + WIDTH], with a blank for each byte of a kind."""

    def typed(_: Any, data: Any, _at: Any, out: Any, _to: Any) -> tuple[Any, Callable[..., Any]]:  # noqa: ANN401  # likewise
        def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
            block = _loaded(context, builder, signature, arguments)
            plain = builder.select(_within(builder, block, space), ir.Constant(_BYTES, [32] * WIDTH), block)
            builder.store(plain, _place(context, builder, signature.args[2], arguments[2], arguments[3]), align=1)
            return context.get_dummy_value()

        return types.void(data, types.intp, out, types.intp), write

    return _callable(typed)


def _place(context: Any, builder: Any, kind: Any, array: Any, at: Any) -> Any:  # noqa: ANN401  # likewise
    view = context.make_array(kind)(context, builder, array)
    return builder.bitcast(cgutils.get_item_pointer(context, builder, kind, view, [at]), _BYTES.as_pointer())


def _loaded(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
    return builder.load(_place(context, builder, signature.args[0], arguments[0], arguments[1]), align=1)


def _mask(builder: Any, block: Any, ranges: Sequence[Range]) -> Any:  # noqa: ANN401  # likewise
    return _bits(builder, _within(builder, block, ranges))


def _within(builder: Any, block: Any, ranges: Sequence[Range]) -> Any:  # noqa: ANN401  # likewise
    found = None
    for first, last in ranges:
        start, width = (ir.Constant(_BYTES, [byte] * WIDTH) for byte in (first, last - first))
        one = builder.icmp_unsigned("<=", builder.sub(block, start), width)
        found = one if found is None else builder.or_(found, one)
    return found


def _bits(builder: Any, marks: Any) -> Any:  # noqa: ANN401  # likewise
    return builder.zext(builder.bitcast(marks, _BITS), ir.IntType(64))


def _splat(builder: Any, byte: Any) -> Any:  # noqa: ANN401  # likewise
    one = builder.insert_element(ir.Constant(_BYTES, ir.Undefined), byte, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(
        one, ir.Constant(_BYTES, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
    )
