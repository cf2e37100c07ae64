-- Decisions that can be made again: what each saw, and by which settings.

-- What a decision was made from, packed (SeenInput): lines, stock at nodes, and what differed from the settings; null for those made before.
alter table order_plans add column seen bytea;

-- When it was made; null: when the order was placed.
alter table order_plans add column made_at_ms bigint;

-- Settings by which decisions were made: nodes, lanes, zones, rate cards, packed and found by the hash of what they say.
create table routing_worlds (
    merchant_id bigint not null references merchants (id),
    hash bytea not null,
    world bytea not null,
    first_at_ms bigint not null,
    primary key (merchant_id, hash)
);

-- What the strategy that only watches would have done with each order, beside what was done.
create table order_shadows (
    order_id uuid not null primary key,
    merchant_id bigint not null,
    strategy text not null,
    number bigint not null,
    placed_at_ms bigint not null,
    differs boolean not null,
    cost_minor bigint not null,
    shadow_cost_minor bigint not null,
    parcels bigint not null,
    shadow_parcels bigint not null,
    unsent bigint not null,
    shadow_unsent bigint not null
);
create index order_shadows_placed on order_shadows (merchant_id, placed_at_ms, order_id);
