-- Times are Unix milliseconds, unless they say ticks (100 ns since 0001-01-01 UTC).

-- Numbers that only ever rise.
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('etag', 0);

CREATE TABLE checkpoints (
    name TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL, state BLOB NOT NULL,
    UNIQUE (name, key));

-- A case as it stands (snapshot, JSON), with what lists filter by.
CREATE TABLE incidents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL, open INTEGER NOT NULL, key TEXT NOT NULL,
    community TEXT NOT NULL, grid TEXT NOT NULL, building TEXT,
    kind TEXT NOT NULL, severity INTEGER NOT NULL, state INTEGER NOT NULL,
    opened_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    search TEXT NOT NULL, snapshot TEXT NOT NULL);
-- Invariant 1: at most one open case per dedup key.
CREATE UNIQUE INDEX incidents_open_key ON incidents (key) WHERE open = 1;
CREATE INDEX incidents_open_place ON incidents (community, grid, building, severity) WHERE open = 1;
CREATE INDEX incidents_open_time ON incidents (opened_at, number) WHERE open = 1;
CREATE INDEX incidents_time ON incidents (opened_at, number);
CREATE INDEX incidents_community_time ON incidents (community, opened_at, number);

CREATE TABLE incident_devices (
    device TEXT NOT NULL, incident INTEGER NOT NULL REFERENCES incidents (number),
    PRIMARY KEY (device, incident)) WITHOUT ROWID;

CREATE TABLE transitions (
    incident INTEGER NOT NULL REFERENCES incidents (number), seq INTEGER NOT NULL, command_id TEXT, body TEXT NOT NULL,
    PRIMARY KEY (incident, seq)) WITHOUT ROWID;
CREATE UNIQUE INDEX transitions_command ON transitions (incident, command_id) WHERE command_id IS NOT NULL;

-- AUTOINCREMENT: a sequence is never given twice, also when the last rows have been trimmed.
CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL, community TEXT NOT NULL, grid TEXT NOT NULL, building TEXT NOT NULL, subject TEXT NOT NULL,
    at INTEGER NOT NULL, json BLOB NOT NULL);

-- body: the event as a batch of one, in the codec of the journal.
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    device TEXT NOT NULL, id TEXT NOT NULL, community TEXT NOT NULL, kind INTEGER NOT NULL, time INTEGER NOT NULL,
    received_at INTEGER NOT NULL, body BLOB NOT NULL,
    UNIQUE (device, id));
CREATE INDEX events_device_time ON events (device, time, number);

CREATE TABLE series (id INTEGER PRIMARY KEY, device TEXT NOT NULL, metric TEXT NOT NULL, UNIQUE (device, metric));
CREATE TABLE samples (
    series INTEGER NOT NULL, time INTEGER NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (series, time)) WITHOUT ROWID;

CREATE TABLE dead_letters (
    number INTEGER PRIMARY KEY,
    gateway TEXT NOT NULL, sequence INTEGER NOT NULL, received_at INTEGER NOT NULL,
    topic TEXT NOT NULL, payload BLOB NOT NULL, publisher TEXT, decoder TEXT NOT NULL, reason TEXT NOT NULL,
    UNIQUE (gateway, sequence));
CREATE INDEX dead_letters_time ON dead_letters (received_at, number);

-- Every version is kept: who changed what when. The last one is in force.
CREATE TABLE communities (
    id TEXT NOT NULL, version INTEGER NOT NULL, yaml TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
    UNIQUE (id, version));
CREATE TABLE passwords (person TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE credentials (user_name TEXT PRIMARY KEY, is_device INTEGER NOT NULL, token_hash BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE reminders (
    grain TEXT NOT NULL, name TEXT NOT NULL, start_ticks INTEGER NOT NULL, period_ticks INTEGER NOT NULL, next_ticks INTEGER NOT NULL,
    PRIMARY KEY (grain, name)) WITHOUT ROWID;
