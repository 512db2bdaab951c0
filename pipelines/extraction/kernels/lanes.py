"""What a forest does to LANES blocks in one go, in instructions for vectors: loops of fixed length are unrolled."""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

#: blocks that are looked at together
LANES = 32
#: questions of a tree
DEPTH = 6
_BYTES, _FLOATS = ir.VectorType(ir.IntType(8), LANES), ir.VectorType(ir.FloatType(), LANES)
_callable: Any = intrinsic
#: what numba takes: the type, and the function that writes the instructions
Written = tuple[Any, Callable[..., Any]]


def _answer(_: Any, measured: Any, _row: Any, _at: Any, _border: Any, answers: Any, _question: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        values = _place(context, builder, signature.args[0], arguments[0], arguments[1:3], _FLOATS)
        one = builder.insert_element(ir.Constant(_FLOATS, ir.Undefined), arguments[3], ir.IntType(32)(0))
        all_lanes = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        border = builder.shuffle_vector(one, ir.Constant(_FLOATS, ir.Undefined), all_lanes)
        above = builder.sext(builder.fcmp_ordered(">", builder.load(values, align=4), border), _BYTES)
        first = [arguments[5], context.get_constant(types.intp, 0)]
        builder.store(above, _place(context, builder, signature.args[4], arguments[4], first, _BYTES), align=1)
        return context.get_dummy_value()

    return types.void(measured, types.intp, types.intp, types.float32, answers, types.intp), write


def _find_leaves(_: Any, trees: Any, _tree: Any, answers: Any, _row: Any) -> Written:  # noqa: ANN401  # numba's types
    def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401  # likewise
        zero, found = context.get_constant(types.intp, 0), ir.Constant(_BYTES, [0] * LANES)

        def row(number: Any) -> Any:  # noqa: ANN401  # likewise
            return _place(context, builder, signature.args[2], arguments[2], [number, zero], _BYTES)

        for depth in range(DEPTH):
            at = [arguments[1], context.get_constant(types.intp, depth)]
            number = builder.load(_place(context, builder, signature.args[0], arguments[0], at, ir.IntType(32)))
            answers = builder.load(row(builder.sext(number, ir.IntType(64))), align=1)
            found = builder.or_(found, builder.and_(answers, ir.Constant(_BYTES, [1 << depth] * LANES)))
        builder.store(found, row(arguments[3]), align=1)
        return context.get_dummy_value()

    return types.void(trees, types.intp, answers, types.intp), write


def _place(context: Any, builder: Any, kind: Any, array: Any, at: Any, element: Any) -> Any:  # noqa: ANN401  # likewise
    view = context.make_array(kind)(context, builder, array)
    return builder.bitcast(cgutils.get_item_pointer(context, builder, kind, view, at), element.as_pointer())


#: answer whether measured[row, at:at + LANES] (float32) lies above a border: answers[question] is 255 where it does,
#: else 0
answer: Callable[[NDArray[np.float32], Any, Any, Any, NDArray[np.uint8], Any], None] = _callable(_answer)
#: write the leaves of one of trees (int32[trees, DEPTH]) to answers[row]: bits of the answers to its questions
find_leaves: Callable[[NDArray[np.int32], Any, NDArray[np.uint8], Any], None] = _callable(_find_leaves)
