"""An alert as WhatsApp text: what happened, where, by which rule on which numbers."""

from __future__ import annotations

from db.rows import Row
from monitor.alerts.rules import Rules
from monitor.names import Names
from monitor.render.wording import Wording, say_address, unmark

SHOWN = 5  # outlets or articles named; the number of the others is told


def render_alert(alert: Row, rules: Rules, names: Names, wording: Wording) -> str:
    """Return the text of one alert (``db.alerts.find_alerts``)."""
    say = wording.say
    lines = [f"*{unmark(alert['headline'])}*"]
    for hit in alert["hits"]:
        lines.append(
            f"{unmark(rules.name_of(hit['rule'], wording.lang))}: {render_facts(hit['facts'], names, wording)}"
        )
    if alert["url"]:
        lines.append(say_address(alert["url"], wording))
    else:
        lines += [
            f"- {unmark(row['title'])} ({row['outlet_name']})\n{say_address(row['url'], wording)}"
            for row in alert["articles"][-SHOWN:]
        ]
        if (more := len(alert["articles"]) - SHOWN) > 0:
            lines.append(say("dan {n} artikel lain", n=more))
    fired = ", ".join(dict.fromkeys(hit["rule"] for hit in alert["hits"]))
    lines.append(say("Peringatan nomor {id}, aturan: {rules}", id=alert["id"], rules=fired))
    return "\n".join(lines)


def render_facts(facts: Row, names: Names, wording: Wording) -> str:
    """Return in one sentence what a rule went by."""
    match facts["kind"]:
        case "negative_story":
            return _tell_story(facts, names, wording)
        case "spike":
            return _tell_spike(facts, wording)
        case "harsh_headline":
            return wording.say(
                "judul bernada negatif menyebut {name}; dimuat {outlets}",
                name=facts["named"],
                outlets=_list(facts["newsrooms"]),
            )
        case _:
            return wording.say(
                "{outlet} memuat “{words}”", outlet=_list(facts["newsrooms"]), words=unmark(facts["words"])
            )


def _tell_story(facts: Row, names: Names, wording: Wording) -> str:
    told = wording.say(
        "{n} redaksi meliput mandiri (batas {least}), {negative} dari {own} artikelnya negatif: {outlets}",
        n=len(facts["newsrooms"]),
        least=facts["least"],
        negative=facts["negative"],
        own=facts["own"],
        outlets=_list(facts["newsrooms"]),
    )
    return f"{told}\n{_tell_owner(facts, names, wording)}"


def _tell_owner(facts: Row, names: Names, wording: Wording) -> str:
    owner = ", ".join(names.name_of("opd", key) for key in facts["opd"][:3]) or wording.say("belum diketahui")
    since = wording.say("sejak {moment}", moment=wording.published(facts["since"]))
    return wording.say("Perlu ditanggapi oleh: {owner}, {since}", owner=owner, since=since)


def _tell_spike(facts: Row, wording: Wording) -> str:
    if facts["tone"]:
        what = wording.say("{n} artikel bernada {tone}", n=facts["count"], tone=wording.say(facts["tone"]))
    else:
        what = wording.say("{n} artikel", n=facts["count"])
    usual = wording.say(
        "dalam {hours} jam; biasanya {mean} pada jam yang sama ({days} hari), terbanyak {most} pada hari yang sama",
        hours=facts["hours"],
        mean=wording.number(facts["mean"]),
        days=facts["days"],
        most=facts["same_weekday"],
    )
    return f"{what} {usual}"


def _list(outlets: list[str]) -> str:
    shown = ", ".join(unmark(name) for name in outlets[:SHOWN])
    return shown if len(outlets) <= SHOWN else f"{shown} +{len(outlets) - SHOWN}"
