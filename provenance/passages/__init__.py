"""Finds passages: which documents say the same words, where, and how much of it."""
