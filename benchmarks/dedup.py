"""Measures deduplication from texts to survivors: how fast texts are signed, then how much keys of so many take.

    python -m benchmarks.dedup [TEXTS...] [--rensa PYTHON] [--text-dedup PYTHON] [--documents 1e6 3e6 10e6]
                               [--memory 1e9] [--folder FOLDER] [--json]

The first part is `benchmarks.signatures`: all profiles and all peers sign the same texts. The second is
`benchmarks.dedup_scale`: sorting, links, clusters and survivors of made-up keys, beside datatrove's second and third
stages, and on paper what 3,000 million documents would take. Each says in its own words what is measured and how.
"""

import argparse
import json
from dataclasses import asdict

from benchmarks import dedup_scale, signatures


def main() -> None:
    """Print both parts, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    signatures.add_options(parser)
    dedup_scale.add_options(parser)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    timed, sizes = signatures.measure(asked), dedup_scale.measure(asked)
    if asked.json:
        print(json.dumps({"signatures": asdict(timed), "scale": dedup_scale.as_json(sizes)}))
        return
    signatures.show(timed)
    dedup_scale.tell(sizes)


if __name__ == "__main__":
    main()
