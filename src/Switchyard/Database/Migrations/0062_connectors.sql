-- Connections of sales channels with the shops and marketplaces they are at.

-- One channel has one connection at most. secret, message_secret: encrypted with the data protection keys. serving: who mails, refunds and owes tax, as JSON; null: as the adapter has it.
-- round_at_ms: when the round of questions that goes on, or went on last, began; known_at_ms: when the last one began that came to its end: what was sold before it is known.
-- listings_run_ms: when the fetching of all listings that goes on began; listings_at_ms: when the last came to its end.
-- watermark_ms: by the channel's clock, the newest change of an order that is known with all before it. go_live_at_ms: what was placed there before is open work of the system before this one.
-- tested_at_ms: when its credentials were last seen to be good. granting: what a person who lets us in at the channel's own page is to come back with, encrypted; granting_key: the hash it is found by.
create table connections (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    channel_id bigint not null unique references channels (id),
    adapter text not null,
    base_url text not null,
    settings text not null default '{}',
    secret text,
    secret_names text not null default '[]',
    message_secret text,
    serving text,
    methods text not null default '{}',
    state text not null check (state in ('draft', 'live', 'paused')),
    go_live_at_ms bigint,
    calls_per_minute bigint not null check (calls_per_minute > 0),
    buffer bigint not null default 0 check (buffer >= 0),
    watermark_ms bigint,
    cursor text,
    ask_at_ms bigint not null default 0,
    lease_until_ms bigint not null default 0,
    asked_at_ms bigint,
    heard_at_ms bigint,
    failures integer not null default 0,
    failed_at_ms bigint,
    said text,
    round_at_ms bigint,
    known_at_ms bigint,
    listings_due_ms bigint not null default 0,
    listings_lease_ms bigint not null default 0,
    listings_cursor text,
    listings_run_ms bigint,
    listings_at_ms bigint,
    listings_said text,
    tested_at_ms bigint,
    granting text,
    granting_key text unique,
    created_at_ms bigint not null,
    changed_at_ms bigint not null,
    version bigint not null default 1
);
create index connections_merchant on connections (merchant_id);
create index connections_due on connections (ask_at_ms) where state = 'live';

-- Messages of a channel, each once. A message is a hint: what it is about is asked for.
create table channel_notices (
    connection_id uuid not null references connections (id),
    notice_id text not null,
    merchant_id bigint not null references merchants (id),
    kind text not null,
    thing text,
    received_at_ms bigint not null,
    primary key (connection_id, notice_id)
);
create index channel_notices_age on channel_notices (received_at_ms);

-- An order of a channel as it was told last (told), as it is being taken in (taking), and as it was taken in last (taken), as JSON. seen counts tellings that said something new.
-- is_to_fetch: the channel said that something happened to it, and it is to be asked for. is_before: it was placed before we went live, so its buyer hears from another system, and so does the channel.
-- forgotten_seen: the telling after which its buyer was forgotten. is_to_forget: the channel asked for that, whatever the time.
create table channel_orders (
    connection_id uuid not null references connections (id),
    external_id text not null,
    merchant_id bigint not null references merchants (id),
    order_id uuid references orders (id),
    told text,
    taking text,
    taken text,
    told_at_ms bigint,
    told_revision bigint not null default 0,
    seen bigint not null default 0,
    is_to_fetch boolean not null default false,
    is_before boolean not null default false,
    forgotten_seen bigint,
    is_to_forget boolean not null default false,
    state text not null check (state in ('waiting', 'taken', 'ignored', 'parked')),
    due_at_ms bigint not null,
    lease_until_ms bigint not null default 0,
    tries integer not null default 0,
    said text,
    created_at_ms bigint not null,
    changed_at_ms bigint not null,
    primary key (connection_id, external_id)
);
create index channel_orders_due on channel_orders (due_at_ms) where state = 'waiting';
create index channel_orders_order on channel_orders (order_id);
create index channel_orders_recent on channel_orders (connection_id, created_at_ms, external_id);
create index channel_orders_trouble on channel_orders (merchant_id, connection_id) where state = 'parked';

