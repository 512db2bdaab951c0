"""How well the licences and wishes that pages state are found, beside Dolma's taggers and patterns, and the cost."""
