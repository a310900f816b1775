"""Pages of a day's digest, as it stands now or as it was frozen: all of it, five lines of it, the articles behind each
of its numbers, and the forms in which it leaves the office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict

from db.corrections import ANSWERED
from db.queries.articles import count_articles
from db.queries.filters import ArticleFilter
from db.rows import Row
from monitor.clock import day_end, find_today, parse_instant
from monitor.counts import build_counts
from monitor.digest.dataset import Channel, Dataset, Item
from monitor.digest.stories import is_independent
from monitor.digest.views import STAFF, View, parse_view
from monitor.digest.window import DAILY, PROMPT
from monitor.editions import build_edition, check_begun, find_begin
from monitor.render import labels
from monitor.render.digest_entries import WAITING, name_owners, say_answer, say_waiting_title
from monitor.render.digest_five import say_five
from monitor.render.digest_numbers import say_nothing, say_tone
from monitor.render.digest_whatsapp import render_parts
from monitor.render.digest_words import say_limits
from monitor.render.formats import Format, render_file
from monitor.render.wording import name_zone, web_address
from monitor.web.asked import make_link
from monitor.web.files import give_file
from monitor.web.refusals import refusing
from monitor.web.visit import Reading, Visit

router = APIRouter()
Edition = Literal["pagi", "siang", "sore", "harian"]
Day = Annotated[str, Query(max_length=20)]
Viewed = Annotated[str, Query(max_length=80)]
Short = Annotated[str, Query(max_length=80)]
WEEK = timedelta(days=7)
ONE_MESSAGE = 30_000  # characters: WhatsApp holds 65,536, a link to it less; who shares by hand sends one message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a digest is found: that of a day as it stands, or (``frozen``) an edition as it went out."""

    day: str
    edition: str
    frozen: str = ""

    def link(self, page: str, **more: object) -> str:
        """Return the address of a page of this digest: ``listed``, ``brief``, ``digest.pdf``; blank: the digest."""
        if self.frozen:
            return make_link(f"/editions/{self.frozen}/{page}".rstrip("/"), more)
        return make_link(f"/{page}", {"day": self.day, "edition": self.edition, **more})


class Part(BaseModel):
    """Which of a digest's articles: those behind one of its numbers. What is left empty does not matter."""

    model_config = ConfigDict(frozen=True)
    opd: Short = ""
    pillar: Short = ""
    channel: Channel | Literal[""] = ""
    tone: Literal["", "positif", "netral", "negatif"] = ""
    independent: bool = False

    def holds(self, item: Item) -> bool:
        """Say whether the number counts an article; tone is counted of newsrooms' articles only."""
        return (
            (not self.opd or self.opd in item.opd)
            and (not self.pillar or self.pillar in item.pillars)
            and (not self.channel or item.channel == self.channel)
            and (not self.tone or (item.tone == self.tone and item.channel == "earned"))
            and (not self.independent or is_independent(item))
        )


@router.get("/")
def show_today(visit: Reading, day: Day = "today", edition: Edition | None = None) -> HTMLResponse:
    """Show the digest of a day as it stands now, every entry leading to its articles."""
    return show_digest(visit, *build_live(visit, day, edition))


@router.get("/brief")
def show_brief(visit: Reading, day: Day = "today", edition: Edition | None = None) -> HTMLResponse:
    """Show the five lines for the leadership, and nothing else."""
    return show_five(visit, *build_live(visit, day, edition))


@router.get("/listed")
def show_listed(
    visit: Reading, part: Annotated[Part, Query()], day: Day = "today", edition: Edition | None = None
) -> HTMLResponse:
    """List the articles behind a number of the digest."""
    return show_items(visit, *build_live(visit, day, edition), part)


@router.get("/digest.{form}")
def give_digest(
    visit: Reading, form: Format, day: Day = "today", edition: Edition | None = None, view: Viewed = "staf"
) -> Response:
    """Give the digest of a day in one of the forms in which it leaves the office."""
    data, _ = build_live(visit, day, edition or DAILY)
    return give_form(visit, data, form, view, f"{data.profile}-{data.day}-{data.edition}")


def build_live(visit: Visit, day: str, edition: str | None) -> tuple[Dataset, Place]:
    """Return the digest of a day as it stands now, and where it is found."""
    on = visit.day(day.strip() or "today")
    chosen = edition or choose_edition(visit, on)
    refuse_early(visit, on, chosen)
    data = build_edition(visit.store, visit.office, on, chosen, visit.now)
    return data, Place(data.day, data.edition)


def refuse_early(visit: Visit, day: date, edition: str) -> None:
    """Refuse an edition that is not scheduled, or whose hours have not begun. Raises Refused."""
    with refusing(visit.wording.say("Edisi itu tidak dijadwalkan di sini.")):
        start = find_begin(visit.office, day, edition, visit.now)
    clock = visit.wording.clock(start.isoformat()) if start else ""
    with refusing(visit.wording.say("Edisi itu belum dimulai; isinya berita yang masuk sejak {clock}.", clock=clock)):
        check_begun(visit.office, day, edition, visit.now)


def choose_edition(visit: Visit, day: date) -> str:
    """Return the edition to show where none is asked for: the first of today until the second has closed, as it holds
    what came since last night; else the whole day.
    """
    here = visit.now.astimezone(visit.office.zone)
    order = list_editions(visit)
    early = day == here.date() and order and here.time() < order[min(1, len(order) - 1)][1]
    return order[0][0] if early else DAILY


