"""Deduplication: what is the same, what is nearly so, which of them stays, and what stands for the rest."""
