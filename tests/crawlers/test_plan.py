"""Plans: read strictly, keywords as whole words, no delay lowered towards a live site."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.errors import PlanError
from crawlers.plan import Plan, Revisit, Run, choose_delay, compile_keywords, load_states, parse_plan
from crawlers.politeness import parse_retry_after
from crawlers.recipe import Recipe, parse_recipe

PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "no_proxy", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"outlets": ["a"], "limits": 3}', "limits: .*did you mean limit"),
        ('{"outlets": ["a"], "since": "2024-01-01"}', "since"),
        ('{"outlets": ["a"], "limit": 0}', "limit"),
        ("{", "plan: "),
    ],
)
def test_faults_of_a_plan_name_the_field(text: str, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        parse_plan(text)


def test_states_come_back_by_outlet_and_source() -> None:
    plan = Plan(
        outlets=("a",),
        states=(
            {
                "type": "source",
                "outlet": "a",
                "source": "s",
                "etag": "1",
                "checked_at": "2026-01-01T00:00:00+00:00",
                "since_when": 1,
            },
        ),
    )
    state = load_states(plan)["a", "s"]
    assert (state.etag, state.checked_at) == ("1", datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(PlanError, match="states"):
        load_states(Plan(outlets=("a",), states=({"etag": "1"},)))


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Warga Sukamaju resah", True),
        ("SUKAMAJU:", True),
        ("sukamajuan", False),
        ("Bukit  Tinggi", True),
        ("Bukit\nTinggi.", True),
        ("Bukit yang Tinggi", False),
    ],
)
def test_keywords_are_whole_words(text: str, ours: bool) -> None:
    pattern = compile_keywords(("Sukamaju", "Bukit Tinggi"))
    assert pattern is not None
    assert bool(pattern.search(text)) is ours
    assert compile_keywords(("", " ")) is None


@pytest.mark.parametrize(
    ("proxy", "bypass", "domain", "wanted", "delay"),
    [
        ("", "", "kabar.example", None, 5.0),
        ("", "", "kabar.example", 0.0, 5.0),
        ("", "", "kabar.example", 9.0, 9.0),
        ("http://127.0.0.1:1", "", "kabar.example", 0.0, 0.0),
        ("http://proxy.example:1", "", "kabar.example", 0.0, 5.0),
        ("http://127.0.0.1:1", "kabar.example", "kabar.example", 0.0, 5.0),
        ("", "", "127.0.0.1", 0.0, 0.0),
        ("", "", "localhost", 0.5, 0.5),
    ],
)
def test_the_delay_is_lowered_on_loopback_only(
    monkeypatch: pytest.MonkeyPatch, proxy: str, bypass: str, domain: str, wanted: float | None, delay: float
) -> None:
    if proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("https_proxy", proxy)
    if bypass:
        monkeypatch.setenv("no_proxy", bypass)
    recipe: Recipe = parse_recipe(f'name = "X"\ndomains = ["{domain}"]\nkind = "local"', "x")
    assert choose_delay(recipe, wanted) == delay


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"7", 7.0),
        (b"Tue, 10 Mar 2026 05:00:30 GMT", 30.0),
        (b"Tue, 10 Mar 2026 04:00:00 GMT", 0.0),
        (None, None),
        (b"nanti", None),
        (b"\xb2", None),
    ],
)
def test_retry_after_as_seconds_or_date(header: bytes | None, seconds: float | None) -> None:
    assert parse_retry_after(header, datetime(2026, 3, 10, 5, tzinfo=UTC)) == seconds


def test_what_was_stored_from_hosts_below_the_domain_can_be_looked_at_again() -> None:
    recipe = parse_recipe('name = "Kabar"\ndomains = ["kabar.example"]\nkind = "local"', "kabar")
    rows = [Revisit(url=f"https://{host}/b/1", outlet="kabar") for host in ("kabar.example", "desa.kabar.example")]
    assert not Run(revisit=(rows[0],)).widen(recipe).owns("desa.kabar.example")
    assert Run(revisit=tuple(rows)).widen(recipe).owns("desa.kabar.example")
