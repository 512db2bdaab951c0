"""The reference of a release: the ledger's columns and words, the data files, the manifest."""

import json
import re
from types import ModuleType
from typing import Any

from filters.catalog import catalog
from generator.comments import constants, sentence
from generator.markdown import block, code, page, table
from generator.sample import Sample
from pipelines import dropped_texts, ledger, stated
from pipelines.reason import Reason

PATH = "docs/ledger.md"
_DIGEST = re.compile("[0-9a-f]{64}")

#: the manifest's words; the page is not written while one of them is missing here
MANIFEST = {
    "format": "version of this layout",
    "name": "the recipe's name",
    "digest": "names the release: the same whenever recipe and content are the same, whatever the file format",
    "recipe": "digest of everything in the recipe but its purpose, and the file that spells it out",
    "code": "version, digest of the source, and versions of what it stands on",
    "lock": "digest of `requirements.lock`; null where Vitrine does not run from its checkout",
    "resources": "digest of each file that filters need beyond the text",
    "limit_records": "how many records of each shard were read at most; null for all",
    "records": "all records read",
    "counts": "`fates`: by `outcome:dropped_by`, the records, the bytes of their blocks and of their texts; "
    "`edits`: by edit, the kept documents that it changed, the places, the characters removed and put; `rules`: by "
    "filter, the documents with a signal and those that it would drop",
    "inputs": "each input file: size, digest, records, digest of what became of them, and its ledger file",
    "site_files": "each file with captures of sites' own files, such as robots.txt: size, digest, records",
    "earlier": "`releases`: the earlier releases that this one was compared with, by name and digest; `held_twice`: "
    "the documents that they keep and one run over all would not, because a new document is like two of them",
    "deduplication": "for each round: how it finds duplicates, how many keys, clusters and documents in them, how "
    "many were removed, and the largest clusters of more documents than `giant`; where pairs are compared, how many "
    "were, and the largest runs of one key, in which not every pair was; then for each kind of repeated parts: how "
    "many parts and bytes were cut out of how many documents, how many of these were removed, and of a Bloom filter "
    "its bits, its probes, what it held and its rate of false positives",
    "files": "each file of the release: rows, size, digest",
}


def pages(sample: Sample) -> dict[str, str]:
    """Write the page."""
    files = ["pipelines/ledger.py", "pipelines/dropped_texts.py", "pipelines/reason.py", "pipelines/release.py"]
    return {
        PATH: page("What a release holds", files, 1, *_ledger(), *_words(), *_data(), *_dropped(), *_manifest(sample))
    }


def _ledger() -> list[str]:
    head = (
        "`ledger/*.parquet` has a file for each input file and **a row for each record that was read**, kept or "
        "not, in the order of the input."
    )
    known = _columns(ledger.IDENTITY)
    signals = [
        (f"[{code(name)}](filters/{name}.md)", code(kind.kind), "the signal of this filter, if the recipe has it")
        for name, kind in catalog().items()
    ]
    fields, blobs = _columns(stated.FIELDS), _columns(stated.BLOBS)
    parts = ((_said("IDENTITY"), known), (_said("FIELDS", stated), fields))
    parts += ((_said("RIGHTS", stated), _columns(stated.RIGHTS)),)
    parts += (
        (f'{_said("BLOBS", stated)} Only with `metadata = "all"`.', blobs),
        (_said("TEXT"), _columns(ledger.TEXT)),
    )
    parts += (("What was measured, of every document that a filter was asked about.", signals),)
    parts += ((_said("DECISION"), _columns(ledger.DECISION)),)
    tables = [part for words, rows in parts for part in (words, table(("column", "type", "meaning"), rows))]
    return ["## The ledger", head, *tables]


def _said(constant: str, module: ModuleType = ledger) -> str:
    return sentence(constants(module)[constant].removeprefix("name, type, meaning: "))


def _columns(columns: tuple[tuple[str, Any, str], ...]) -> list[tuple[str, str, str]]:
    return [(code(name), code(kind), meaning) for name, kind, meaning in columns]


def _words() -> list[str]:
    outcomes = ", ".join(map(code, ledger.OUTCOMES))
    reasons = [(code(reason.value), reason.explanation) for reason in Reason]
    return [
        "## Outcomes and reasons",
        f"`outcome` is one of {outcomes}: {constants(ledger)['OUTCOMES']}.",
        "Where it is `error`, `dropped_by` holds the reason:",
        table(("reason", "meaning"), reasons),
    ]


def _data() -> list[str]:
    head = "`data/*.parquet` holds the kept documents in input order."
    note = f"The columns are {constants(ledger)['DATA_COLUMNS']}."
    return ["## The data files", head, note, table(("column", "type", "meaning"), _columns(ledger.DATA_COLUMNS))]


def _dropped() -> list[str]:
    head = (
        "`dropped/*.parquet` is there only with `dropped_texts = true` under `[output]`: a file beside each ledger "
        "file, with a row for each document that a filter dropped or that is a duplicate."
    )
    warning = (
        "Such a release republishes what its filters took out, and personal data that edits mask in kept texts is not "
        "masked in what filters dropped."
    )
    columns = table(("column", "type", "meaning"), _columns(dropped_texts.COLUMNS))
    return ["## The texts that are not kept", head, warning, columns]


def _manifest(sample: Sample) -> list[str]:
    manifest = sample.curated.manifest
    if [*manifest] != [*MANIFEST]:
        raise ValueError(f"expected words of the manifest {[*MANIFEST]}, got {[*manifest]}: mend {__name__}")
    rows = [(code(word), meaning) for word, meaning in MANIFEST.items()]
    example = re.sub(
        r"\[\s+(-?\d+),\s+(-?\d+),\s+(-?\d+)\s+\]",
        r"[\1, \2, \3]",
        json.dumps(shortened(manifest), indent=1, ensure_ascii=False),
    )
    head = (
        "`release.json` is written last, once every record is accounted for; without it a folder is no release. "
        "Digests are SHA-256 in hexadecimal."
    )
    return [
        "## The manifest",
        head,
        table(("word", "meaning"), rows),
        "From a run over the sample crawl, shortened:",
        block(example, "json"),
    ]


def shortened(value: Any, word: str = "") -> Any:  # noqa: ANN401  # any plain value
    """Leave out what differs with every version of the code, and all but the first few of what is many."""
    if isinstance(value, dict):
        few = {name: shortened(part, name) for name, part in value.items()}
        if word == "dependencies":
            return {"python": "…", "…": "…"}
        return dict([*few.items()][:4]) | {"…": []} if word == "fates" else few
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [shortened(value[0]), "…"]
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return "…"
    return "…" if word in {"version", "bytes"} else value
