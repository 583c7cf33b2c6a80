-- What every provider shares.
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS resources (
  key TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, parent TEXT NOT NULL,
  body TEXT NOT NULL, internal TEXT NOT NULL, is_given INTEGER NOT NULL, lookup TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS resources_by_type ON resources (type);
CREATE INDEX IF NOT EXISTS resources_by_lookup ON resources (lookup);
CREATE INDEX IF NOT EXISTS resources_by_parent ON resources (parent);
CREATE TABLE IF NOT EXISTS operations (
  id TEXT PRIMARY KEY, action TEXT NOT NULL, target TEXT NOT NULL, lock TEXT NOT NULL,
  started TEXT NOT NULL, ends TEXT NOT NULL, is_running INTEGER NOT NULL, failure TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS operations_running ON operations (is_running, lock);
CREATE TABLE IF NOT EXISTS calls (
  account TEXT NOT NULL, deployment TEXT NOT NULL, at INTEGER NOT NULL, count INTEGER NOT NULL,
  operation TEXT NOT NULL, status INTEGER NOT NULL, is_stream INTEGER NOT NULL, is_spillover INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, generated_tokens INTEGER NOT NULL,
  model_name TEXT NOT NULL, model_version TEXT NOT NULL, region TEXT NOT NULL,
  ptu INTEGER NOT NULL, utilization_percent REAL NOT NULL, is_filtered INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS calls_by_account ON calls (account, at);
CREATE INDEX IF NOT EXISTS calls_by_deployment ON calls (account, deployment, at);
CREATE TABLE IF NOT EXISTS trainings (
  account TEXT NOT NULL, deployment TEXT NOT NULL, at INTEGER NOT NULL, count INTEGER NOT NULL,
  region TEXT NOT NULL, hours REAL NOT NULL);
CREATE INDEX IF NOT EXISTS trainings_by_account ON trainings (account, at);
CREATE TABLE IF NOT EXISTS agenda (
  n INTEGER PRIMARY KEY, due TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS agenda_by_due ON agenda (due, n);
CREATE INDEX IF NOT EXISTS agenda_by_subject ON agenda (subject, kind);
CREATE TABLE IF NOT EXISTS activity (
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, subscription TEXT NOT NULL, entry TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS activity_by_subscription ON activity (subscription, at);
CREATE TABLE IF NOT EXISTS requests (n INTEGER PRIMARY KEY, entry TEXT NOT NULL);
-- The last request that leaned on each behaviour.
CREATE TABLE IF NOT EXISTS leaned (behaviour TEXT PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS faults (
  n INTEGER PRIMARY KEY, content TEXT NOT NULL, met INTEGER NOT NULL, struck INTEGER NOT NULL);
-- How often something may be done.
CREATE TABLE IF NOT EXISTS buckets (key TEXT PRIMARY KEY, remaining REAL NOT NULL, at TEXT NOT NULL);
