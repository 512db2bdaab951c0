"""Writes the pages that are made from code, so that no sentence and no number stands in two places."""
