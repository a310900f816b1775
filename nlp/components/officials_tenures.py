"""Tells which offices a person held, stood for or shared on a day, and whether an office next to a name can be theirs.

Used by ``officials``; knows nothing of the text.
"""

from __future__ import annotations

import re
from datetime import date

from nlp.components.officials_support import Office
from nlp.lexicon import OURS
from nlp.profile import Person, Tenure

NEAR_TENURE = 3 * 365  # days outside a tenure within which an office still supports a name
CLOSE_TENURE = 365  # the same where it has to do more: an office of no region, a name with a slip
_ACTING = re.compile(r"^(?:Pj|Pjs|Plt|Plh|Penjabat)\.? ")


def holds(person: Person, day: date, opd: str) -> bool:
    """Tell whether a person held an office on that day."""
    return any(t.opd == opd and t.period.may_cover(day) for t in person.tenure)


def stands(person: Person, day: date) -> bool:
    """Tell whether a person was a candidate on that day."""
    return any(t.role == "candidate" and t.period.covers(day) for t in person.tenure)


def fits(tenure: Tenure, office: Office, day: date) -> bool:
    """Tell whether an office next to a name can be this tenure."""
    if tenure.period.days_off(day) > NEAR_TENURE and office.region == OURS and not office.opd:
        return False
    if office.opd:
        return tenure.opd == office.opd
    if office.ruler:
        same = _ACTING.sub("", tenure.office).startswith(office.ruler)
        where = tenure.region.lower() if tenure.region else OURS
        return same and (office.region == where or (not office.region and tenure.period.days_off(day) < CLOSE_TENURE))
    return bool(tenure.region) and office.region == (tenure.region or "").lower()


def share_office(person: Person, other: Person, day: date) -> bool:
    """Tell whether two persons served the same body on that day."""
    return any(t.opd and holds(person, day, t.opd) and holds(other, day, t.opd) for t in other.tenure)
