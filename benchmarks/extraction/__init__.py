"""How well main text is extracted from HTML, by this project's extractor and by others."""
