-- Messages to customers: accounts with messengers, what was sent, templates, and the public page of an order.

-- How a merchant's messages of one medium (mail) go out. The secret is encrypted; settings are not secret. minute_ms and minute_sent keep the rate over all processes.
create table message_accounts (
    merchant_id bigint not null references merchants (id),
    medium text not null check (medium in ('mail')),
    messenger text not null,
    settings text not null default '{}',
    secret text,
    secret_names text not null default '[]',
    per_minute bigint not null default 60 check (per_minute > 0),
    is_active boolean not null default true,
    since_ms bigint not null,
    minute_ms bigint not null default 0,
    minute_sent bigint not null default 0,
    fault text,
    failing_since_ms bigint,
    rest_until_ms bigint not null default 0,
    version bigint not null default 1,
    changed_at_ms bigint not null,
    primary key (merchant_id, medium)
);

-- Which kinds go out on which channel, and how messages and the tracking page look.
create table message_settings (
    merchant_id bigint not null primary key references merchants (id),
    settings text not null,
    version bigint not null default 1,
    updated_at_ms bigint not null
);

-- Versions are never changed; which one is used is said apart. None: the one that comes with the program.
create table message_templates (
    merchant_id bigint not null references merchants (id),
    kind text not null,
    version_no bigint not null,
    body text not null,
    words text not null default '{}',
    note text not null default '',
    created_by text not null,
    created_at_ms bigint not null,
    primary key (merchant_id, kind, version_no)
);

create table message_template_choices (
    merchant_id bigint not null references merchants (id),
    kind text not null,
    version_no bigint not null,
    primary key (merchant_id, kind)
);

-- A message about an order, or about one parcel of it (about). The same news makes the same row, so it is sent once; copy_no counts those that a person asked for.
-- While it is being sent due_at_ms is when the lease of whoever sends it ends.
create table messages (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    order_id uuid not null,
    kind text not null,
    about text not null,
    copy_no integer not null default 0,
    medium text not null default 'mail' check (medium in ('mail')),
    state text not null check (state in ('waiting', 'sent', 'kept', 'skipped', 'failed')),
    reason text,
    event_at_ms bigint not null,
    due_at_ms bigint not null,
    lease_no bigint not null default 0,
    tries integer not null default 0,
    first_tried_ms bigint,
    recipient text,
    language text,
    subject text,
    body text,
    mail_id text,
    fault text,
    asked_by text not null,
    created_at_ms bigint not null,
    settled_at_ms bigint,
    unique (order_id, kind, about, copy_no)
);
create index messages_due on messages (merchant_id, due_at_ms) where state = 'waiting';
create index messages_listed on messages (merchant_id, id);
create index messages_age on messages (settled_at_ms) where body is not null;

-- The public page of an order. The address is signed with a key of the merchant; it is never stored.
create table tracking_links (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    order_id uuid not null,
    shipped_at_ms bigint,
    expires_at_ms bigint not null,
    revoked_at_ms bigint,
    views bigint not null default 0,
    first_viewed_ms bigint,
    last_viewed_ms bigint,
    created_at_ms bigint not null
);
create unique index tracking_links_live on tracking_links (order_id) where revoked_at_ms is null;
create index tracking_links_shipped on tracking_links (merchant_id, shipped_at_ms) where shipped_at_ms is not null;

create table tracking_keys (
    merchant_id bigint not null references merchants (id),
    key_no integer not null,
    secret text not null,
    created_at_ms bigint not null,
    retires_at_ms bigint,
    primary key (merchant_id, key_no)
);

-- Who wants fewer messages: the hash of the address, not the address.
create table message_optouts (
    merchant_id bigint not null references merchants (id),
    address_hash bytea not null,
    created_at_ms bigint not null,
    primary key (merchant_id, address_hash)
);

-- What left in some days: how many of these orders have a page.
create index shipments_when on shipments (merchant_id, shipped_at_ms, order_id);
