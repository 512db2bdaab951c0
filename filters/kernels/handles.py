"""Arrays that kernels find by one address, instead of being handed each: an array is seven numbers to hand over.

A handle is the address of an array of int64 that the caller holds. In it lie the addresses of other arrays and their
numbers of rows, all of them held by the caller too.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array
from numba.np.numpy_support import from_dtype
from numpy import dtype as numpy_dtype

_callable: Any = intrinsic
_WORD = ir.IntType(64)


def table(dtype: Any, columns: int, place: int, rows: int) -> Callable[[Any], Any]:  # noqa: ANN401  # as numpy takes them
    """Make what finds an array, C-contiguous, of `columns` (0: of one dimension), by a handle.

    Its address lies at `place` of the handle's array, and its number of rows at `rows`.
    """
    kind = types.Array(from_dtype(numpy_dtype(dtype)), 2 if columns else 1, "C")

    def typed(_: Any, _handle: Any) -> tuple[Any, Callable[..., Any]]:  # noqa: ANN401  # numba's types
        def write(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
            words = builder.inttoptr(arguments[0], _WORD.as_pointer())
            address, count = (builder.load(builder.gep(words, [_WORD(at)])) for at in (place, rows))
            return _array(context, builder, kind, address, [count, _WORD(columns)] if columns else [count])

        return kind(types.int64), write

    return _callable(typed)


def itself(size: int) -> Callable[[Any], Any]:
    """Make what finds the array of int64, of so many, whose address a handle is."""
    kind = types.Array(types.int64, 1, "C")

    def typed(_: Any, _handle: Any) -> tuple[Any, Callable[..., Any]]:  # noqa: ANN401  # numba's types
        def write(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
            return _array(context, builder, kind, arguments[0], [_WORD(size)])

        return kind(types.int64), write

    return _callable(typed)


def _array(context: Any, builder: Any, kind: Any, address: Any, shape: list[Any]) -> Any:  # noqa: ANN401  # likewise
    """Describe an array to numba."""
    array, width = make_array(kind)(context, builder), context.get_abi_sizeof(context.get_data_type(kind.dtype))
    strides = [_WORD(width)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    populate_array(
        array,
        data=builder.inttoptr(address, array.data.type),
        shape=cgutils.pack_array(builder, shape),
        strides=cgutils.pack_array(builder, strides),
        itemsize=_WORD(width),
        meminfo=None,
        parent=None,
    )
    return array._getvalue()  # noqa: SLF001  # numba's own way
