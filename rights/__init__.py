"""Rights read: what pages and sites say may be done with them, as evidence, and what follows from it."""
