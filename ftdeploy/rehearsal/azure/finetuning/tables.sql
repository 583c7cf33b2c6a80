-- Fine-tuning jobs with what happened in them, and the versions of models that can be deployed.
CREATE TABLE IF NOT EXISTS fine_tuning_jobs (
  account TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL, status TEXT NOT NULL,
  is_developer INTEGER NOT NULL, body TEXT NOT NULL, internal TEXT NOT NULL, PRIMARY KEY (account, id));
CREATE TABLE IF NOT EXISTS fine_tuning_events (
  n INTEGER PRIMARY KEY, account TEXT NOT NULL, job TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS fine_tuning_events_by_job ON fine_tuning_events (account, job);
CREATE TABLE IF NOT EXISTS fine_tuning_checkpoints (
  n INTEGER PRIMARY KEY, account TEXT NOT NULL, job TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS fine_tuning_checkpoints_by_job ON fine_tuning_checkpoints (account, job);
