"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The first call of a kernel compiles it, and these machines are noisy: no test is about how long it takes. What
# chance finds is for whoever develops; a check of somebody else's change must not fail over it.
settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real pages and archives that lie beside a developer's checkout; a user has none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the measuring data at ../shared/data")
    return folder.resolve()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name compressed bytes by their argument: they hold the time, and each worker must name its tests alike."""
    return argname if isinstance(val, bytes) and not val.isascii() else None
