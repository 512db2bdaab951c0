"""The commands that ask a release: tables for people, the one envelope of `provenance.answer` for programs."""
