"""What goes for all tests of Hypothesis: how long an example takes says nothing on a machine that does other work, and
none is kept for the next run, as a checkout may be one that cannot be written. And a proxy through which this machine
reaches the web has no part in tests, which talk to nobody but this machine.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("pantau", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pantau")

for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[name]
