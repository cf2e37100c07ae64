-- How the stock of some SKUs is divided among channels and groups of customers. What was sold is counted by epochs: a rule counts
-- what was sold since the epoch in which it was started.
create table share_rules (
    merchant_id bigint not null references merchants (id),
    code text not null,
    name text not null,
    priority integer not null default 0,
    scope text not null,
    parts text not null,
    overflow text not null check (overflow in ('strict', 'shared')),
    is_active boolean not null default true,
    epoch bigint not null,
    started_at_ms bigint not null,
    updated_at_ms bigint not null,
    version bigint not null default 1,
    primary key (merchant_id, code)
);

-- Units that have left, by who bought them; channel 0 is the till. Only counted while there is a rule.
create table share_sales (
    merchant_id bigint not null,
    sku_id bigint not null,
    channel_id bigint not null,
    customer_tags text not null,
    epoch bigint not null,
    units bigint not null,
    primary key (sku_id, channel_id, customer_tags, epoch)
);

-- How far a node's stock is believed when its feed is late, as steps in JSON; since when, for a node that never had a feed.
alter table nodes add column feed_steps text not null default '[]';
alter table nodes add column feed_since_ms bigint;

-- Does what lies there count for orders from channels? What was promised before goes on.
alter table nodes add column sells_online boolean not null default true;
