"""Knows SQLite: rows in, rows out. The only package that speaks SQL; knows nothing of the web or of language."""
