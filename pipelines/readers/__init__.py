"""Readers: bytes of one shard in, records out; damage is a record with a reason, never an exception."""
