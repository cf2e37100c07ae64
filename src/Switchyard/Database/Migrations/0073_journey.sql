-- At which node an order was sold over a counter; null: it was not.
alter table orders add column sold_at_node bigint;
create index orders_sold_at on orders (merchant_id, sold_at_node, placed_at_ms) where sold_at_node is not null;

-- Whether messages say what the buyer has agreed to.
alter table webhook_endpoints add column sends_consents boolean not null default false;

-- What loyalty programmes were told that an order has earned, minor units of its currency.
create table order_points (
    merchant_id bigint not null references merchants (id),
    order_id uuid not null,
    earned_minor bigint not null check (earned_minor >= 0),
    told_no bigint not null default 0,
    primary key (merchant_id, order_id)
);

-- Where and by whom a cart was begun: what the order that it becomes tells of it.
alter table shared_carts add column made_by text;
alter table shared_carts add column made_channel text;
