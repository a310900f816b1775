"""The pipeline's components: one spaCy factory each, configured by JSON-able values.

What they share stands in ``nlp.extensions``.
"""
