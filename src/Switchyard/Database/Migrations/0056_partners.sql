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

-- Walks of several merchants that one picker goes round with together: the cart, and at which of its places those of a walk begin.
alter table pick_tours add column cart_id uuid;
alter table pick_tours add column cart_from integer not null default 0;
create index pick_tours_cart on pick_tours (cart_id) where cart_id is not null;
alter table pick_totes add column cart_id uuid;
create unique index pick_totes_cart on pick_totes (cart_id, code) where cart_id is not null;

-- Bills the house has approved: as they were then. lines: as JSON.
create table bills (
    merchant_id bigint not null references merchants (id),
    month text not null,
    currency text not null,
    lines text not null,
    total_minor bigint not null,
    approved_by text not null,
    approved_at_ms bigint not null,
    primary key (merchant_id, month)
);
