"""Sends what the office has made to those it chose, once each: groups and quiet hours, outbox, tries and backoff."""
