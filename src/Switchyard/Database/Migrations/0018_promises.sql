-- Promise dates: when the goods leave and arrive, as told to the customer.

-- How the dates in force came about: the rule and the parts that leave together, as JSON (OrderPromise). order_promises has a row for
-- each version once there is a second one; until then the first is only here, since most orders never have another.
alter table orders add column promise text;
alter table order_promises add column why text;

-- When the watcher has to look at the order next; null when nothing of it is to leave any more, or it is known to be at risk.
alter table orders add column risk_at_ms bigint;
create index orders_watched on orders (risk_at_ms) where risk_at_ms is not null;

-- The same with the id: many orders are due at the same closing time, and a list is read on from one of them.
drop index orders_ship_by;
create index orders_ship_by on orders (merchant_id, ship_by_ms, id) where ship_by_ms is not null and ended_at_ms is null;

-- Days on which nobody works at a node although its week says so, as JSON.
alter table nodes add column closed_days text not null default '[]';

-- So long before its ship-by an order must be with a node, or it is at risk.
alter table channels add column risk_minutes bigint not null default 120;
