"""The schema's steps, which are applied once each and never edited after a release: a change is a new step.

The first one's tables are ``db.schema``'s.
"""

from __future__ import annotations

from db.schema import ANNOTATIONS, ARTICLES, EDITIONS, OUTLETS, RUNS, SEARCH, STORIES
from db.sqlite import Database, Migrations

VERSIONS = """
-- version_by: outlet (its page changed) or extraction (the same page was read anew)
ALTER TABLE articles ADD COLUMN version_by TEXT NOT NULL DEFAULT 'outlet';
ALTER TABLE revisions ADD COLUMN version_by TEXT NOT NULL DEFAULT 'outlet';
ALTER TABLE revisions ADD COLUMN published_at TEXT;
-- articles that somebody looked for in vain, with what had kept them out
CREATE TABLE missed (
  url TEXT PRIMARY KEY, outlet TEXT NOT NULL, cause TEXT NOT NULL, detail TEXT NOT NULL, asked_at TEXT NOT NULL,
  times INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
"""

DELIVERY = """
-- texts once each, however many recipients; form: text, marked (as chats mark bold), html, json, eml
CREATE TABLE messages (
  sha256 TEXT PRIMARY KEY, subject TEXT NOT NULL, body TEXT NOT NULL, form TEXT NOT NULL) WITHOUT ROWID;
-- batch: what one recipient must not get twice; what: the edition or alerts it tells; state: waiting, sending, sent,
-- failed, unknown
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, batch TEXT NOT NULL, part INTEGER NOT NULL,
  parts INTEGER NOT NULL, recipient TEXT NOT NULL, recipients_group TEXT NOT NULL, what TEXT NOT NULL,
  urgent INTEGER NOT NULL DEFAULT 0, message TEXT NOT NULL REFERENCES messages(sha256),
  state TEXT NOT NULL DEFAULT 'waiting',
  tries INTEGER NOT NULL DEFAULT 0, pid INTEGER, due_at TEXT NOT NULL, queued_at TEXT NOT NULL, tried_at TEXT,
  sent_at TEXT, detail TEXT NOT NULL DEFAULT '');
CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_by_batch ON outbox (batch, recipient, part);
"""

ALERTS = """
-- about: story, volume, notice; muted: held back by a cool-down, told to nobody
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY, about TEXT NOT NULL, tier TEXT NOT NULL, headline TEXT NOT NULL, url TEXT,
  raised_at TEXT NOT NULL, muted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX alerts_by_time ON alerts (raised_at);
CREATE TABLE alert_hits (
  alert_id INTEGER NOT NULL REFERENCES alerts(id), rule TEXT NOT NULL, target TEXT NOT NULL, tier TEXT NOT NULL,
  facts TEXT NOT NULL, first_at TEXT NOT NULL, last_at TEXT NOT NULL, PRIMARY KEY (alert_id, rule, target))
  WITHOUT ROWID;
CREATE INDEX alert_hits_by_target ON alert_hits (rule, target);
CREATE TABLE alert_articles (
  alert_id INTEGER NOT NULL REFERENCES alerts(id), article_id INTEGER NOT NULL REFERENCES articles(id),
  PRIMARY KEY (alert_id, article_id)) WITHOUT ROWID;
CREATE INDEX alert_articles_by_article ON alert_articles (article_id);
"""

QUALITY = """
-- who said the kind: marks, copy (of a release, nearly word for word), person
ALTER TABLE annotations ADD COLUMN kind_by TEXT NOT NULL DEFAULT 'marks';
UPDATE annotations SET kind_by = 'person' WHERE article_id IN (SELECT article_id FROM corrections WHERE field = 'kind');
CREATE INDEX corrections_by_companion ON corrections (value) WHERE field = 'story';
-- blind samples: articles drawn for a person to label anew; stratum: subject, rest; told: the tags at the drawing
CREATE TABLE samples (
  id INTEGER PRIMARY KEY, month TEXT NOT NULL, size INTEGER NOT NULL, drawn_at TEXT NOT NULL, strata TEXT NOT NULL,
  scored_at TEXT, scores TEXT, UNIQUE (month, size));
CREATE TABLE sample_articles (
  sample_id INTEGER NOT NULL REFERENCES samples(id), article_id INTEGER NOT NULL REFERENCES articles(id),
  number INTEGER NOT NULL, stratum TEXT NOT NULL, told TEXT NOT NULL,
  PRIMARY KEY (sample_id, article_id)) WITHOUT ROWID;
"""

PEOPLE = """
-- password: a scrypt hash with its settings and salt; token: the SHA-256 of what the browser holds
CREATE TABLE users (
  name TEXT PRIMARY KEY, password TEXT NOT NULL, role TEXT NOT NULL, since TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sessions (
  token TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users(name), ends_at TEXT NOT NULL) WITHOUT ROWID;
"""

UNUSED = """
DROP INDEX refused_by_reason;
DROP INDEX quotes_by_speaker;
DROP INDEX outbox_due;
"""

PATIENCE = """
ALTER TABLE outlets ADD COLUMN left_alone_until TEXT;  -- as it asked of the crawl (Retry-After)
"""

MIGRATIONS = Migrations("pantau")
# what nothing reads: recipes say it of outlets, articles of stories
UNREAD = {
    "outlets": {"domains", "registered", "verified", "facts", "updated_at"},
    "stories": {"articles", "newsrooms", "first_at", "last_at", "updated_at"},
}

# names in order; a store that holds others was made by a later version
STEPS = (
    *("0001_first", "0002_versions", "0003_delivery", "0004_quality", "0005_people", "0006_unused", "0007_patience"),
    "0008_unread",
)


@MIGRATIONS(name=STEPS[0])
def create_first_schema(db: Database) -> None:
    """Create all tables of the first schema."""
    for part in (OUTLETS, RUNS, ARTICLES, SEARCH, ANNOTATIONS, STORIES, EDITIONS):
        db.executescript(part)


@MIGRATIONS(name=STEPS[1])
def tell_versions_apart(db: Database) -> None:
    """Say of each version whose doing it was; log what was missed."""
    db.executescript(VERSIONS)


@MIGRATIONS(name=STEPS[2])
def create_delivery(db: Database) -> None:
    """Create the outbox and the alerts."""
    for part in (DELIVERY, ALERTS):
        db.executescript(part)


@MIGRATIONS(name=STEPS[3])
def keep_quality(db: Database) -> None:
    """Keep who said an article's kind, and the blind samples."""
    db.executescript(QUALITY)


@MIGRATIONS(name=STEPS[4])
def admit_people(db: Database) -> None:
    """Let people sign in to the workspace."""
    db.executescript(PEOPLE)


@MIGRATIONS(name=STEPS[5])
def drop_unused(db: Database) -> None:
    """Drop the indexes that no query goes by."""
    db.executescript(UNUSED)


@MIGRATIONS(name=STEPS[6])
def keep_patience(db: Database) -> None:
    """Keep until when an outlet asked to be left alone."""
    db.executescript(PATIENCE)


@MIGRATIONS(name=STEPS[7])
def drop_unread(db: Database) -> None:
    """Drop the columns that nothing reads: by copying, as SQLite drops columns itself only since 3.35."""
    db.execute("DROP INDEX stories_by_time")
    for table, columns in UNREAD.items():
        db.table(table).transform(drop=columns)


def find_unknown_steps(db: Database) -> list[str]:
    """Return names of applied steps that this version does not know."""
    return [step.name for step in MIGRATIONS.applied(db) if step.name not in STEPS]
