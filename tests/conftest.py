"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real pages and archives that lie beside a developer's checkout; a user has none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the measuring data at ../shared/data")
    return folder.resolve()
