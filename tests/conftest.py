"""What goes for all tests of Hypothesis: how long an example takes says nothing on a machine that does other work, and
none is kept for the next run, as a checkout may be one that cannot be written.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("pantau", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pantau")
