-- Tills: shifts with their cash, and what was rung up in them; and carts that several devices share by a token.

-- tax_rates: JSON, by tax class. report: the Z report, as it was when the shift was closed. z_no: its number at this register, without a gap.
create table till_shifts (
    merchant_id bigint not null references merchants (id),
    id text not null,
    node_id bigint not null references nodes (id),
    node text not null,
    register text not null,
    channel text not null,
    currency text not null,
    float_minor bigint not null check (float_minor >= 0),
    tax_rates text not null,
    content_hash bytea not null,
    opened_by text not null,
    opened_at_ms bigint not null,
    recorded_at_ms bigint not null,
    closed_by text,
    closed_at_ms bigint,
    close_hash bytea,
    z_no bigint,
    report text,
    primary key (merchant_id, id)
);
create unique index till_shifts_open on till_shifts (merchant_id, node_id, register) where closed_at_ms is null;
create unique index till_shifts_z on till_shifts (merchant_id, node_id, register, z_no) where z_no is not null;
create index till_shifts_listed on till_shifts (merchant_id, recorded_at_ms);

-- What was rung up: a sale, its void, a return, cash put in or taken out. Amounts as the drawer sees them: what was given back is negative.
-- told_shift: the shift the till named; another than shift_id where that was closed by then. of_id: the sale that is voided.
create table till_entries (
    merchant_id bigint not null references merchants (id),
    id text not null,
    shift_id text not null,
    told_shift text not null,
    kind text not null check (kind in ('sale', 'void', 'return', 'cashIn', 'cashOut')),
    entry_no bigint not null,
    order_id uuid,
    of_id text,
    total_minor bigint not null,
    discount_minor bigint not null default 0,
    tax_minor bigint not null default 0,
    content_hash bytea not null,
    answer text not null,
    actor text not null,
    at_ms bigint not null,
    recorded_at_ms bigint not null,
    primary key (merchant_id, id),
    unique (merchant_id, shift_id, entry_no),
    foreign key (merchant_id, shift_id) references till_shifts (merchant_id, id)
);
create unique index till_entries_voided on till_entries (merchant_id, of_id) where kind = 'void';
create index till_entries_order on till_entries (merchant_id, order_id) where order_id is not null;

create table till_tenders (
    merchant_id bigint not null references merchants (id),
    entry_id text not null,
    tender_no integer not null,
    tender text not null,
    amount_minor bigint not null,
    primary key (merchant_id, entry_id, tender_no),
    foreign key (merchant_id, entry_id) references till_entries (merchant_id, id)
);

-- A cart known by the hash of its token only. body: lines and how they are to be had, nothing of a person. A claimed one stays until its time is over, so that it is claimed once.
create table shared_carts (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    token_hash bytea not null,
    channel text not null,
    currency text not null,
    body text not null,
    state text not null check (state in ('open', 'claimed')),
    reservation text,
    claimed_for text,
    claimed_by text,
    expires_at_ms bigint not null,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    version bigint not null default 1,
    unique (merchant_id, token_hash)
);
create index shared_carts_expiry on shared_carts (expires_at_ms);
