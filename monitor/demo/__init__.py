"""The sample newsroom: invented outlets on loopback, crawled like real ones; see ``monitor.demo.run``."""
