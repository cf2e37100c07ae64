-- What a partner (3PL, supplier) said to a release under an id of its own: said again it does nothing more. content: a hash of what was said.
create table partner_answers (
    merchant_id bigint not null references merchants (id),
    fulfilment_id uuid not null,
    answer_id text not null,
    content text not null,
    at_ms bigint not null,
    primary key (merchant_id, fulfilment_id, answer_id)
);

-- What a partner has to do, by change and by when it left.
create index fulfilment_orders_changed on fulfilment_orders (merchant_id, node_id, updated_at_ms, id) where offered_at_ms is not null;
create index fulfilment_orders_left on fulfilment_orders (merchant_id, node_id, handed_over_at_ms, id) where handed_over_at_ms is not null;

-- The last snapshot a node sent of its stock: as of when (fed_at_ms), when it came, from whom, and what became of it.
alter table stock_feeds add column told_at_ms bigint;
alter table stock_feeds add column told_by text;
alter table stock_feeds add column items bigint;
alter table stock_feeds add column changed bigint;
alter table stock_feeds add column unknown bigint;

-- Webhooks of partners are told of the work of their nodes only, and less of it.
alter table webhook_endpoints add column is_partner boolean not null default false;
