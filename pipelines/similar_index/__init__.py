"""The index of similar texts: MinHash bands, by which documents that are alike as a whole are found again."""
