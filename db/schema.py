"""The tables as the first release made them; later steps (``db.migrations``) add to them and take away.

Text lies apart from the facts about an article (``texts``), so that counting a month walks small rows. All spans lie
in ``mentions``, all tags in ``tags``, told apart by ``what``: a new kind of tag needs no new table. Views are not
stored.
"""

from __future__ import annotations

OUTLETS = """
-- registered 0: met in an import, in no recipe; facts: what else the recipe says
CREATE TABLE outlets (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT, domains TEXT NOT NULL DEFAULT '[]',
  registered INTEGER NOT NULL DEFAULT 1,
  verified INTEGER NOT NULL DEFAULT 0, facts TEXT NOT NULL DEFAULT '{}', last_success_at TEXT,
  updated_at TEXT NOT NULL);
CREATE TABLE source_states (
  outlet TEXT NOT NULL REFERENCES outlets(id), source TEXT NOT NULL, etag TEXT, last_modified TEXT,
  body_hash TEXT, checked_at TEXT, seen INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0,
  interval_s INTEGER, watermark TEXT, error TEXT, failing_since TEXT, PRIMARY KEY (outlet, source)) WITHOUT ROWID;
CREATE TABLE findings (
  id INTEGER PRIMARY KEY, outlet TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL, since TEXT NOT NULL,
  last_at TEXT NOT NULL, times INTEGER NOT NULL DEFAULT 1, resolved_at TEXT);
CREATE UNIQUE INDEX findings_open ON findings (outlet, kind) WHERE resolved_at IS NULL;
CREATE INDEX findings_by_outlet ON findings (outlet, since);
"""

RUNS = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, job TEXT NOT NULL, pid INTEGER NOT NULL, args TEXT NOT NULL DEFAULT '{}',
  started_at TEXT NOT NULL, finished_at TEXT, status TEXT NOT NULL DEFAULT 'running',
  summary TEXT NOT NULL DEFAULT '{}');
CREATE INDEX runs_open ON runs (id) WHERE finished_at IS NULL;
CREATE INDEX runs_by_time ON runs (started_at);
CREATE TABLE outcomes (
  run_id INTEGER NOT NULL REFERENCES runs(id), url TEXT NOT NULL, outlet TEXT NOT NULL, reason TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '', status INTEGER, at TEXT NOT NULL, PRIMARY KEY (run_id, url)) WITHOUT ROWID;
CREATE INDEX outcomes_by_url ON outcomes (url, at);
-- what is met again at every run (known, unchanged) is counted, not listed: it would outgrow all else
CREATE TABLE tallies (
  run_id INTEGER NOT NULL REFERENCES runs(id), outlet TEXT NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (run_id, outlet, reason)) WITHOUT ROWID;
"""

ARTICLES = """
CREATE TABLE stories (
  id INTEGER PRIMARY KEY, headline_of INTEGER, articles INTEGER NOT NULL DEFAULT 0,
  newsrooms INTEGER NOT NULL DEFAULT 0, first_at TEXT, last_at TEXT, updated_at TEXT NOT NULL);
CREATE INDEX stories_by_time ON stories (last_at);
-- origin: crawl, import, clip; published_offset: minutes from UTC as the outlet states it
CREATE TABLE articles (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, outlet TEXT NOT NULL REFERENCES outlets(id),
  published_at TEXT NOT NULL, published_offset INTEGER NOT NULL DEFAULT 0, first_seen_at TEXT NOT NULL,
  version_at TEXT NOT NULL, byline TEXT, editor TEXT, section TEXT, credit TEXT, modified_at TEXT,
  markers TEXT NOT NULL DEFAULT '[]', captions TEXT NOT NULL DEFAULT '[]', fields TEXT NOT NULL DEFAULT '{}',
  extractor TEXT NOT NULL DEFAULT '', fallback INTEGER NOT NULL DEFAULT 0, origin TEXT NOT NULL DEFAULT 'crawl',
  run_id INTEGER REFERENCES runs(id), revision INTEGER NOT NULL DEFAULT 1,
  annotated_revision INTEGER NOT NULL DEFAULT 0, linked_revision INTEGER NOT NULL DEFAULT 0, next_look_at TEXT,
  withdrawn_at TEXT, story_id INTEGER REFERENCES stories(id));
