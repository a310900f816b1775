"""Knows the job: joins crawlers, nlp and db, and speaks to people."""
