-- Carriers: accounts, labels of packages, manifests, what carriers told of parcels, and what is claimed from them.

-- An account with a carrier. The secret is encrypted; settings are not secret.
create table carrier_accounts (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    code text not null,
    name text not null,
    adapter text not null,
    base_url text not null default '',
    node_id bigint references nodes (id),
    is_active boolean not null default true,
    settings text not null default '{}',
    services text not null default '[]',
    secret text,
    secret_names text not null default '[]',
    webhook_secret text,
    calls_per_minute bigint not null default 300 check (calls_per_minute > 0),
    stall_hours bigint not null default 72 check (stall_hours > 0),
    lost_days bigint not null default 10 check (lost_days > 0),
    claim_days bigint not null default 28 check (claim_days > 0),
    cover_minor bigint not null default 0 check (cover_minor >= 0),
    version bigint not null default 1,
    created_at_ms bigint not null,
    changed_at_ms bigint not null,
    unique (merchant_id, code)
);

-- A label wanted for a package, and what became of it. What a carrier is about to be asked is written before it is asked.
create table carrier_labels (
    id uuid not null primary key,
    merchant_id bigint not null,
    package_id uuid not null,
    label_no integer not null,
    order_id uuid not null,
    fulfilment_id uuid not null,
    node_id bigint not null,
    state text not null check (state in ('wanted', 'booked', 'failed', 'cancelled', 'voiding', 'voided', 'manifested')),
    policy text not null,
    method text,
    reference text not null,
    choices text,
    choice_no integer not null default 0,
    account_id uuid,
    service text,
    asked_account uuid,
    asked_at_ms bigint,
    tries integer not null default 0,
    due_at_ms bigint not null,
    lease_no bigint not null default 0,
    lease_until_ms bigint not null default 0,
    fault text,
    tracking text,
    tracking_url text,
    carrier_key text,
    cost_minor bigint,
    currency text,
    promised_by_ms bigint,
    eta_ms bigint,
    format text,
    label bytea,
    customs text,
    manifest_id uuid,
    scanned_at_ms bigint,
    track_kind text,
    moved_at_ms bigint,
    stall_told_ms bigint,
    poll_at_ms bigint,
    delivered_at_ms bigint,
    is_lost boolean not null default false,
    created_at_ms bigint not null,
    booked_at_ms bigint,
    version bigint not null default 1,
    unique (package_id, label_no)
);
-- A package has one label that counts.
create unique index carrier_labels_live on carrier_labels (package_id) where state in ('wanted', 'booked', 'failed', 'voiding', 'manifested');
create index carrier_labels_due on carrier_labels (due_at_ms) where state in ('wanted', 'voiding');
create index carrier_labels_polled on carrier_labels (poll_at_ms) where poll_at_ms is not null;
create index carrier_labels_listed on carrier_labels (merchant_id, id);
create index carrier_labels_day on carrier_labels (merchant_id, node_id, state, account_id) where state in ('booked', 'manifested') and scanned_at_ms is null;
create index carrier_labels_account on carrier_labels (merchant_id, account_id, booked_at_ms);
create index carrier_labels_tracking on carrier_labels (merchant_id, tracking) where tracking is not null;
create index carrier_labels_manifest on carrier_labels (manifest_id) where manifest_id is not null;
create index carrier_labels_order on carrier_labels (order_id);

-- Carriers that may have booked a label although nobody heard of it, and another took its place: it is looked for and voided.
create table carrier_orphans (
    label_id uuid not null,
    account_id uuid not null,
    merchant_id bigint not null,
    reference text not null,
    state text not null check (state in ('open', 'voided', 'none')),
    tries integer not null default 0,
    due_at_ms bigint not null,
    primary key (label_id, account_id)
);
create index carrier_orphans_due on carrier_orphans (due_at_ms) where state = 'open';

create table carrier_manifests (
    id uuid not null primary key,
    merchant_id bigint not null,
    node_id bigint not null,
    account_id uuid not null,
    state text not null check (state in ('asked', 'closed', 'refused')),
    number text,
    document bytea,
    format text,
    parcels integer not null,
    fault text,
    tries integer not null default 0,
    due_at_ms bigint not null,
    made_by text not null,
    created_at_ms bigint not null,
    closed_at_ms bigint
);
create index carrier_manifests_listed on carrier_manifests (merchant_id, id);
create index carrier_manifests_due on carrier_manifests (due_at_ms) where state = 'asked';

-- What carriers told, each scan once however often and in whatever order it comes.
create table parcel_scans (
    label_id uuid not null,
    scan_key text not null,
    merchant_id bigint not null,
    kind text not null,
    code text not null,
    words text not null,
    place text,
    at_ms bigint not null,
    received_at_ms bigint not null,
    primary key (label_id, scan_key)
);

-- What is asked back from a carrier for a parcel it lost.
create table carrier_claims (
    id uuid not null primary key,
    merchant_id bigint not null,
    label_id uuid not null unique,
    order_id uuid not null,
    account_id uuid not null,
    reason text not null,
    state text not null check (state in ('open', 'sent', 'paid', 'refused')),
    amount_minor bigint not null check (amount_minor >= 0),
    paid_minor bigint,
    currency text not null,
    deadline_ms bigint not null,
    opened_at_ms bigint not null,
    changed_at_ms bigint not null,
    reference text,
    version bigint not null default 1
);
create index carrier_claims_listed on carrier_claims (merchant_id, id);
