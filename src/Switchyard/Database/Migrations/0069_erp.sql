-- The ERP of a merchant: what it is told, what is read from it, and who owns what.

-- A merchant has one ERP at most. secret: encrypted with the data protection keys. flows: by kind of thing ours, theirs or off, as JSON; places: the ERP's location by
-- the code of our node, as JSON.
-- tested_at_ms: when its credentials were last seen to be good. live_from_ms: what happened before is in the ERP already.
create table erp_accounts (
    id uuid not null primary key,
    merchant_id bigint not null unique references merchants (id),
    adapter text not null,
    base_url text not null,
    settings text not null default '{}',
    secret text,
    secret_names text not null default '[]',
    flows text not null default '{}',
    places text not null default '{}',
    state text not null check (state in ('draft', 'live', 'paused')),
    calls_per_minute bigint not null check (calls_per_minute > 0),
    tested_at_ms bigint,
    live_from_ms bigint,
    heard_at_ms bigint,
    failures integer not null default 0,
    failed_at_ms bigint,
    said text,
    created_at_ms bigint not null,
    changed_at_ms bigint not null,
    version bigint not null default 1
);

-- What the ERP is told: an order, a parcel, money, a purchase, a receipt, a difference of stock. Each once under its key, which the ERP keeps as its external id;
-- subject: things of one subject go one after another.
-- day, amount_minor, currency: what was posted, as it was posted, for the sums of a day.
create table erp_tasks (
    account_id uuid not null references erp_accounts (id),
    task_key text not null,
    merchant_id bigint not null references merchants (id),
    kind text not null check (kind in ('order', 'change', 'shipment', 'sale', 'refund', 'purchase', 'receipt', 'stock')),
    subject text not null,
    label text not null,
    body text not null,
    state text not null check (state in ('waiting', 'done', 'parked', 'dropped')),
    due_at_ms bigint not null,
    lease_until_ms bigint not null default 0,
    tries integer not null default 0,
    said text,
    record_type text,
    record_id text,
    day text,
    amount_minor bigint,
    currency text,
    created_at_ms bigint not null,
    done_at_ms bigint,
    primary key (account_id, task_key)
);
create index erp_tasks_due on erp_tasks (account_id, due_at_ms) where state = 'waiting';
create index erp_tasks_open on erp_tasks (account_id, kind) where state in ('waiting', 'parked');
create index erp_tasks_subject on erp_tasks (account_id, subject);
create index erp_tasks_recent on erp_tasks (account_id, created_at_ms, task_key);
create index erp_tasks_day on erp_tasks (account_id, day) where day is not null;

-- How far each kind of thing was read. mark: by the ERP's own clock and in its own words, the newest change that is known with all before it; cursor: where a round of
-- questions that goes on stands.
create table erp_marks (
    account_id uuid not null references erp_accounts (id),
    flow text not null check (flow in ('items', 'stock', 'purchases', 'receipts')),
    merchant_id bigint not null references merchants (id),
    mark text,
    cursor text,
    ask_at_ms bigint not null default 0,
    lease_until_ms bigint not null default 0,
    asked_at_ms bigint,
    failures integer not null default 0,
    said text,
    primary key (account_id, flow)
);
create index erp_marks_due on erp_marks (ask_at_ms);

-- What was read and is to be done here: the same change of the same thing once. note: what was made of it so far (a delivery's id).
create table erp_things (
    account_id uuid not null references erp_accounts (id),
    flow text not null check (flow in ('items', 'purchases', 'receipts')),
    thing_id text not null,
    merchant_id bigint not null references merchants (id),
    label text not null,
    body text not null,
    state text not null check (state in ('waiting', 'done', 'parked', 'dropped')),
    seen bigint not null default 1,
    due_at_ms bigint not null,
    lease_until_ms bigint not null default 0,
    tries integer not null default 0,
    said text,
    note text,
    created_at_ms bigint not null,
    changed_at_ms bigint not null,
    primary key (account_id, flow, thing_id)
);
create index erp_things_due on erp_things (due_at_ms) where state = 'waiting';
create index erp_things_recent on erp_things (account_id, changed_at_ms, flow, thing_id);
