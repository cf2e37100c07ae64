-- Orders that a pass over many could not change: each comes back by itself, after a longer and longer while, and keeps no other from its turn.
-- kind: closing (of a node, node_closings) or stop (of a SKU, sale_stops). pass_id: the id of that.
create table pass_failures (
    kind text not null check (kind in ('closing', 'stop')),
    pass_id bigint not null,
    order_id uuid not null,
    merchant_id bigint not null references merchants (id),
    tries integer not null check (tries > 0),
    next_at_ms bigint not null,
    primary key (kind, pass_id, order_id)
);
create index pass_failures_merchant on pass_failures (merchant_id);

-- What a 3PL or a supplier calls the work, and when it will send it.
alter table fulfilment_orders add column partner_reference text;
alter table fulfilment_orders add column partner_expected_at_ms bigint;
update fulfilment_orders set partner_reference = p.reference, partner_expected_at_ms = p.expected_at_ms
  from purchase_orders p where p.fulfilment_id = fulfilment_orders.id and p.merchant_id = fulfilment_orders.merchant_id and (p.reference is not null or p.expected_at_ms is not null);
