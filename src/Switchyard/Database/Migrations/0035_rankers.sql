-- Functions of the merchant's own that rank nodes for an order, asked over HTTP.
create table routing_rankers (
    merchant_id bigint not null references merchants (id),
    code text not null,
    name text not null,
    url text not null,
    secret text not null,
    time_limit_ms integer not null check (time_limit_ms between 50 and 2000),
    is_on boolean not null,
    version bigint not null default 1,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    primary key (merchant_id, code)
);

-- What rankers answered when the order was placed: whoever plans it anew goes by it. Null: none was asked.
alter table orders add column ranks text;

-- A stop of a SKU at one node; null: everywhere.
alter table sale_stops add column node_id bigint;
drop index sale_stops_live;
create unique index sale_stops_live on sale_stops (merchant_id, sku_id, coalesce(node_id, 0)) where state <> 'resumed';
