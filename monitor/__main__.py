"""``python -m monitor``: the ``pantau`` command where its script is not on the path."""

from __future__ import annotations

from monitor.cli import main

if __name__ == "__main__":
    main()
