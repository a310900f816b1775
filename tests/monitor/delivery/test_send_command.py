"""`pantau send` and its configuration: previews, tests, wrong use, and secrets that show nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.notify.addresses import open_address
from monitor.notify.groups import Delivery
from tests.monitor.conftest import Answer
from tests.monitor.delivery.conftest import Webhook


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "no address that Apprise knows"),
        ("$PANTAU_NOT_SET", "environment variable PANTAU_NOT_SET is not set"),
        ("mailto://u:secret@x.example?to=a@x.example,b@x.example", "stands for 2 addresses"),
    ],
)
def test_addresses_that_cannot_be_used_are_named_without_secrets(address: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        open_address(Delivery(recipients={"kadis": address}), "kadis", {})
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_secrets_come_from_the_environment_and_show_nowhere() -> None:
    delivery = Delivery(recipients={"kadis": "$MAIL"})
    address = open_address(delivery, "kadis", {"MAIL": "mailto://u:secret@x.example?to=a@x.example"})
    assert "secret" not in repr(address) + address.label


def configure(path: Path, webhook: Webhook) -> None:
    text = f'[delivery]\nrecipients = {{gerbang = "{webhook.address}"}}\n[delivery.groups.pimpinan]\nto = ["gerbang"]\n'
    (path / "config.toml").write_text(text, encoding="utf-8")


def test_the_command_previews_tests_sends_once_and_lists(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook
) -> None:
    configure(tmp_path, webhook)
    send = ("send", "--edition", "harian", "--date", "2025-03-12", "--to", "pimpinan")
    shown = pantau(*send, "--preview")
    assert (shown.code, webhook.seen) == (0, [])
    assert "Belum ada berita" in shown.out
    assert pantau("outbox", "list", "--json").out.strip() == "[]"
    assert pantau("send", "--test", "--to", "pimpinan").code == 0
    assert "pesan uji" in webhook.seen[0]["message"]
    first, second = pantau(*send), pantau(*send)
    assert (first.code, second.code, len(webhook.seen)) == (0, 0, 2)
    rows = json.loads(pantau("outbox", "list", "--json").out)
    assert [(row["what"], row["state"], row["tries"]) for row in rows] == [
        ("2025-03-12-harian", "sent", 1),
        ("test", "sent", 1),
    ]
    assert webhook.seen[1]["message"] in pantau("outbox", "show", rows[0]["id"]).out
    assert pantau(*send, "--again").code == 0
    assert len(webhook.seen) == 3


def test_the_command_says_what_failed_and_tries_again(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook
) -> None:
    configure(tmp_path, webhook)
    webhook.status = 500
    failed = pantau("send", "--edition", "harian", "--date", "2025-03-12", "--to", "pimpinan")
    assert failed.code == 1
    assert "waiting" in failed.out
    webhook.status = 200
    assert pantau("outbox", "deliver").code == 0  # not due yet
    assert len(webhook.seen) == 1


def test_what_waited_when_a_copy_was_made_is_not_sent_again_after_its_restore(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook
) -> None:
    configure(tmp_path, webhook)
    webhook.status = 500
    assert pantau("send", "--edition", "harian", "--date", "2025-03-12", "--to", "pimpinan").code == 1
    copy, data = tmp_path / "copy.db", tmp_path / "data"
    assert pantau("backup", copy).code == 0
    assert [path.name for path in tmp_path.glob("copy.db*")] == ["copy.db"]
    webhook.status = 200
    assert pantau("outbox", "deliver", "--retry").code == 0
    assert len(webhook.seen) == 2
    for path in data.glob("pantau.db*"):
        path.unlink()
    copy.rename(data / "pantau.db")
    for command in (("outbox", "deliver"), ("outbox", "deliver", "--retry")):
        assert "0 sent" in pantau(*command).err
    assert len(webhook.seen) == 2
    (row,) = json.loads(pantau("outbox", "list", "--json").out)
    assert (row["state"], "when this copy of the store was made" in row["detail"]) == ("unknown", True)
    (told,) = [row for row in json.loads(pantau("doctor", "--json").out) if row["check"] == "outbox"]
    assert (told["status"], "1 may not have arrived" in told["detail"]) == ("warning", True)
    assert pantau("send", "--edition", "harian", "--date", "2025-03-12", "--to", "pimpinan", "--again").code == 0
    assert len(webhook.seen) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("send", "--to", "pimpinan"), "name either --edition or --test"),
        (("send", "--test", "--to", "pimpnan"), "unknown group 'pimpnan': did you mean pimpinan?"),
        (("send", "--edition", "2025-01-01-pagi", "--to", "pimpinan"), "unknown edition"),
        (("outbox", "show", "7"), "no message 7"),
        (("alerts", "check", "--at", "kemarin"), "--at 'kemarin' is no ISO 8601 time"),
    ],
)
def test_wrong_use_is_explained(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook, arguments: tuple[str, ...], said: str
) -> None:
    configure(tmp_path, webhook)
    pantau("send", "--test", "--to", "pimpinan")  # there is a store
    answer = pantau(*arguments)
    assert answer.code == 2
    assert said in answer.complaint


def test_an_edition_that_has_not_begun_is_neither_sent_nor_frozen_nor_shown(
    pantau: Callable[..., Answer], tmp_path: Path, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, webhook)
    pantau("send", "--test", "--to", "pimpinan")  # there is a store
    webhook.seen.clear()
    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T08:00:00+07:00")
    for command in (("send", "--to", "pimpinan"), ("edition", "freeze"), ("digest",)):
        answer = pantau(*command, "--edition", "sore")
        assert answer.code == 2
        assert "the edition sore of 2026-03-10 has not begun: it covers what comes from 12:00 on" in answer.complaint
    assert webhook.seen == []
    assert pantau("edition", "freeze", "--edition", "siang").code == 0  # its hours run
    assert pantau("digest", "--edition", "siang").code == 0
