-- Beginnings of prompts seen lately, and answers of the Responses API with the items that led to them.
CREATE TABLE IF NOT EXISTS prompt_prefixes (
  deployment TEXT NOT NULL, mark TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (deployment, mark));
CREATE TABLE IF NOT EXISTS responses (
  account TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, items TEXT NOT NULL, PRIMARY KEY (account, id));
