"""Loops over a page's bytes, compiled once."""
