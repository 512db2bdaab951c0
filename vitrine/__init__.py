"""Vitrine's faces: the `vitrine` command."""
