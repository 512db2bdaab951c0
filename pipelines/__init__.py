"""Pipelines run: they own files and formats, and write one ledger row for every record they read."""
