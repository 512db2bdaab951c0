"""Datasheets explain a release from its ledger, never from memory."""
