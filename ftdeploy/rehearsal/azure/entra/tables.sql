-- Who can sign in.
CREATE TABLE IF NOT EXISTS principals (
  client_id TEXT NOT NULL, tenant TEXT NOT NULL, object_id TEXT NOT NULL, name TEXT NOT NULL,
  secret TEXT NOT NULL, is_identity INTEGER NOT NULL,
  certificate TEXT NOT NULL, federated TEXT NOT NULL, PRIMARY KEY (client_id, tenant));
