"""From the bytes of one page to the parts of one article; fetching, storing and addresses are left to the crawl.

``page`` is the door; the other modules each answer one question about a parsed page.
"""