CREATE INDEX articles_by_time ON articles (published_at, outlet);
CREATE INDEX articles_by_outlet ON articles (outlet, published_at);
CREATE INDEX articles_by_first_seen ON articles (first_seen_at);
CREATE INDEX articles_by_story ON articles (story_id) WHERE story_id IS NOT NULL;
CREATE INDEX articles_due ON articles (next_look_at) WHERE next_look_at IS NOT NULL;
CREATE INDEX articles_unannotated ON articles (id) WHERE annotated_revision <> revision;
CREATE INDEX articles_unlinked ON articles (id) WHERE linked_revision <> revision;
CREATE TABLE texts (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id), title TEXT NOT NULL, text TEXT NOT NULL);
-- superseded versions; the current one is in articles and texts
CREATE TABLE revisions (
  article_id INTEGER NOT NULL REFERENCES articles(id), number INTEGER NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL, byline TEXT, section TEXT, extractor TEXT NOT NULL DEFAULT '', version_at TEXT NOT NULL,
  PRIMARY KEY (article_id, number));
CREATE TABLE evidence (
  article_id INTEGER NOT NULL REFERENCES articles(id), revision INTEGER NOT NULL, url TEXT NOT NULL,
  warc TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, sha256 TEXT NOT NULL,
  fetched_at TEXT NOT NULL, PRIMARY KEY (article_id, revision)) WITHOUT ROWID;
-- every address that need not be fetched again, or was tried in vain; state: article, alias, not_ours, failed; or left,
-- met and still to be read
CREATE TABLE addresses (
  url TEXT PRIMARY KEY, outlet TEXT NOT NULL, state TEXT NOT NULL,
  article_id INTEGER REFERENCES articles(id), reason TEXT, tries INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL,
  title TEXT, published_at TEXT) WITHOUT ROWID;
CREATE INDEX addresses_by_outlet ON addresses (outlet, state);
CREATE INDEX addresses_by_article ON addresses (article_id) WHERE article_id IS NOT NULL;
"""

SEARCH = """
CREATE VIRTUAL TABLE texts_fts USING fts5 (
  title, text, content='texts', content_rowid='article_id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
  INSERT INTO texts_fts (rowid, title, text) VALUES (new.article_id, new.title, new.text); END;
CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
  INSERT INTO texts_fts (texts_fts, rowid, title, text) VALUES ('delete', old.article_id, old.title, old.text); END;
CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN
  INSERT INTO texts_fts (texts_fts, rowid, title, text) VALUES ('delete', old.article_id, old.title, old.text);
  INSERT INTO texts_fts (rowid, title, text) VALUES (new.article_id, new.title, new.text); END;
"""

ANNOTATIONS = """
CREATE TABLE annotations (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id), annotator TEXT NOT NULL, revision INTEGER NOT NULL,
  annotated_at TEXT NOT NULL, kind TEXT, about TEXT, about_score REAL, about_reasons TEXT NOT NULL DEFAULT '[]',
  tone TEXT, tone_score REAL, tone_review INTEGER NOT NULL DEFAULT 0, headline_tone TEXT,
  headline_tone_score REAL, headline_tone_review INTEGER NOT NULL DEFAULT 0);
-- what: opd, official, place, pillar; tone: towards this opd
CREATE TABLE tags (
  article_id INTEGER NOT NULL REFERENCES articles(id), what TEXT NOT NULL, id TEXT NOT NULL, role TEXT,
  score REAL, in_title INTEGER NOT NULL DEFAULT 0, mentions INTEGER NOT NULL DEFAULT 0, tone TEXT,
  tone_score REAL, tone_review INTEGER NOT NULL DEFAULT 0,
  by_person INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (article_id, what, id)) WITHOUT ROWID;
