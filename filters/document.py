"""The one schema of a batch: what a filter may know of a document."""

import pyarrow as pa

DOCUMENT = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("dump", pa.string()),
        pa.field("date", pa.timestamp("s", tz="UTC")),
        pa.field("file_path", pa.string()),
        pa.field("text", pa.string(), nullable=False),
        # What is known of its rights; null where nothing is: columns of the ledger, see there.
        pa.field("stated_licence", pa.string()),
        pa.field("licence_confidence", pa.float32()),
        pa.field("licence_disagreement", pa.bool_()),
        pa.field("stated_consent", pa.string()),
    ]
)


def documents(values: list[str], column: str = "text") -> pa.RecordBatch:
    """Make a batch of bare texts (or of another column), numbered from 0: for examples, tests and a first try."""
    columns: dict[str, list[str | None]] = {name: [None] * len(values) for name in DOCUMENT.names}
    columns |= {"id": [str(number) for number in range(len(values))], "text": [""] * len(values), column: [*values]}
    return pa.RecordBatch.from_pydict(columns, schema=DOCUMENT)
