"""What goes for all tests: how long an example of Hypothesis takes says nothing on a machine that does other work."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("pantau", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pantau")
