-- Orders are found by where they go, and by what is seldom about them: what most orders have costs nothing here.
create index orders_country on orders (merchant_id, ship_country, placed_at_ms, id);
create index orders_payment on orders (merchant_id, payment_state, placed_at_ms, id) where payment_state <> 'none' and payment_state <> 'paid';
create index orders_type on orders (merchant_id, type, placed_at_ms, id) where type <> 'sales';
create index orders_priority on orders (merchant_id, placed_at_ms, id) where priority <> 0;

-- Closed orders too: so they are counted without reading them.
drop index orders_state;
create index orders_state on orders (merchant_id, state, placed_at_ms, id);

-- Orders with something that waits are counted from their lines.
create index order_lines_waiting_of on order_lines (merchant_id, order_id) where backordered + preordered + unallocated > 0;
