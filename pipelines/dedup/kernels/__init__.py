"""Loops of deduplication that are compiled."""
