"""Why the machine saw what it saw, in words that a reader understands: rule ids and the pipeline's English reasons as
texts for ``Wording.say``.

What is not listed here, such as a reason that a profile's author wrote, is shown as it stands.
"""

from __future__ import annotations

import re

from monitor.render.wording import Wording

# lists of words by which tone is told; turned: right behind a word that turns it round
CUES = {
    "complaint": "kata keluhan, tuntutan, atau kritik",
    "failure": "kata kerusakan, kegagalan, atau keterlambatan",
    "scandal": "kata perkara hukum atau temuan pemeriksaan",
    "silence": "pejabat tidak menjawab",
    "achievement": "kata prestasi atau perbaikan",
    "delivery": "kata bantuan atau layanan yang sampai kepada warga",
    "praise": "kata pujian atau terima kasih",
    "denial": "kata bantahan atau penjelasan",
    "plan": "kata rencana atau acara, belum ada hasil",
    "word": "kata yang dikenali model",
}
TURNED_CUES = {
    "complaint": "keluhan atau kritik yang disangkal atau diatasi",
    "failure": "kerusakan atau kegagalan yang disangkal atau diatasi",
    "scandal": "perkara yang disangkal atau dicegah",
    "silence": "diamnya pejabat yang disangkal",
    "achievement": "prestasi atau perbaikan yang tidak terjadi",
    "delivery": "layanan atau bantuan yang tidak sampai",
    "praise": "pujian yang disangkal",
}
SIGNS = {
    "office": "kantor atau pejabat",
    "region": "nama kabupaten atau kota",
    "bare": "nama daerah saja",
    "place": "tempat di daerah itu",
    "person": "tokoh daerah itu",
    "district": "nama kecamatan atau tempat lain",
}
MANNERS = {
    "list": "hanya dalam daftar",
    "past": "jabatan dahulu",
    "origin": "hanya daerah asal",
    "host": "sebagai tuan rumah",
}
PARTS = {"title": "dalam judul", "lead": "dalam paragraf pertama", "body": "dalam isi", "dateline": "pada baris kota"}
REFUSALS = {
    "all offices of this kind": "semua kantor sejenis, bukan satu kantor",
    "body of the central government": "lembaga pemerintah pusat",
    "namesake: nothing else in the article is ours": "nama yang sama; selebihnya artikel ini bukan tentang daerah ini",
    "another region in the phrase": "daerah lain disebut bersama namanya",
    "office of the province": "kantor pemerintah provinsi",
    "office that the regency does not have": "kantor yang tidak ada di daerah ini",
    "nothing else in the article is ours": "selebihnya artikel ini bukan tentang daerah ini",
    "same office with another region": "kantor yang sama disebut dengan daerah lain",
    "told by another government's official": "disampaikan oleh pejabat pemerintah lain",
    "another government acts through it": "pemerintah lain bertindak melalui kantor ini",
    "no office of ours bears this name": "tidak ada kantor daerah ini bernama demikian",
    "undecided: the article is not about us": "belum pasti: artikelnya bukan tentang daerah ini",
    "undecided: another government in the sentence": "belum pasti: pemerintah lain disebut dalam kalimatnya",
    "undecided: the name needs its kecamatan or a generic word nearby": (
        "belum pasti: tidak disebut bersama kecamatannya atau kata seperti kampung, jalan, pasar"
    ),
    "part of a longer name": "bagian dari nama yang lebih panjang",
    "namesake: another office": "nama yang sama, jabatannya lain",
    "common name without an office of theirs": "nama umum yang disebut tanpa jabatannya",
    "software": "nama aplikasi",
    "name of the outlet": "nama media itu sendiri",
    "electoral district": "nama daerah pemilihan",
    "electoral district of the province": "nama daerah pemilihan provinsi",
    "company or institution name": "nama perusahaan atau lembaga",
    "oil block": "nama blok minyak",
    "oil field": "nama lapangan minyak",
    "plant": "nama pabrik",
    "river that crosses several regencies": "sungai yang melintasi beberapa kabupaten",
    "history or craft, told all over the region": "sejarah atau kerajinan, diceritakan di mana-mana",
    "street of another town": "jalan di kota lain",
    "island elsewhere": "pulau di tempat lain",
    "elsewhere": "tempat di daerah lain",
    "village of that name": "desa bernama sama",
    "village of that name; none of ours is called so": "desa bernama sama; tidak ada milik daerah ini",
}
ABOUT_REASON = re.compile(r"(?P<region>.+): (?:(?P<manner>[a-z]+) )?(?P<kind>[a-z]+) in (?P<part>[a-z]+) \((?P<n>.+)\)")
OURS = "ours"
BY_PERSON = "set by "


def say_cue(rule: str, wording: Wording) -> str:
    """Return what a rule of tone stands for: ``complaint``, ``turned:delivery``."""
    turned, _, cue = rule.rpartition(":")
    words = (TURNED_CUES if turned else CUES).get(cue)
    return wording.say(words) if words else rule


def say_refusal(reason: str, wording: Wording) -> str:
    """Return why a name was refused."""
    if reason.startswith(BY_PERSON):
        return wording.say("ditetapkan oleh {name}", name=reason.removeprefix(BY_PERSON))
    return wording.say(REFUSALS[reason]) if reason in REFUSALS else reason


def say_about(reason: str, wording: Wording, regency: str) -> str:
    """Return one reason of the verdict whether an article is about the regency: ``ours: office in title (+4.8)``."""
    if reason.startswith(BY_PERSON):
        return wording.say("ditetapkan oleh {name}", name=reason.removeprefix(BY_PERSON))
    found = ABOUT_REASON.fullmatch(reason)
    if found is None or found["kind"] not in SIGNS or found["part"] not in PARTS:
        return reason
    region = regency if found["region"] == OURS else found["region"].title()
    manner = f", {wording.say(MANNERS[found['manner']])}" if found["manner"] in MANNERS else ""
    sign = wording.say(SIGNS[found["kind"]])
    return f"{region}: {sign} {wording.say(PARTS[found['part']])}{manner} ({_points(found['n'], wording)})"


def _points(text: str, wording: Wording) -> str:
    return f"{'+' if text.startswith('+') else ''}{wording.number(float(text))}"
