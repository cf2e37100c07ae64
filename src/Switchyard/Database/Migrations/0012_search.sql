-- Finding things: tags and notes people put on them, the words they are found by, and the views people keep.

create table order_tags (
    order_id uuid not null,
    tag_key text collate "C" not null,
    merchant_id bigint not null,
    tag text not null,
    placed_at_ms bigint not null,
    primary key (order_id, tag_key)
);
create index order_tags_tag on order_tags (merchant_id, tag_key, placed_at_ms, order_id);

-- The texts stay off the log, so that they can be erased; the log tells that there is a note and by whom.
create table order_notes (
    order_id uuid not null,
    note_no integer not null,
    merchant_id bigint not null,
    body text not null,
    is_for_customer boolean not null,
    is_pinned boolean not null,
    mentions text not null default '[]',
    author text not null,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    deleted_at_ms bigint,
    primary key (order_id, note_no)
);

-- The words orders are found by, kept by a consumer of the log. They compare by code point, so that a beginning is a range of the index
-- also under row security, and an exact word comes newest first.
create table search_terms (
    merchant_id bigint not null,
    term text collate "C" not null,
    kind text collate "C" not null,
    placed_at_ms bigint not null,
    order_id uuid not null,
    primary key (merchant_id, term, kind, placed_at_ms, order_id)
);
create index search_terms_order on search_terms (order_id);

-- Most orders are closed; the others are listed by what they are.
create index orders_state on orders (merchant_id, state, placed_at_ms, id) where state <> 'closed';

-- Views people keep of a list: a query, columns and a sort under a name, for themselves or for all.
create table views (
    id uuid not null primary key,
    merchant_id bigint not null,
    list text not null,
    name text not null,
    query text not null default '',
    columns text not null default '[]',
    sort text,
    is_shared boolean not null,
    is_default boolean not null,
    owner text not null,
    created_at_ms bigint not null,
    version bigint not null default 1
);
create index views_list on views (merchant_id, list, owner);
