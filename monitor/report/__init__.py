"""The monthly media report: read (``gather``), count (``build``), word (``compose``), write (``word``, ``page``)."""
