"""Object to text: every format of every output, and the words they use. Nothing here reads the store."""
