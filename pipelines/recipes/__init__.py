"""Bundled recipes: published rule sets as data."""
