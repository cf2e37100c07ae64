-- Help desks that the house's agents work in, and the tickets that troubles opened there.

-- secret, call_secret: encrypted with the data protection keys; call_secret is what the desk shows when it calls us. macros: what agents may do from there, as JSON.
-- refund_most_minor: so much of one order is given back from there at most, all its refunds together, in the merchant's currency; null: as the agent's rights have it.
create table support_desks (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    code text not null,
    name text not null,
    adapter text not null,
    base_url text not null,
    settings text not null default '{}',
    secret text,
    secret_names text not null default '[]',
    call_secret text,
    macros text not null default '[]',
    refund_most_minor bigint check (refund_most_minor >= 0),
    state text not null check (state in ('paused', 'active')),
    calls_per_minute bigint not null check (calls_per_minute > 0),
    tested_at_ms bigint,
    heard_at_ms bigint,
    failed_at_ms bigint,
    said text,
    created_at_ms bigint not null,
    changed_at_ms bigint not null,
    version bigint not null default 1,
    unique (merchant_id, code)
);

-- Kinds of trouble that open a ticket; what was open before since_ms opens none.
create table desk_troubles (
    desk_id uuid not null references support_desks (id),
    kind text not null,
    merchant_id bigint not null references merchants (id),
    since_ms bigint not null,
    primary key (desk_id, kind)
);

-- One ticket of a desk for one trouble. waiting: to be opened; open; closing: mended, to be told there; closed; dropped: mended before
-- it was asked for; parked: a person is to look.
-- asked_at_ms: since when it may be there, although nobody heard so.
create table desk_tickets (
    desk_id uuid not null references support_desks (id),
    exception_id bigint not null references exceptions (id),
    merchant_id bigint not null references merchants (id),
    state text not null check (state in ('waiting', 'open', 'closing', 'closed', 'dropped', 'parked')),
    ticket text,
    url text,
    tries integer not null default 0,
    due_at_ms bigint not null,
    lease_until_ms bigint not null default 0,
    asked_at_ms bigint,
    said text,
    created_at_ms bigint not null,
    changed_at_ms bigint not null,
    primary key (desk_id, exception_id),
    check (state not in ('open', 'closing', 'closed') or ticket is not null)
);
create index desk_tickets_due on desk_tickets (due_at_ms) where state in ('waiting', 'closing');
create index desk_tickets_to_mend on desk_tickets (exception_id) where state in ('open', 'waiting', 'parked');
create index desk_tickets_exception on desk_tickets (exception_id);
create index desk_tickets_listed on desk_tickets (merchant_id, desk_id, exception_id);

-- What was done for an agent from a desk: kept as long as the desk, so that the same wish is answered and not done again. request_hash: of agent and wish.
create table desk_wishes (
    desk_id uuid not null references support_desks (id),
    key text not null,
    merchant_id bigint not null references merchants (id),
    request_hash bytea not null,
    macro text not null,
    order_id uuid not null,
    state text not null check (state in ('done', 'asked')),
    made text,
    at_ms bigint not null,
    primary key (desk_id, key)
);
