"""The coverage digest: one frozen dataset per edition, from which every format is rendered (``monitor.render``)."""
