-- What delivery costs the customer, by method: charges is JSON, in the order in which it was written. One list a merchant.
create table delivery_charges (
    merchant_id bigint not null primary key references merchants (id),
    charges text not null,
    version bigint not null default 1,
    updated_by text not null,
    updated_at_ms bigint not null
);

-- Collections that carriers were asked for. number: the carrier's own.
create table carrier_pickups (
    account_id uuid not null references carrier_accounts (id),
    number text not null,
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    from_ms bigint not null,
    to_ms bigint not null,
    parcels bigint not null check (parcels > 0),
    state text not null check (state in ('asked', 'calledOff')),
    asked_by text not null,
    asked_at_ms bigint not null,
    called_off_at_ms bigint,
    primary key (account_id, number),
    check ((called_off_at_ms is not null) = (state = 'calledOff'))
);
create index carrier_pickups_node on carrier_pickups (merchant_id, node_id, to_ms);

-- What customers asked about their orders. reference: the ticket of a helpdesk, told once.
create table order_contacts (
    order_id uuid not null references orders (id),
    contact_no integer not null,
    merchant_id bigint not null references merchants (id),
    kind text not null check (kind in ('whereIsIt', 'change', 'complaint', 'other')),
    medium text not null check (medium in ('phone', 'mail', 'chat', 'social', 'store', 'other')),
    note text not null,
    reference text,
    at_ms bigint not null,
    made_by text not null,
    recorded_at_ms bigint not null,
    primary key (order_id, contact_no)
);
create unique index order_contacts_reference on order_contacts (merchant_id, reference) where reference is not null;
create index order_contacts_at on order_contacts (merchant_id, at_ms);

-- Orders that shipped in a week are looked for by the time at which something left.
create index shipments_at on shipments (merchant_id, shipped_at_ms);
