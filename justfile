# List what there is to do.
default:
    @just --list

# Everything that a change must pass.
check:
    uv run ruff format --check
    uv run ruff check
    uv run pyright
    uv run lint-imports
    uv run .ci/lock --check
    uv run pytest

# Mend what can be mended by itself.
fix:
    uv run ruff check --fix
    uv run ruff format

# Write the pages that are generated from code.
docs:
    uv run python docs/generate.py

# Resolve all dependencies anew.
lock:
    .ci/lock

# Compare speeds with the floor and with datatrove.
bench:
    uv run benchmarks/end_to_end.py
