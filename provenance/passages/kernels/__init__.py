"""Loops of the search for passages that are compiled."""
