-- Files of accounts, uploads in parts that will become files, and what can be imported by its address.
CREATE TABLE IF NOT EXISTS files (
  account TEXT NOT NULL, id TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL, created INTEGER NOT NULL,
  status TEXT NOT NULL, details TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (account, id));
CREATE TABLE IF NOT EXISTS uploads (
  account TEXT NOT NULL, id TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
  created INTEGER NOT NULL, expires INTEGER NOT NULL, status TEXT NOT NULL, file TEXT NOT NULL,
  PRIMARY KEY (account, id));
CREATE TABLE IF NOT EXISTS upload_parts (
  account TEXT NOT NULL, id TEXT NOT NULL, upload TEXT NOT NULL, block TEXT NOT NULL, created INTEGER NOT NULL,
  content BLOB NOT NULL, PRIMARY KEY (account, id));
CREATE TABLE IF NOT EXISTS blobs (url TEXT PRIMARY KEY, content BLOB NOT NULL);
