"""Provenance answers: it opens a release and says what happened to whom, from the ledger alone."""