-- What a channel offers. pushed: pieces it was told last. expects: pieces it would show if we knew all its sales: what it was told, and what it had sold unknown to us by then;
-- its orders with entries in the stock ledger beyond counted_from are still to be taken off. is_unproved: it cannot compare, and a sale may have been overwritten that we have not heard of.
-- doubt: pieces it seems to have sold that we know no order of, since doubted_at_ms. dirt counts what made it dirty; timed_since_ms: the first change of stock that the channel has not heard of;
-- is_compared: looked at only to be sure.
create table channel_listings (
    connection_id uuid not null references connections (id),
    listing_id text not null,
    merchant_id bigint not null references merchants (id),
    item_id text,
    listed_sku text,
    listed_key text,
    title text not null,
    barcode text,
    barcode_key text,
    product_id bigint references products (id),
    matched text not null check (matched in ('sku', 'barcode', 'hand', 'none', 'ignored')),
    units_each bigint not null default 1 check (units_each > 0),
    buffer bigint not null default 0 check (buffer >= 0),
    share_percent integer not null default 100 check (share_percent between 0 and 100),
    most bigint check (most >= 0),
    is_stopped boolean not null default false,
    is_counted boolean not null default true,
    is_theirs boolean not null default false,
    is_live boolean not null default true,
    is_gone boolean not null default false,
    shows bigint,
    pushed bigint,
    pushed_at_ms bigint,
    expects bigint,
    counted_from bigint not null default 0,
    is_unproved boolean not null default false,
    doubt bigint not null default 0,
    doubted_at_ms bigint,
    dirt bigint not null default 0,
    dirty_since_ms bigint,
    timed_since_ms bigint,
    is_compared boolean not null default false,
    due_at_ms bigint not null default 0,
    lease_until_ms bigint not null default 0,
    tries integer not null default 0,
    said text,
    seen_at_ms bigint not null,
    changed_at_ms bigint not null,
    version bigint not null default 1,
    primary key (connection_id, listing_id),
    check (matched <> 'ignored' or product_id is null),
    check (matched in ('none', 'ignored') or product_id is not null)
);
create index channel_listings_product on channel_listings (product_id) where product_id is not null;
create index channel_listings_open on channel_listings (merchant_id, listed_key) where matched = 'none';
create index channel_listings_code on channel_listings (merchant_id, barcode_key) where matched = 'none';
create index channel_listings_dirty on channel_listings (due_at_ms) where dirty_since_ms is not null;

-- How far what changes stock was followed: an entry of the stock ledger below which none can still appear.
create table channel_marks (
    name text not null primary key,
    position bigint not null,
    at_ms bigint not null
);

-- How long changes of stock took to be told, by the day: so many within upto_ms.
create table channel_lags (
    connection_id uuid not null references connections (id),
    day text not null,
    upto_ms bigint not null,
    merchant_id bigint not null references merchants (id),
    n bigint not null,
    primary key (connection_id, day, upto_ms)
);

-- What a channel is to be told: a parcel, a cancel, a refund. Each once under its key; what may have been told unheard is looked for before it is told again.
create table channel_tasks (
    connection_id uuid not null references connections (id),
    task_key text not null,
    merchant_id bigint not null references merchants (id),
    kind text not null check (kind in ('shipped', 'cancelled', 'refunded')),
    order_id uuid not null references orders (id),
    external_id text not null,
    body text not null,
    state text not null check (state in ('waiting', 'done', 'parked', 'dropped')),
    due_at_ms bigint not null,
    lease_until_ms bigint not null default 0,
    tries integer not null default 0,
    said text,
    answer text,
    created_at_ms bigint not null,
    done_at_ms bigint,
    primary key (connection_id, task_key)
);
create index channel_tasks_due on channel_tasks (due_at_ms) where state = 'waiting';
create index channel_tasks_order on channel_tasks (order_id);

-- What came and was not believed, or came again, by the day: forged, stale, repeated, taken.
create table connection_counts (
    connection_id uuid not null references connections (id),
    day text not null,
    what text not null,
    merchant_id bigint not null references merchants (id),
    n bigint not null,
    primary key (connection_id, day, what)
);
