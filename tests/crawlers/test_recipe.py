"""Recipes: what is accepted, and that every fault names its key and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.errors import RecipeError, UnknownOutlet
from crawlers.loader import OUTLETS, find_owner, find_recipe, load_recipes
from crawlers.recipe import Recipe, load_recipe, parse_recipe

HEAD = 'name = "Kabar"\ndomains = ["kabar.example", "*.lain.example"]\nkind = "local"\n'


def test_defaults_ask_the_site_itself_and_wait_five_seconds() -> None:
    recipe = parse_recipe(HEAD, "kabar.example")
    assert [source.kind for source in recipe.source] == ["auto"]
    assert (recipe.crawl.delay, recipe.verified, recipe.timezone) == (5.0, False, "Asia/Jakarta")
    assert recipe.home == "https://kabar.example/"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + '[select]\ntitel = "h1"', r"select\.titel: unknown key; did you mean title\?"),
        (HEAD + 'article_ulr = "x"', r"article_ulr: unknown key; did you mean article_url"),
        (
            HEAD + '[[source]]\nkind = "feed"\nurl = "x"\nlinks = "a"',
            r"source\.0\.links: unknown key; did you mean link",
        ),
        (HEAD.replace("local", "lokal"), r"kind: Input should be 'government'"),
        (HEAD + "article_url = ['(']", r"article_url\.0: not a regular expression"),
        (HEAD + 'timezone = "Asia/Siak"', r"timezone: no time zone 'Asia/Siak'; use a name such as"),
        (HEAD + '[[source]]\nkind = "feed"', r"source\.0: a source of kind feed needs url"),
        (HEAD + '[[source]]\nkind = "feed"\nurl = "kabar.example/feed"', r"url 'kabar.example/feed' is no web"),
        (HEAD + '[[source]]\nkind = "search"\nurl = "https://x"', r"of kind search needs \{keyword\}"),
        (HEAD + '[[source]]\nkind = "listing"\nurl = "https://x/{hal}"', r"only \{keyword\}, \{page\} and \{date\}"),
        (
            HEAD.replace('"kabar.example"', '"https://kabar.example/"'),
            r"domains: 'https://kabar.example/' is not a bare",
        ),
        ('domains = ["*.x.id"]\nname = "X"\nkind = "local"', r"domains: the first one must be the plain host"),
        ('id = "x"\n' + HEAD, r"id: leave it out"),
        ('name = "X"', r"domains: missing; kind: missing"),
        ("name = ", r"not TOML"),
    ],
)
def test_faults_name_file_and_key(text: str, said: str) -> None:
    with pytest.raises(RecipeError, match=r"kabar\.toml: .*" + said):
        parse_recipe(text, "kabar", Path("kabar.toml"))


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("kabar.example", True),
        ("www.kabar.example", True),
        ("WWW.KABAR.example", True),
        ("m.kabar.example", True),
        ("a.lain.example", True),
        ("iklan.kabar.example", False),
        ("jahatkabar.example", False),
        ("lain.example.org", False),
    ],
)
def test_owns_its_hosts_only(host: str, ours: bool) -> None:
    assert parse_recipe(HEAD, "kabar").owns(host) is ours


def test_later_folders_win_and_unknown_outlets_get_suggestions(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, name in ((first, "Lama"), (second, "Baru")):
        folder.mkdir()
        (folder / "kabar.example.toml").write_text(HEAD.replace("Kabar", name))
    recipes = load_recipes([first, second])
    assert recipes["kabar.example"].name == "Baru"
    assert find_recipe(recipes, "https://www.kabar.example/berita").id == "kabar.example"
    with pytest.raises(UnknownOutlet, match=r"no outlet 'kabar\.exmple'; did you mean kabar\.example\?"):
        find_recipe(recipes, "kabar.exmple")


def test_a_domain_belongs_to_one_recipe(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(HEAD)
    (tmp_path / "b.toml").write_text(HEAD)
    with pytest.raises(RecipeError, match=r"b\.toml: domains: kabar\.example belongs to a\.toml already"):
        load_recipes([tmp_path])
    with pytest.raises(RecipeError, match="no such folder"):
        load_recipes([tmp_path / "nicht"])
    with pytest.raises(RecipeError, match="cannot be read"):
        load_recipe(tmp_path / "c.toml")
    (tmp_path / "b.toml").write_text(HEAD.replace("kabar.example", "www.kabar.example"))
    with pytest.raises(RecipeError, match=r"www\.kabar\.example belongs to a\.toml already"):
        load_recipes([tmp_path])


def test_a_host_that_a_recipe_names_is_its_alone_whatever_others_have_below_their_domains(tmp_path: Path) -> None:
    for name, domains in (("a", '"kabar.example", "*.kabar.example"'), ("b", '"kota.kabar.example"')):
        (tmp_path / f"{name}.toml").write_text(HEAD.replace('"kabar.example", "*.lain.example"', domains))
    recipes = load_recipes([tmp_path])
    for host in ("kota.kabar.example", "www.kota.kabar.example", "m.kota.kabar.example"):
        assert [key for key, recipe in recipes.items() if recipe.widened().owns(host)] == ["b"], host
    assert [key for key, recipe in recipes.items() if recipe.owns("desa.kabar.example")] == ["a"]
    assert recipes["a"].owns("www.kabar.example")


def test_broken_recipes_are_told_and_cost_no_other_where_that_is_asked_for(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    (tmp_path / "a.toml").write_text(HEAD)
    (ours / "a.toml").write_text(HEAD + "tirr = 1\n")  # was to replace the one above
    (ours / "b.toml").write_text("name = Kabar\n")
    (ours / "c.toml").write_text(HEAD)
    broken: dict[str, RecipeError] = {}
    assert list(load_recipes([tmp_path, ours], broken=broken)) == ["a"]
    assert [key for key, fault in sorted(broken.items()) if fault] == ["a", "b", "c"]
    assert str(broken["c"]).endswith("belongs to a.toml already; to replace that, name yours a.toml")
    with pytest.raises(RecipeError, match=r"did you mean tier\?"):
        load_recipes([tmp_path, ours])


def test_an_id_has_no_capitals(tmp_path: Path) -> None:
    (tmp_path / "Kabar.toml").write_text(HEAD)
    with pytest.raises(RecipeError, match=r"Kabar\.toml: .*name it kabar\.toml"):
        load_recipes([tmp_path])


def test_a_plain_domain_goes_before_a_pattern() -> None:
    wide = parse_recipe('name = "W"\ndomains = ["x.example", "*.x.example"]\nkind = "national"', "wide")
    desk = parse_recipe('name = "D"\ndomains = ["daerah.x.example"]\nkind = "local"', "desk")
    recipes: dict[str, Recipe] = {"wide": wide, "desk": desk}
    owner = find_owner(recipes, "daerah.x.example")
    assert owner is not None
    assert owner.id == "desk"


def test_the_recipes_that_pantau_brings_are_valid_and_many() -> None:
    recipes = load_recipes([OUTLETS])
    assert len(recipes) >= 60
    unverified = [r for r in recipes.values() if not r.verified and not any(s.kind == "auto" for s in r.source)]
    assert not unverified, "a recipe that nobody saw work must not hang on one guessed address"
    assert not [r.id for r in recipes.values() if not r.verified and r.select.text]
