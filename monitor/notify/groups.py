"""Who gets what: the part of the configuration that names recipients and groups, and their quiet hours.

Addresses are those of Apprise (https://appriseit.com): ``mailto://``, ``tgram://``, ``whatsapp://``, ``json://`` for
a gateway or webhook, and so on. They hold passwords, so one may be given as ``$NAME`` of an environment variable.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

Minutes = Annotated[int, Field(ge=0)]
Filed = Literal["docx", "pdf", "xlsx"]
View = Annotated[str, Field(pattern=r"^(pimpinan|staf|opd:[a-z0-9_-]+)$")]


class Strict(BaseModel):
    """What the office writes into files: a key that does not exist is a mistake, and is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class QuietHours(Strict):
    """From when to when a group is left alone, clock times of the profile's timezone; may pass midnight."""

    start: time
    end: time

    def holds(self, now: datetime, zone: ZoneInfo) -> bool:
        """Say whether ``now`` lies in them; the end is not part of them."""
        clock = now.astimezone(zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


class Group(Strict):
    """Recipients who get the same: which editions by themselves, in which view, and alerts from which tier upwards."""

    to: tuple[str, ...] = Field(min_length=1)  # names of recipients
    view: View = "staf"
    form: Literal["auto", "text", "whatsapp", "html", "json"] = "auto"  # auto: HTML by mail, WhatsApp text elsewhere
    editions: tuple[Literal["pagi", "siang", "sore"], ...] = ()  # sent by the service as they are frozen
    report: tuple[Filed, ...] = ()  # files in which it gets last month's report, made by the service
    alerts: str | None = None  # lowest tier; None: no alerts
    health: bool = False  # what breaks at outlets and what is mended: for whoever operates the installation
    quiet: QuietHours | None = None
    lang: Literal["id", "en"] | None = None  # None: that of the installation


class Accepted(Strict):
    """What a gateway answers when it took a message, for one that answers 200 also when it did not."""

    field: str = ""  # of its JSON answer, dots leading inwards; empty: the answer is text
    value: bool | int | str = True  # what stands there; in a text, what occurs in it
    reason: str = ""  # field that says why not

    @model_validator(mode="after")
    def _check_value(self) -> Accepted:
        if not self.field and not (isinstance(self.value, str) and self.value):
            raise ValueError("name the field of the JSON answer, or as value words of an answer that is text")
        return self


class Delivery(Strict):
    """Recipients, groups, and the patience with addresses that do not answer."""

    recipients: Mapping[str, str] = {}  # name -> address, or $NAME of an environment variable
    accepted: Mapping[str, Accepted] = {}  # recipient -> by what its gateway's answer is judged, besides the status
    groups: Mapping[str, Group] = {}
    retry_minutes: tuple[Minutes, ...] = (1, 5, 15, 60, 180)  # waits after each failed try; then it is given up

    @model_validator(mode="after")
    def _check_names(self) -> Delivery:
        named = [(f"group {name}", recipient) for name, group in self.groups.items() for recipient in group.to]
        for place, recipient in [*named, *(("accepted", recipient) for recipient in self.accepted)]:
            if recipient not in self.recipients:
                known = ", ".join(self.recipients) or "none"
                raise ValueError(f"{place} names recipient {recipient!r}, which is not among them ({known})")
        return self

    def find_quiet(self, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
        """Return the groups whose quiet hours run."""
        return tuple(name for name, group in self.groups.items() if group.quiet and group.quiet.holds(now, zone))
