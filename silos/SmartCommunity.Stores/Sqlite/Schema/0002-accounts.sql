-- Accounts of MQTT with their topic rules (JSON lists), and tokens that can be two at a time.
CREATE TABLE mqtt_accounts (
    name TEXT PRIMARY KEY, kind INTEGER NOT NULL, enabled INTEGER NOT NULL,
    publish TEXT NOT NULL, subscribe TEXT NOT NULL, certificates TEXT NOT NULL,
    version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE mqtt_tokens (
    id TEXT PRIMARY KEY, is_device INTEGER NOT NULL, owner TEXT NOT NULL, hash BLOB NOT NULL,
    created_at INTEGER NOT NULL, last_used_at INTEGER, expires_at INTEGER, successor TEXT, grace INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX mqtt_tokens_owner ON mqtt_tokens (is_device, owner, created_at);
CREATE INDEX mqtt_tokens_expiry ON mqtt_tokens (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX mqtt_tokens_successor ON mqtt_tokens (successor) WHERE successor IS NOT NULL;

-- Until now an account was a name that read open incidents. When it was made is not known: now.
INSERT INTO mqtt_accounts
SELECT user_name, 2, 1, '[]', '["sc/v1/incidents/#"]', '[]', 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000, CAST(strftime('%s', 'now') AS INTEGER) * 1000
FROM credentials WHERE is_device = 0;
INSERT INTO mqtt_tokens (id, is_device, owner, hash, created_at)
SELECT lower(hex(randomblob(8))), is_device, user_name, token_hash, CAST(strftime('%s', 'now') AS INTEGER) * 1000 FROM credentials;
DROP TABLE credentials;
