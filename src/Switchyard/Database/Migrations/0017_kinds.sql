-- Kinds of orders: types with number series of their own, drafts and quotes, links between orders, and units split off to another.

alter table number_series add column digits integer not null default 1;
alter table number_series add column version bigint not null default 1;
insert into number_series (merchant_id, series, prefix, next) select id, 'wholesale', 'W', 1001 from merchants;
insert into number_series (merchant_id, series, prefix, next) select id, 'draft', 'D', 1001 from merchants;

-- Prefixes that were used before, and where their numbers ended: a prefix taken up again goes on from there.
create table number_prefixes (
    merchant_id bigint not null references merchants (id),
    prefix_key text not null,
    next bigint not null,
    primary key (merchant_id, prefix_key)
);

-- What may become an order. The order that is made of a draft has the draft's id, so there is never a second.
-- body is the order as it would be placed (JSON, with personal data). A quote past valid_until_ms has expired: nobody has to say so.
create table drafts (
    id uuid not null primary key,
    merchant_id bigint not null,
    number text not null,
    type text not null check (type in ('sales', 'wholesale')),
    state text not null check (state in ('draft', 'quoted', 'accepted', 'placed', 'abandoned')),
    channel_id bigint not null,
    currency text not null,
    total_minor bigint not null,
    body text not null,
    note text,
    tags text not null default '[]',
    valid_until_ms bigint,
    reservation_id uuid,
    origin_order_id uuid,
    origin_kind text check (origin_kind in ('exchange', 'reorder')),
    created_by text not null,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    ended_at_ms bigint,
    version bigint not null default 1
);
create unique index drafts_number on drafts (merchant_id, number);
create index drafts_listed on drafts (merchant_id, created_at_ms, id);
create index drafts_open on drafts (merchant_id, state, created_at_ms, id) where state in ('draft', 'quoted', 'accepted');

-- The words drafts are found by, written with them.
create table draft_terms (
    merchant_id bigint not null,
    term text collate "C" not null,
    kind text collate "C" not null,
    created_at_ms bigint not null,
    draft_id uuid not null,
    primary key (merchant_id, term, kind, created_at_ms, draft_id)
);
create index draft_terms_draft on draft_terms (draft_id);

-- Orders that belong together: other_id came out of order_id. Never changed, never deleted.
create table order_links (
    order_id uuid not null,
    other_id uuid not null,
    merchant_id bigint not null,
    kind text not null check (kind in ('replacement', 'exchange', 'reorder', 'split')),
    reason text,
    actor text not null,
    at_ms bigint not null,
    primary key (order_id, other_id, kind)
);
create index order_links_other on order_links (other_id);

-- Units of a line that went to a line of a linked order: sent again (replacement), or split off with their money (split).
create table order_line_links (
    order_id uuid not null,
    line_no integer not null,
    other_id uuid not null,
    other_line_no integer not null,
    merchant_id bigint not null,
    kind text not null check (kind in ('replacement', 'split')),
    units bigint not null check (units > 0),
    discount_minor bigint not null default 0,
    tax_minor bigint not null default 0,
    total_minor bigint not null default 0,
    primary key (order_id, line_no, other_id, other_line_no)
);
create index order_line_links_other on order_line_links (other_id);

-- Of a line's cancelled units, those that were split off to another order.
alter table order_lines add column moved bigint not null default 0;
