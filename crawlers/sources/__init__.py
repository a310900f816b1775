"""Where an outlet announces its articles: one module per kind of source, all speaking the protocol of `walk`."""