def list_editions(visit: Visit) -> list[tuple[str, time]]:
    """Return the editions of a day with the time at which each closes, the earliest first."""
    return sorted(visit.office.config.schedule.clocks.items(), key=lambda entry: entry[1])


def find_later(visit: Visit, data: Dataset, today: date) -> tuple[int, str]:
    """Return how many articles came in after an edition of today has closed, and the edition that holds them."""
    order = [name for name, _ in list_editions(visit)]
    if not data.complete or data.edition not in order or data.day != today.isoformat():
        return 0, ""
    end = parse_instant(data.end)  # what is found long after it came out no other edition counts
    after = ArticleFilter(seen_since=end, since=end - PROMPT, about=("subject",))
    return count_articles(visit.store, after), [*order, DAILY][order.index(data.edition) + 1]


def show_digest(visit: Visit, data: Dataset, place: Place, frozen_at: str = "") -> HTMLResponse:
    """Show a digest; ``frozen_at`` is when it was frozen."""
    today, day = find_today(visit.office.zone, visit.now), date.fromisoformat(data.day)
    begun = list_begun(visit, day)
    return visit.render(
        "today",
        data=data,
        place=place,
        frozen_at=frozen_at,
        later=(0, "") if frozen_at else find_later(visit, data, today),
        items={item.id: item for item in data.items},
        week=[] if frozen_at else count_week(visit, day, today),
        before=shift_day(data.day, -1),
        after=shift_day(data.day, 1) if day < today else "",
        after_edition=data.edition if data.edition in list_begun(visit, day + timedelta(days=1)) else DAILY,
        editions=begun,
        parts=render_parts(data, visit.wording, STAFF, ONE_MESSAGE),
        zone=name_zone(data.timezone, data.start),
        owners=partial(name_owners, data=data, wording=visit.wording),
        answer=partial(say_answer, data=data, wording=visit.wording),
        waiting_title=say_waiting_title(data, visit.wording),
        waiting_shown=WAITING,
        answered_now=list_answered(visit),
        tone_words=say_tone(data, visit.wording),
        nothing=say_nothing(data, visit.wording),
        limits=[para.text for para in say_limits(data, visit.wording)],
    )


def list_begun(visit: Visit, day: date) -> list[str]:
    """Return the editions of a day whose hours have begun."""
    names = (*visit.office.config.schedule.editions, DAILY)
    return [name for name in names if find_begin(visit.office, day, name, visit.now) is None]


def list_answered(visit: Visit) -> list[str]:
    """Return the numbers of the articles that were just marked as answered, as the address says."""
    asked = visit.request.query_params
    numbers = asked.get("of", "").split(",") if asked.get("saved") == ANSWERED else []
    return [one for one in numbers if one.isdecimal()]


def count_week(visit: Visit, day: date, today: date) -> Sequence[Row]:
    """Count the articles of seven days up to today, or up to ``day`` where that lies further back: who was away for a
    weekend sees what came.
    """
    last, zone = today if today - day < WEEK else day, visit.office.zone
    wanted = ArticleFilter(since=day_end(last, zone) - WEEK, until=day_end(last, zone))
    return build_counts(visit.store, ["day"], wanted, visit.names, zone).rows


def show_five(visit: Visit, data: Dataset, place: Place) -> HTMLResponse:
    """Show the five lines, each leading on."""
    ours = {web_address(item.url): f"/articles/{item.id}" for item in data.items if web_address(item.url)}
    all_urgent = f"{place.link('')}#attention" if len(data.attention) > 1 else ""
    lines = [
        (para, (all_urgent if para.style == "alarm" else "") or ours.get(para.url, ""))
        for para in say_five(data, visit.wording)
    ]
    return visit.render(
        "brief", data=data, place=place, lines=lines, parts=render_parts(data, visit.wording, View("pimpinan"))
    )


def show_items(visit: Visit, data: Dataset, place: Place, part: Part) -> HTMLResponse:
    """List the articles of a digest that a number of it counts."""
    items = [item for item in data.items if part.holds(item)]
    return visit.render("listed", data=data, place=place, items=items, words=list(name_part(visit, data, part)))


def name_part(visit: Visit, data: Dataset, part: Part) -> Iterator[str]:
    """Yield what the articles of a part have in common, in words."""
    yield from (data.names.get(key, key) for key in (part.opd, part.pillar) if key)
    if part.channel or part.tone:
        yield visit.wording.say(labels.CHANNELS[part.channel or "earned"])
    if part.tone:
        yield visit.wording.say("Nada: {name}", name=visit.wording.say(labels.TONES[part.tone]))
    if part.independent:
        yield visit.wording.say("redaksi meliput mandiri")


def shift_day(day: str, days: int) -> str:
    """Return the day so many later, or earlier."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def read_view(visit: Visit, text: str) -> View:
    """Return the view that was asked for. Raises Refused."""
    with refusing(visit.wording.say("Tampilan {view} tidak dikenal: pilih staf, pimpinan, atau opd:ID.", view=text)):
        return parse_view(text, visit.office.names.opd)


def give_form(visit: Visit, data: Dataset, form: Format, view: str, name: str) -> Response:
    """Give a digest in one of the forms in which it leaves the office. Raises Refused."""
    ending = {"text": "txt", "whatsapp": "txt"}.get(form, form)
    return give_file(render_file(data, form, visit.wording, read_view(visit, view)), f"{name}.{ending}", look=True)
