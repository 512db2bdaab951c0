"""Flows schedule: the same plan, run by a laptop or by Prefect."""
