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

create table product_tags (
    product_id bigint not null references products (id),
    tag_key text collate "C" not null,
    merchant_id bigint not null,
    tag text not null,
    primary key (product_id, tag_key)
);
create index product_tags_tag on product_tags (merchant_id, tag_key, product_id);

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
