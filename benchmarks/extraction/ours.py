"""Our own engine as it is measured: each page by a model that saw no page of its host.

`python -m benchmarks.extraction.train FOLDER --folds` makes these models; VITRINE_FOLD_MODELS names the folder.

    VITRINE_FOLD_MODELS=FOLDER python -m benchmarks.extraction --engines benchmarks.extraction.ours:without@folds
"""

import os
from pathlib import Path

from benchmarks.extraction.engines import Engine, encoded
from pipelines.extraction.engine import Extractor
from pipelines.extraction.model import Model


def without(fold: int) -> Engine:
    """Make the engine with the model that was made without a fold."""
    place = Path(os.environ["VITRINE_FOLD_MODELS"]) / f"without-{fold}.npz"
    extractor = Extractor(Model.read(place.read_bytes()))
    return encoded(extractor.extract)
