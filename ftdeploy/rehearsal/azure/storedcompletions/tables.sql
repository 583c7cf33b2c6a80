-- Chats that were kept; messages are those of the request.
CREATE TABLE IF NOT EXISTS stored_completions (
  account TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, messages TEXT NOT NULL,
  PRIMARY KEY (account, id));
