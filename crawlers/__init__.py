"""Knows the web: an outlet's recipe in, articles with evidence out. Knows nothing of regencies, language or the store."""
