"""The words by which Indonesian news attributes speech, loaded from ``nlp/data/attribution.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nlp.tables import DATA, load_table


@dataclass(frozen=True, slots=True)
class Words:
    """Closed lists in lower case; what each holds is said in the data file."""

    stems: frozenset[str]
    continuing: frozenset[str]
    bridges: frozenset[str]
    not_verbs: frozenset[str]
    active: frozenset[str]
    passive: frozenset[str]
    according: frozenset[str]
    asking: frozenset[str]
    answering: frozenset[str]
    colleagues: frozenset[str]
    pronouns: frozenset[str]
    handover: frozenset[str]
    company: frozenset[str]
    companies: frozenset[str]
    past: frozenset[str]
    ranks: frozenset[str]
    belonging: frozenset[str]
    impersonal: frozenset[str]
    telling: frozenset[str]
    naming: frozenset[str]
    calling: frozenset[str]
    human: frozenset[str]
    crowds: frozenset[str]
    speaking: frozenset[str]
    written: frozenset[str]
    directly: frozenset[str]
    answered: frozenset[str]  # passives of ``active`` included
    comparing: frozenset[str]
    acting: frozenset[str]
    given: frozenset[str]
    given_words: frozenset[str]
    pointing: frozenset[str]
    inner: frozenset[str]
    groups: frozenset[str]
    placing: frozenset[str]
    heads: frozenset[str]
    utterances: frozenset[str]
    compass: frozenset[str]
    times: frozenset[str]
    stops: frozenset[str]
    weekdays: frozenset[str]
    months: frozenset[str]
    honorifics: frozenset[str]
    kin: frozenset[str]
    offices: frozenset[str]
    people: frozenset[str]
    openers_by_word: dict[str, tuple[str, ...]]  # by first word, longest first
    not_speech: frozenset[str]
    bodies: frozenset[str]
    territorial: frozenset[str]
    degrees: frozenset[str]
    finite: frozenset[str]
    reporting: frozenset[str]
    short: dict[str, tuple[str, ...]]
    pointers: frozenset[str]
    indefinite: frozenset[str]
    counting: frozenset[str]
    anybody: frozenset[str]
    describing: frozenset[str]
    origin: frozenset[str]
    governing: frozenset[str]
    copulas: frozenset[str]
    asked: frozenset[str]
    auxiliaries: frozenset[str]
    joining: frozenset[str]
    name_joiners: frozenset[str]
    no_office: frozenset[str]
    # Unions of these, made once.
    leads: frozenset[str]  # stems and according
    turns: frozenset[str]  # handover and active
    persons: frozenset[str]  # people, offices and their short forms
    things: frozenset[str]  # bodies, honorifics and other words that begin like a trade
    parting: frozenset[str]  # stops, and finite words that do not point
    kindred: frozenset[str]  # kin and bodies

    def opener(self, text: str) -> str:
        """Return the longest opener of a sentence with which lower-case ``text`` begins, "" when there is none."""
        first = text.split(" ", 1)[0].rstrip(",")
        for opener in self.openers_by_word.get(first, ()):
            if text.startswith(opener) and not text[len(opener) : len(opener) + 1].isalpha():
                return opener
        return ""

    def is_verb(self, word: str) -> bool:
        """Tell whether a lower-case word is a verb of saying in any form, -nya included."""
        return word in self.active or word in self.passive or self.stem(word) is not None

    def stem(self, word: str) -> str | None:
        """Return the stem of "ujar" or "ujarnya", None for other words."""
        if word in self.stems:
            return word
        return word[:-3] if word.endswith("nya") and word[:-3] in self.stems else None

    def is_noun(self, low: str) -> bool:
        """Tell whether a word names a person by trade or office, "sopirnya" included."""
        once, _, again = low.partition("-")
        if low in self.persons or (once == again and once in self.people):  # "anak-anak"
            return True
        if low.endswith("nya"):
            return low[:-3] in self.people or low[:-3] in self.offices
        return low.startswith("pe") and len(low) > 5 and not low.endswith("an") and low not in self.things

    def is_parting(self, low: str) -> bool:
        """Tell whether a word in lower case ends a phrase: a clause word, or a finite verb."""
        return low in self.parting or self.is_finite(low)

    def is_finite(self, low: str) -> bool:
        """Tell whether a word in lower case has the form of a finite verb."""
        verb = len(low) > 5 and low.startswith(("me", "ber", "di", "ter")) and low not in self.pointers
        if low.endswith("nya") and low[:-3] in self.bodies:  # "kepala dinasnya"
            return False
        return verb and low not in self.pronouns and not self.is_noun(low)


@cache
def load_common_words() -> frozenset[str]:
    """Return the words that the corpus writes in lower case (``data/common_words.txt``, made by ``nlp.train``)."""
    return frozenset((DATA / "common_words.txt").read_text(encoding="utf-8").split())


@cache
def load_ordinary_words() -> frozenset[str]:
    """Return the common words that nobody is called by."""
    return load_common_words() - load_words().given_words


def build_passives(active: str) -> set[str]:
    """Return what the passive of a verb with me- may be: "disesali" of "menyesali", "dikecam" of "mengecam"."""
    for prefix, melted in (("meny", "s"), ("meng", "k"), ("mem", "p"), ("men", "t"), ("me", "")):
        if active.startswith(prefix):
            rest = active.removeprefix(prefix)
            vowel = rest[:1] in set("aeiou")
            return {f"di{melted}{rest}"} | ({f"di{rest}"} if not vowel or prefix == "meng" else set())
    return set()


@cache
def load_words() -> Words:
    """Read the lists once for the process."""
    data = dict(load_table("attribution"))
    short = {key: tuple(value.split()) for key, value in data.pop("short").items()}
    openers: dict[str, tuple[str, ...]] = {}
    for opener in sorted(data.pop("openers"), key=len, reverse=True):
        first = opener.split(" ", 1)[0]
        openers[first] = (*openers.get(first, ()), opener)
    sets = {key: frozenset(value) for key, value in data.items()}
    sets["answered"] |= sets["passive"].union(*map(build_passives, sets["active"]))
    return Words(
        openers_by_word=openers,
        short=short,
        leads=sets["stems"] | sets["according"],
        turns=sets["handover"] | sets["active"],
        persons=sets["people"] | sets["offices"] | short.keys(),
        things=sets["bodies"] | sets["honorifics"] | sets["impersonal"],
        parting=sets["stops"] | (sets["finite"] - {"itu", "ini"}),
        kindred=sets["kin"] | sets["bodies"],
        **sets,
    )
