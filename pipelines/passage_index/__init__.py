"""The passage index: fingerprints of what texts say, from which any shared run of words is found again."""
