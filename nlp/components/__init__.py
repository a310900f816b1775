"""The pipeline's components: one spaCy factory each, configured by JSON-able values; what they share stands in ``nlp.extensions``."""
