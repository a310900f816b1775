"""Knows the web: an outlet's recipe in, articles with evidence out. Knows no regency, no language and no store."""
