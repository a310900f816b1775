"""The digest as WhatsApp text: short numbered lines, ``*bold*``, complete links, in parts that a message can hold.

A message holds 65,536 characters at most, but gateways and readers' patience end far earlier: parts stay under 4,096
(the limit of the common gateways) and are cut between entries, inside one only where it alone is too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.digest.dataset import CHANNELS, Dataset, Row, Story
from monitor.digest.stories import URGENCY, tell_story
from monitor.digest.views import STAFF, View, apply_view
from monitor.render import labels
from monitor.render.digest_entries import (
    WAITING,
    say_answer,
    say_answered,
    say_channels,
    say_outlets,
    say_rest,
    say_waiting_title,
)
from monitor.render.digest_five import say_five
from monitor.render.digest_numbers import say_baseline, say_nothing
from monitor.render.digest_words import say_limits
from monitor.render.sheet import Para
from monitor.render.wording import MARKS, Wording, say_address, unmark

PART_CHARS = 4095
MARK_CHARS = 16  # room for "(12/12)" and a line break
OUTLETS_NAMED = 6
GAPS_NAMED = 12
LATE_NAMED = 10  # of what came late: in the first days of an installation that is everything found before
ENTRIES = 10  # of each kind: beyond them nobody reads on in a chat; the others are counted, mail and PDF have them
URGENT = 20  # likewise of what wants an answer
OPD_NAMED = 3  # of a story


def render_parts(data: Dataset, wording: Wording, view: View = STAFF, chars: int = PART_CHARS) -> list[str]:
    """Return the messages in order; one where all fits. ``chars`` is what one holds."""
    parts: list[str] = []
    room = chars - MARK_CHARS
    blocks = _blocks(apply_view(data, view), wording, view)
    for block in (piece for whole in blocks for piece in split_text(whole, room)):
        if parts and count_chars(parts[-1]) + 2 + count_chars(block) <= room:
            parts[-1] += "\n\n" + block
        else:
            parts.append(block)
    return number_parts(parts) if len(parts) > 1 else parts


def number_parts(parts: Sequence[str]) -> list[str]:
    """Return the parts of a text, each with its number before it, for which ``MARK_CHARS`` leave room."""
    return [f"({number}/{len(parts)})\n{part}" for number, part in enumerate(parts, 1)]


def split_text(text: str, chars: int) -> Iterator[str]:
    """Cut between lines, inside one only where it alone is too long."""
    piece = ""
    for line in text.splitlines():
        if piece and count_chars(piece) + 1 + count_chars(line) > chars:
            yield piece
            piece = ""
        while count_chars(line) > chars:
            yield line[: chars // 2]
            line = line[chars // 2 :]
        piece = f"{piece}\n{line}" if piece else line
    if piece:
        yield piece


def count_chars(text: str) -> int:
    """Return the length of a text as Telegram and WhatsApp count it: in UTF-16, where most emoji are two."""
    return len(text.encode("utf-16-le")) // 2


def _blocks(data: Dataset, wording: Wording, view: View) -> Iterator[str]:
    say = wording.say
    lines = [f"*{say('Ringkasan pemberitaan {regency}', regency=data.regency)}*"]
    lines.append(f"{wording.day(data.day)}, {say(labels.EDITIONS[data.edition])}")
    if view.kind == "opd":
        lines.append(say("Hanya yang menyebut {opd}", opd=data.names.get(view.opd, view.opd)))
    if not data.complete:
        lines.append(say("sementara"))
    head = "\n".join(lines)
    if view.kind == "pimpinan":
        yield head + "\n\n" + "\n".join(f"{n}. {_line(para)}" for n, para in enumerate(say_five(data, wording), 1))
    else:
        if not data.totals.articles:
            yield head + "\n\n" + say_nothing(data, wording, view)
            yield from _waiting(data, wording)
        else:
            yield head + "\n\n" + "\n".join(_numbers(data, wording, view))
            yield from _attention(data, wording)
            yield from _waiting(data, wording)
            yield from _stories(data, wording)
        yield from _releases(data, wording)
        yield from _table(say("Perangkat daerah"), data.opd, data, wording)
        yield from _table(say("Pilar Smart City"), [row for row in data.pillars if row.articles], data, wording)
        yield "\n".join(map(_line, say_limits(data, wording, LATE_NAMED, GAPS_NAMED, labels.REST_IN_MAIL)))
    yield say("Nomor data: {id}", id=data.id)


def _numbers(data: Dataset, wording: Wording, view: View) -> Iterator[str]:
    say, t, tone, number = wording.say, data.totals, data.tone["earned"], wording.number
    subject = data.names.get(view.opd, view.opd) if view.kind == "opd" else data.regency
    yield say("{n} artikel tentang {regency}", n=f"*{number(t.articles)}*", regency=subject)
    yield say(
        "{stories} peristiwa, {outlets} media, {newsrooms} redaksi meliput mandiri",
        stories=number(t.stories),
        outlets=number(t.outlets),
        newsrooms=number(t.independent_newsrooms),
    )
    if t.baseline_days:
        yield say_baseline(data, wording)
    yield ", ".join(f"{say(labels.CHANNELS[channel])} {number(getattr(t, channel))}" for channel in CHANNELS)
    if tone["n"]:
        shares = ", ".join(f"{say(name)} {tone[key]}" for key, name in labels.TONES.items())
        yield say("Nada (n = {n}): {shares}", n=tone["n"], shares=shares)
        yield f"_{say(labels.TONE_DEFINITION)}_"


def _attention(data: Dataset, wording: Wording) -> Iterator[str]:
    title = f"*{wording.say('Perlu perhatian')}*"
    if not data.attention:
        yield f"{title}\n{wording.say('Tidak ada.')}"
    for number, entry in enumerate(data.attention[:URGENT], 1):
        rule = wording.say(labels.ATTENTION[entry.rule])
        outlets = say_outlets(entry.outlets, OUTLETS_NAMED)
        text = f"{number}. *{unmark(entry.headline)}*\n{unmark(outlets)}: {rule}\n{say_answer(entry, data, wording)}"
        yield (f"{title}\n" if number == 1 else "") + f"{text}\n{say_address(entry.url, wording)}"
    yield from _rest(len(data.attention), wording, URGENT)
    if data.answered:
        yield f"_{unmark(say_answered(data, wording))}_"


def _waiting(data: Dataset, wording: Wording) -> Iterator[str]:
    for number, entry in enumerate(data.waiting[:WAITING], 1):
        title = f"*{say_waiting_title(data, wording)}*\n" if number == 1 else ""
        text = f"{number}. {unmark(entry.headline)}\n{say_answer(entry, data, wording)}"
        yield f"{title}{text}\n{say_address(entry.url, wording)}"
    yield from (f"*{para.text}*" for para in say_rest(len(data.waiting), WAITING, wording, labels.REST_WAITING))


def _stories(data: Dataset, wording: Wording) -> Iterator[str]:
    others = list(_find_untold(data))
    heading = wording.say("Peristiwa") if len(others) == len(data.stories) else wording.say("Peristiwa lain")
    for number, story in enumerate(others[:ENTRIES], 1):
        why = f"\n_{wording.say(labels.WHY[story.why[0]])}_" if story.why else ""
        title = f"*{heading}*\n" if number == 1 else ""
        told = unmark(say_outlets(story.outlets, OUTLETS_NAMED))
        tones = ", ".join(
            f"{wording.say(name)} {story.tones[key]}" for key, name in labels.TONES.items() if story.tones[key]
        )
        owners = f"\n{wording.say('OPD')}: {unmark(data.name(story.opd, OPD_NAMED))}" if story.opd else ""
        heard = "".join(f" · {words}" for words in (tones, say_channels(story, wording)) if words)
        where = say_address(story.url, wording)
        yield f"{title}{number}. *{unmark(story.headline)}*\n{told}{heard}{owners}{why}\n{where}"
    yield from _rest(len(others), wording)


def _find_untold(data: Dataset) -> Iterator[Story]:
    """Yield the stories without what stands among the urgent: of one that is partly told there, the rest."""
    told = {key for entry in data.attention[:URGENT] for key in entry.articles}
    items = {item.id: item for item in data.items}
    for story in data.stories:
        rest = [items[key] for key in story.articles if key not in told]
        if len(rest) == len(story.articles):
            yield story
        elif rest:
            yield replace(tell_story(story, rest), why=tuple(code for code in story.why if code not in URGENCY))


def _releases(data: Dataset, wording: Wording) -> Iterator[str]:
    if not data.releases:
        return
    taken = sum(bool(release.pickups) for release in data.releases)
    title = wording.say("Rilis: {taken} dari {n} dimuat media lain", taken=taken, n=len(data.releases))
    for number, release in enumerate(data.releases[:ENTRIES], 1):
        names = say_outlets(tuple(dict.fromkeys(pickup.outlet_name for pickup in release.pickups)), OUTLETS_NAMED)
        told = unmark(names) if names else wording.say("belum dimuat media lain")
        yield (f"*{title}*\n" if number == 1 else "") + f"{number}. {unmark(release.title)}\n→ {told}"
    yield from _rest(len(data.releases), wording)


def _rest(entries: int, wording: Wording, most: int = ENTRIES) -> Iterator[str]:
    yield from (f"*{para.text}*" for para in say_rest(entries, most, wording, labels.REST_IN_MAIL))


def _table(title: str, rows: Sequence[Row], data: Dataset, wording: Wording) -> Iterator[str]:
    lines = [f"{unmark(data.short.get(row.id, row.name))}: {row.articles}" for row in rows[:ENTRIES]]
    if lines:
        yield "\n".join([f"*{title}*", *lines, *_rest(len(rows), wording)])


def _line(para: Para) -> str:
    text = MARKS.sub("", para.text)
    return f"{text}\n{para.url}" if para.url else text
