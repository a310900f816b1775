"""Alerts: rules as data, what fires, what of it is told, and to whom."""
