-- What promises know beside nodes and lanes: carriers' days, collecting and same-day delivery, and how often promises were kept.

-- On which days carriers collect and deliver, a document each, read whole and kept in memory.
create table carrier_calendars (
    code text not null primary key,
    calendar text not null,
    version bigint not null default 1,
    changed_at_ms bigint not null
);

-- Whether customers may collect at a node, and whether it delivers on the day: a document each, null where it does not.
alter table nodes add column collect text;
alter table nodes add column same_day text;

-- Where an order, or a line of its own way, is collected; null: it is sent.
alter table orders add column collect_node bigint;
alter table order_lines add column method text;
alter table order_lines add column collect_node bigint;

-- Its node has more to do by its ship-by than it can.
alter table orders add column is_crowded boolean not null default false;

-- How often parcels left and arrived by the day that was told; counted anew in the background.
create table promise_records (
    merchant_id bigint not null,
    node_id bigint not null,
    method text not null,
    country text not null,
    departures bigint not null check (departures >= 0),
    departures_in_time bigint not null check (departures_in_time >= 0 and departures_in_time <= departures),
    arrivals bigint not null check (arrivals >= 0),
    arrivals_in_time bigint not null check (arrivals_in_time >= 0 and arrivals_in_time <= arrivals),
    counted_at_ms bigint not null,
    primary key (merchant_id, node_id, method, country)
);
create index orders_crowded on orders (merchant_id, id) where is_crowded;
