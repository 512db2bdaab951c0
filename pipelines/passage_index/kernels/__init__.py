"""Loops of the passage index that are compiled."""
