"""Knows Indonesian and a regency's profile: text in, annotation out. Knows nothing of the web or the store."""

from nlp.lean import spare_command_line

spare_command_line()
