"""The ledger sorted twice, by id and by address, so that a question about one record reads one row group."""
