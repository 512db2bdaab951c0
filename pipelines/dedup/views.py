"""Arrays as kernels take them."""

from typing import Any

import numpy as np
import numpy.typing as npt


def read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """View an array, in one piece, that may not be written to: for one that may, kernels are compiled once more."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view