CREATE INDEX tags_by_id ON tags (what, id, article_id);
-- what: as in tags, or tone, headline_tone, opd_tone; part: title, text
CREATE TABLE mentions (
  article_id INTEGER NOT NULL REFERENCES articles(id), what TEXT NOT NULL, number INTEGER NOT NULL,
  id TEXT NOT NULL DEFAULT '', part TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  text TEXT NOT NULL, via TEXT, rule TEXT NOT NULL DEFAULT '', PRIMARY KEY (article_id, what, number)) WITHOUT ROWID;
CREATE TABLE refused (
  article_id INTEGER NOT NULL REFERENCES articles(id), number INTEGER NOT NULL, part TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (article_id, number)) WITHOUT ROWID;
CREATE INDEX refused_by_reason ON refused (reason);
CREATE TABLE quotes (
  article_id INTEGER NOT NULL REFERENCES articles(id), number INTEGER NOT NULL, part TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, speaker TEXT, speaker_id TEXT, opd TEXT,
  verb TEXT, indirect INTEGER NOT NULL DEFAULT 0, rule TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (article_id, number)) WITHOUT ROWID;
CREATE INDEX quotes_by_speaker ON quotes (speaker_id, article_id) WHERE speaker_id IS NOT NULL;
-- a person's word; the latest per article, field and value holds
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles(id), field TEXT NOT NULL, value TEXT,
  action TEXT NOT NULL, before TEXT, by TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', at TEXT NOT NULL);
CREATE INDEX corrections_by_article ON corrections (article_id, id);
"""

STORIES = """
-- postings of the sampled word shingles, at most a few dozen articles each; like leads made from the texts and made
-- anew at will, hence without foreign keys, which would double the cost of writing them
CREATE TABLE shingles (
  shingle INTEGER NOT NULL, article_id INTEGER NOT NULL, on_day INTEGER NOT NULL,
  PRIMARY KEY (shingle, article_id)) WITHOUT ROWID;
-- terms of headline and first paragraphs by day, and in how many articles each occurs there
CREATE TABLE leads (
  term INTEGER NOT NULL, on_day INTEGER NOT NULL, article_id INTEGER NOT NULL,
  PRIMARY KEY (term, on_day, article_id)) WITHOUT ROWID;
CREATE TABLE lead_counts (term INTEGER PRIMARY KEY, articles INTEGER NOT NULL);
-- what is indexed of an article, to take it out again: packed 64-bit integers, a third of the size of two indexes
CREATE TABLE sketches (
  article_id INTEGER PRIMARY KEY, on_day INTEGER NOT NULL, shingles BLOB NOT NULL, lead BLOB NOT NULL);
CREATE TABLE copies (
  article_id INTEGER PRIMARY KEY REFERENCES articles(id), source_id INTEGER NOT NULL REFERENCES articles(id),
  share REAL NOT NULL, share_of_source REAL NOT NULL, longest_run INTEGER NOT NULL,
  latency_minutes INTEGER NOT NULL);
CREATE INDEX copies_by_source ON copies (source_id);
"""

EDITIONS = """
CREATE TABLE editions (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, on_date TEXT NOT NULL, number INTEGER NOT NULL,
  dataset TEXT NOT NULL, sha256 TEXT NOT NULL, created_at TEXT NOT NULL, UNIQUE (kind, on_date, number),
  UNIQUE (kind, on_date, sha256));
CREATE TRIGGER editions_stay BEFORE UPDATE ON editions BEGIN SELECT RAISE(ABORT, 'an edition is frozen'); END;
CREATE TRIGGER editions_remain BEFORE DELETE ON editions BEGIN SELECT RAISE(ABORT, 'an edition is frozen'); END;
"""
