"""Filters judge: Arrow in, Arrow out; no files, no network, no clock, no chance."""
