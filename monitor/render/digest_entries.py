"""The entries of a digest in words: what wants attention, stories, releases with and without pickup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.digest.dataset import Attention, Dataset, Pickup, Story
from monitor.render import labels
from monitor.render.sheet import Block, Entry, Heading, Para
from monitor.render.wording import Wording, flatten, say_address, web_address

ANSWERED = 5  # headlines
WAITING = 5  # of what earlier days left; the workspace has all
OPD_NAMED = 6  # of a story: who acts stands first, whoever else is named in it says little


def say_attention(data: Dataset, wording: Wording, most: int | None = None) -> Iterator[Block]:
    """Yield what wants an answer: the rule, who reported, who should answer and since when, on which words it rests.

    Here and below ``most`` says how many entries are told; the others are counted.
    """
    if not data.attention:
        yield Para(wording.say("Tidak ada."))
    for number, entry in enumerate(data.attention[:most], 1):
        rule = f"{wording.say(labels.ATTENTION[entry.rule])}; {say_outlets(entry.outlets)}"
        notes = [Para(rule), Para(say_answer(entry, data, wording), "strong")]
        if entry.evidence:
            notes.append(Para(f"“{flatten(entry.evidence)}”", "dim"))
        yield _enter(entry.headline, entry.url, notes, wording, number, alarm=True)
    yield from say_rest(len(data.attention), most, wording)
    if data.answered:
        yield Para(say_answered(data, wording), "dim")


def say_answered(data: Dataset, wording: Wording) -> str:
    """Return what people said is answered already, in one sentence."""
    gone = f" ({wording.say('ditarik media')})"
    shown = [flatten(entry.headline) + gone * entry.withdrawn for entry in data.answered[:ANSWERED]]
    if len(data.answered) > ANSWERED:
        shown.append(wording.say("dan {n} lainnya", n=len(data.answered) - ANSWERED))
    return wording.say("Sudah ditanggapi: {headlines}", headlines="; ".join(shown))


def say_waiting(data: Dataset, wording: Wording) -> Iterator[Block]:
    """Yield what earlier days brought and nobody has answered."""
    if not data.waiting:
        return
    yield Heading(say_waiting_title(data, wording))
    for number, entry in enumerate(data.waiting[:WAITING], 1):
        notes = [Para(say_outlets(entry.outlets)), Para(say_answer(entry, data, wording), "strong")]
        yield _enter(entry.headline, entry.url, notes, wording, number)
    yield from say_rest(len(data.waiting), WAITING, wording, labels.REST_WAITING)


def say_waiting_title(data: Dataset, wording: Wording) -> str:
    """Return over what the list of what still waits is put."""
    n = wording.number(len(data.waiting))
    return wording.say("Belum ditanggapi dari {days} hari sebelumnya: {n}", days=data.waiting_days, n=n)


def _enter(
    title: str, url: str, notes: Iterable[Para], wording: Wording, number: int | None = None, *, alarm: bool = False
) -> Entry:
    """Return an entry; one without a page to lead to, a clip, says so."""
    by_hand = () if web_address(url) else (Para(say_address(url, wording), "dim"),)
    return Entry(flatten(title), web_address(url), (*notes, *by_hand), number, alarm)


def say_rest(all_of_them: int, most: int | None, wording: Wording, told: str = labels.REST_ATTACHED) -> Iterator[Para]:
    """Yield how many were left out, if any, and where they are ``told``."""
    if most is not None and all_of_them > most:
        yield Para(wording.say(told, n=wording.number(all_of_them - most)), "strong")


def say_answer(entry: Attention, data: Dataset, wording: Wording) -> str:
    """Return who should answer and since when, and whether the government was heard meanwhile."""
    since = wording.say("sejak {moment}", moment=wording.published(entry.since))
    owner = name_owners(entry, data, wording) or wording.say("belum diketahui")
    asked = wording.say("Perlu ditanggapi oleh: {owner}, {since}", owner=owner, since=since)
    return f"{asked}; {say_heard(entry.heard_at, wording)}" if entry.heard_at else asked


def say_heard(moment: str, wording: Wording) -> str:
    """Return that the government was heard after what wanted an answer."""
    return wording.say("sudah ada pernyataan pemerintah daerah, {moment}", moment=wording.published(moment))


def name_owners(entry: Attention, data: Dataset, wording: Wording) -> str:
    """Return who should answer, each with the offices that it follows where these were meant."""
    named = []
    for key in entry.opd:
        before = ", ".join(map(data.brief, entry.former.get(key, ())))
        named.append(
            wording.say("{office} (dahulu {before})", office=data.brief(key), before=before)
            if before
            else data.brief(key)
        )
    return ", ".join(named)


def say_stories(data: Dataset, wording: Wording, most: int | None = None) -> Iterator[Block]:
    """Yield the stories: outlets, tone, offices, pillars, who is quoted and why it matters."""
    for number, story in enumerate(data.stories[:most], 1):
        yield _enter(story.headline, story.url, _say_story(story, data, wording), wording, number)
    yield from say_rest(len(data.stories), most, wording)


def _say_story(story: Story, data: Dataset, wording: Wording) -> Iterator[Para]:
    say = wording.say
    tones = ", ".join(f"{say(labels.TONES[key])} {story.tones[key]}" for key in labels.TONES if story.tones[key])
    heard = f" · {tones}" if tones else ""
    yield Para(f"{wording.published(story.first_at)} · {say_outlets(story.outlets)}{heard}")
    if channels := say_channels(story, wording):
        yield Para(channels)
    if story.began_at < story.first_at:
        yield Para(say("Berlangsung sejak {moment}", moment=wording.published(story.began_at)))
    named = ((say("OPD"), data.name(story.opd, OPD_NAMED)), (say("Pilar"), data.name(story.pillars)))
    if tags := " · ".join(f"{label}: {names}" for label, names in named if names):
        yield Para(tags, "dim")
    if story.speakers:
        yield Para(f"{say('Dikutip')}: {', '.join(map(flatten, story.speakers))}", "dim")
    if story.why:
        reasons = ", ".join(say(labels.WHY[code]) for code in story.why)
        yield Para(f"{say('Penting karena')}: {reasons}", "dim")


def say_channels(story: Story, wording: Wording) -> str:
    """Return in whose space a story stands, blank where newsrooms alone gave it theirs."""
    if set(story.channels) == {"earned"}:
        return ""
    names = {key: wording.say(name) for key, name in labels.CHANNELS.items() if story.channels.get(key)}
    return ", ".join(f"{name} {story.channels[key]}" for key, name in names.items())


def say_releases(data: Dataset, wording: Wording, most: int | None = None) -> Iterator[Block]:
    """Yield the government's releases with who took them over, how much of them and how soon."""
    if not data.releases:
        return
    taken = sum(bool(release.pickups) for release in data.releases)
    yield Heading(wording.say("Rilis: {taken} dari {n} dimuat media lain", taken=taken, n=len(data.releases)))
    for release in data.releases[:most]:
        source = Para(f"{flatten(release.outlet_name)}, {wording.published(release.published_at)}", "dim")
        pickups = [Para(_say_pickup(pickup, wording), "", web_address(pickup.url)) for pickup in release.pickups[:most]]
        none = [Para(wording.say("belum dimuat media lain"), "dim")]
        rest = say_rest(len(release.pickups), most, wording)
        yield _enter(release.title, release.url, (source, *(pickups or none), *rest), wording)
    yield from say_rest(len(data.releases), most, wording)


def _say_pickup(pickup: Pickup, wording: Wording) -> str:
    after, minutes = "", pickup.latency_minutes
    if minutes is not None:  # an office's own page may come after the outlets that were sent its text
        span = wording.span(minutes)
        after = f", {span}" if minutes < 0 else wording.say(", {span} kemudian", span=span)
    return f"→ {flatten(pickup.outlet_name)}: {wording.share(pickup.share, 1)} {wording.say('teks sama')}{after}"


def say_outlets(outlets: tuple[str, ...], most: int = 12) -> str:
    """Return the outlets as an enumeration, beyond ``most`` how many more."""
    shown = ", ".join(map(flatten, outlets[:most]))
    return shown if len(outlets) <= most else f"{shown} +{len(outlets) - most}"
