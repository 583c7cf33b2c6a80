-- What is in accounts, and what may be.
CREATE TABLE IF NOT EXISTS deleted_accounts (
  key TEXT PRIMARY KEY, content TEXT NOT NULL, deleted TEXT NOT NULL, purged TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS fine_tuned_models (
  account TEXT NOT NULL, name TEXT NOT NULL, base_name TEXT NOT NULL, base_version TEXT NOT NULL,
  deployable INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (account, name));
CREATE TABLE IF NOT EXISTS capacity (
  location TEXT NOT NULL, sku TEXT NOT NULL, model TEXT NOT NULL, available INTEGER NOT NULL,
  PRIMARY KEY (location, sku, model));
CREATE TABLE IF NOT EXISTS quota (
  subscription TEXT NOT NULL, location TEXT NOT NULL, name TEXT NOT NULL, capacity INTEGER NOT NULL,
  PRIMARY KEY (subscription, location, name));
