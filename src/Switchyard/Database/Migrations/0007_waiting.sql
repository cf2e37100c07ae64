-- Backorder and preorder by SKU. backorder null: the channel decides. Caps count the units that wait over all orders; null is no cap.

alter table products add column backorder text;
alter table products add column backorder_cap bigint;
alter table products add column backorder_days integer;
alter table products add column backorder_expected_ms bigint;
alter table products add column preorder_release_ms bigint;
alter table products add column preorder_cap bigint;

-- The line's units are not released before.
alter table order_lines add column release_at_ms bigint;

-- The orders whose promise is looked after, by the day it falls due.
create index orders_ship_by on orders (merchant_id, ship_by_ms) where ship_by_ms is not null and ended_at_ms is null;

-- One row a SKU that is or was waited for: the lock under which caps are counted.
create table waiting_skus (
    merchant_id bigint not null,
    sku_id bigint not null,
    primary key (merchant_id, sku_id)
);

-- What tills told they sold: each reference once.
create table till_sales (
    merchant_id bigint not null,
    reference text not null,
    node_id bigint not null,
    content_hash bytea not null,
    answer text not null,
    at_ms bigint not null,
    recorded_at_ms bigint not null,
    primary key (merchant_id, reference)
);
