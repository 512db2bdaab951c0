# /// script
# requires-python = ">=3.11"
# dependencies = ["infini-gram", "numpy", "pyarrow", "tantivy", "tqdm", "transformers", "zstandard"]
# ///
"""Searches texts for passages by tantivy or infini-gram, and prints what that takes and finds as JSON.

tantivy: its default tokenizer (runs of letters and digits in lower case, none of more than 40 bytes), positions
indexed, texts not stored; each passage is one phrase query. infini-gram: no tokenizer, so bytes; each passage is found
by its bytes, and up to ten of its documents are asked for.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

#: documents that are asked for
MOST = {"tantivy": 256, "infini-gram": 10}
LONGEST = 40


def main() -> None:
    """Build, search, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=MOST)
    parser.add_argument("corpus", type=Path, help="Parquet with a column `text`")
    parser.add_argument("passages", type=Path, help="JSON: per kind a list of a text and the number of its document")
    given = parser.parse_args()
    texts = pq.read_table(given.corpus)["text"].to_pylist()
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        search = (tantivy if given.engine == "tantivy" else infini_gram)(texts, Path(folder) / "index")
        seconds = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in (Path(folder) / "index").rglob("*") if path.is_file())
        total = sum(len(text.encode()) for text in texts)
        result = {"ratio": round(size / total, 3), "mb_per_second_by_the_clock": round(total / 1e6 / seconds, 2)}
        print(json.dumps(result | asked(search, json.loads(given.passages.read_text()))))


def asked(search: Callable[[str], list[int]], passages: dict[str, list[list]]) -> dict[str, object]:
    """Search for all passages; the median is of those that are there as they stand."""
    counts: dict[str, object] = {}
    for number, (kind, ones) in enumerate(passages.items()):
        right, taken = 0, []
        for text, document in ones:
            begun = time.perf_counter()
            found = search(text)
            taken.append((time.perf_counter() - begun) * 1000)
            right += document in found if document is not None else not found
        counts[kind] = {"passages": len(ones), "right": right}
        if not number:
            counts["median_ms"] = round(statistics.median(taken), 2)
    return counts


def tantivy(texts: list[str], folder: Path) -> Callable[[str], list[int]]:
    """Index by tantivy."""
    import tantivy as engine  # noqa: PLC0415  # only one of the two need be installed

    folder.mkdir()
    builder = engine.SchemaBuilder()
    builder.add_text_field("text", stored=False, index_option="position")
    builder.add_unsigned_field("number", stored=True)
    schema = builder.build()
    index = engine.Index(schema, path=str(folder))
    writer = index.writer(num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(engine.Document(text=text, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[int]:
        words = [word.lower() for word in re.findall(r"[^\W_]+", text) if len(word.encode()) <= LONGEST]
        if len(words) < 2:  # noqa: PLR2004  # no phrase
            return []
        query = engine.Query.phrase_query(schema, "text", words)
        hits = searcher.search(query, MOST["tantivy"]).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return search


def infini_gram(texts: list[str], folder: Path) -> Callable[[str], list[int]]:
    """Index by infini-gram."""
    from infini_gram.engine import InfiniGramEngine  # noqa: PLC0415

    source = folder.parent / "source"
    source.mkdir()
    with (source / "0.jsonl").open("w") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
    folder.mkdir()
    files = str(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    options = ["--token_dtype", "u8", "--cpus", "1", "--mem", "4", "--shards", "1", "--ulimit", files]
    command = [sys.executable, "-m", "infini_gram.indexing", "--data_dir", str(source), "--save_dir", str(folder)]
    subprocess.run(
        [*command, *options], check=True, stdout=subprocess.DEVNULL, env=os.environ | {"HF_HUB_OFFLINE": "1"}
    )
    bytes_only = {"vocab_size": 255, "token_dtype": "u8"}
    engine = InfiniGramEngine(index_dir=str(folder), eos_token_id=254, version=4, **bytes_only)

    def search(text: str) -> list[int]:
        found = engine.find(input_ids=list(text.encode()))["segment_by_shard"]
        places = [(s, rank) for s, (low, high) in enumerate(found) for rank in range(low, high)][: MOST["infini-gram"]]
        return [engine.get_doc_by_rank(s=s, rank=rank, max_disp_len=1)["doc_ix"] for s, rank in places]

    return search


if __name__ == "__main__":
    main()
