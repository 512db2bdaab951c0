"""Main text without a tree: a page's bytes are scanned once into blocks, and each block is judged."""
