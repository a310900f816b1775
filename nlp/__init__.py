"""Knows Indonesian and a regency's profile: text in, annotation out. Knows nothing of the web or the store."""
