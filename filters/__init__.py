"""Filters judge: Arrow in, Arrow out; no files, no network, no clock, no chance.

Import from the defining file (`from filters.filter import Filter`): `catalog` finds the filters in this folder, so
the package itself must import nothing.
"""
