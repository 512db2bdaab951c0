"""Machine instructions that numba has no words for."""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

__all__ = ["byte_at", "load", "load_at", "ones", "prefetch", "trailing_zeros"]

#: what numba takes: the type, and the function that writes the instructions
Written = tuple[Any, Callable[..., Any]]


def _prefetch(_: Any, array: Any, _row: Any, _column: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        view = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer = cgutils.get_item_pointer(context, builder, signature.args[0], view, list(arguments[1:]))
        address, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [address, flag, flag, flag])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [builder.bitcast(pointer, address), flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp), write


def _load(_: Any, data: Any, _position: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        view = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer = cgutils.get_item_pointer(context, builder, signature.args[0], view, [arguments[1]])
        return builder.load(builder.bitcast(pointer, ir.IntType(64).as_pointer()), align=1)

    return types.uint64(data, types.intp), write


def _load_at(_: Any, _address: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(_: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        return builder.load(builder.inttoptr(arguments[0], ir.IntType(64).as_pointer()), align=1)

    return types.uint64(types.int64), write


def _byte_at(_: Any, _address: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(_: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        return builder.load(builder.inttoptr(arguments[0], ir.IntType(8).as_pointer()))

    return types.uint8(types.int64), write


def _trailing_zeros(_: Any, _value: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(_: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        return builder.cttz(arguments[0], ir.IntType(1)(0))

    return types.int64(types.uint64), write


def _ones(_: Any, _value: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(_: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), write


_callable: Any = intrinsic
#: have the processor fetch the cache line of array[row, column]: a hint that changes no value
prefetch: Callable[[NDArray[Any], Any, Any], None] = _callable(_prefetch)
#: read data[position:position + 8] (uint8), which must lie within `data`, as one number, the first byte lowest
load: Callable[[NDArray[np.uint8], Any], np.uint64] = _callable(_load)
#: read the eight bytes, or the one, at an address (`array.ctypes.data` and on) of an array that the caller holds: what
#: is handed an address counts no references, which takes longer than to hash a word
load_at: Callable[[Any], np.uint64] = _callable(_load_at)
byte_at: Callable[[Any], np.uint8] = _callable(_byte_at)
#: count the zeros below the lowest one of a uint64; 64 if there is none
trailing_zeros: Callable[[Any], int] = _callable(_trailing_zeros)
#: count the ones of a uint64
ones: Callable[[Any], int] = _callable(_ones)
