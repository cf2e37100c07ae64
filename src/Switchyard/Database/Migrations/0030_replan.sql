-- Waiting, then deciding together: orders nobody works on yet are planned anew as a batch, and nodes are given their work in waves.

-- How a merchant wants it, every version kept: the highest number counts.
create table replan_settings (
    merchant_id bigint not null references merchants (id),
    number bigint not null check (number > 0),
    mode text not null check (mode in ('off', 'on')),
    min_saving_minor bigint not null check (min_saving_minor >= 0),
    churn_minor bigint not null check (churn_minor >= 0),
    changed_at_ms bigint not null,
    changed_by text not null,
    primary key (merchant_id, number)
);

-- Whose turn it is: one run of a merchant at a time, by the newest fence.
create table replan_turns (
    merchant_id bigint not null primary key references merchants (id),
    fence bigint not null default 0,
    until_ms bigint not null default 0
);

-- What has changed since the last run; SKU 0 stands for prices, capacity, the network.
create table replan_marks (
    merchant_id bigint not null references merchants (id),
    sku_id bigint not null,
    changes bigint not null default 1,
    since_ms bigint not null,
    primary key (merchant_id, sku_id)
);

-- The last wave of a node before which its orders were planned anew.
create table replan_waves (
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    planned_at_ms bigint not null,
    primary key (merchant_id, node_id)
);

create table replan_runs (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    cause text not null check (cause in ('hand', 'change', 'wave')),
    detail text,
    started_by text not null,
    is_dry boolean not null,
    started_at_ms bigint not null,
    finished_at_ms bigint,
    orders_seen bigint not null default 0,
    orders_moved bigint not null default 0,
    orders_passed bigint not null default 0,
    cost_before_minor bigint not null default 0,
    cost_after_minor bigint not null default 0,
    cost_one_by_one_minor bigint not null default 0,
    is_proven boolean not null default true
);
create index replan_runs_recent on replan_runs (merchant_id, started_at_ms, id);

create table replan_moves (
    run_id uuid not null,
    order_id uuid not null,
    merchant_id bigint not null references merchants (id),
    is_dry boolean not null,
    moves text not null,
    cost_before_minor bigint not null,
    cost_after_minor bigint not null,
    primary key (run_id, order_id)
);
create index replan_moves_order on replan_moves (order_id) where not is_dry;

-- Since when units are claimed there, when that was not at placing.
alter table allocations add column moved_at_ms bigint not null default 0;

-- The node with it: what waits is found by the node without its row.
drop index allocations_idle;
create index allocations_idle on allocations (merchant_id, order_id, node_id) where quantity > in_work;

-- Times of day by the node's clock at which it is given its work, as JSON; none: at once.
alter table node_work_settings add column release_times text not null default '[]';
