"""Near-duplicates that are verified by their texts: a chain of half-alike pages is not one cluster."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.recipe import Recipe
from tests.releases import curate_sample, ledger_rows

RECIPE = """
name = "pages"
purpose = "pages as they come"
[dedup]
exact = []
{dedup}
[dedup.minhash]
ngram = 1
bands = 64
rows = 1
verify = {verify}
"""


def page(first: int, count: int = 40) -> str:
    return " ".join(f"word{number}" for number in range(first, first + count))


def crawl(folder: Path, pages: list[dict[str, Any]]) -> str:
    path = folder / "pages.jsonl"
    path.write_text("".join(json.dumps({"id": f"p{number}"} | one) + "\n" for number, one in enumerate(pages)))
    return str(path)


def survivors(folder: Path, pages: list[dict[str, Any]], verify: float, dedup: str = "") -> list[str | None]:
    out = folder / f"out-{verify}"
    curated = curate_sample(
        out, inputs=(crawl(folder, pages),), recipe=Recipe.parse(RECIPE.format(verify=verify, dedup=dedup))
    )
    (found,) = curated.manifest["deduplication"]
    assert ("compared_pairs" in found) == (verify > 0)
    return [row["survivor"] for row in ledger_rows(out)]


def test_a_chain_is_cut_where_a_link_is_weak(tmp_path: Path) -> None:
    # Each shares two thirds with the next; the first and the last two, nearly all.
    pages = [{"text": page(start)} for start in (0, 1, 10, 20, 30, 31)]
    assert survivors(tmp_path, pages, 0) == [None, "p0", "p0", "p0", "p0", "p0"]
    assert survivors(tmp_path, pages, 0.9) == [None, "p0", None, None, None, "p4"]


def test_crawls_are_deduplicated_each_by_itself_where_the_recipe_says_so(tmp_path: Path) -> None:
    for name in ("CC-MAIN-2026-30", "CC-MAIN-2026-35"):
        (folder := tmp_path / "crawls" / name).mkdir(parents=True)
        crawl(folder, [{"text": page(0)}, {"text": page(1)}])
    files = (str(tmp_path / "crawls"),)
    kept = {}
    for scope in ("release", "dump"):
        recipe = Recipe.parse(RECIPE.format(verify=0.5, dedup=f'scope = "{scope}"'))
        curate_sample(tmp_path / scope, inputs=files, recipe=recipe)
        kept[scope] = [row["outcome"] for row in ledger_rows(tmp_path / scope)]
    assert kept == {"release": ["kept", *["duplicate"] * 3], "dump": ["kept", "duplicate"] * 2}


@pytest.mark.parametrize("capture", ["latest", "earliest"])
def test_of_an_address_one_capture_is_kept(tmp_path: Path, capture: str) -> None:
    recipe = f"""
name = "captures"
purpose = "one of each address"
[dedup]
exact = ["url"]
capture = "{capture}"
copies = [[1, 1], [2, 2]]
"""
    pages = [
        {"url": "http://a.example/x", "date": "2026-07-01T00:00:00Z", "text": page(0)},
        {"url": "https://a.example/x#y", "date": "2026-07-03T00:00:00Z", "text": page(50)},
        {"url": "https://a.example/z", "date": "2026-07-02T00:00:00Z", "text": page(0)},
    ]
    curate_sample(tmp_path / "out", inputs=(crawl(tmp_path, pages),), recipe=Recipe.parse(recipe))
    rows = ledger_rows(tmp_path / "out")
    kept, removed = (1, 0) if capture == "latest" else (0, 1)
    assert [row["outcome"] for row in rows] == ["kept" if number != removed else "duplicate" for number in range(3)]
    assert (rows[removed]["dropped_by"], rows[removed]["survivor"]) == ("exact_url", f"p{kept}")
    assert (rows[removed]["similarity"], rows[removed]["cluster_size"], rows[removed]["copies"]) == (None, 2, None)
    assert [rows[kept]["copies"], rows[2]["copies"]] == [2, 1]
