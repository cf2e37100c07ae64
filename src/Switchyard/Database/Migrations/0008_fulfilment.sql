-- Work given to nodes: fulfilment orders (releases), their packages and departures.

-- How releases of a channel's orders are made, and after how many days mail without tracking counts as delivered.
alter table channels add column release text not null default 'manual';
alter table channels add column close_after_days integer not null default 14;

-- How a node takes its work for a merchant; a node without a row accepts by default and has no capacity to keep to.
create table node_work_settings (
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    accepts_by_default boolean not null default true,
    accept_minutes bigint not null default 60 check (accept_minutes > 0),
    daily_capacity bigint check (daily_capacity >= 0),
    version bigint not null default 1,
    primary key (merchant_id, node_id)
);

-- A release is changed under the lock of its order. Its lines' units sum to their quantity; those open, picked and packed are the
-- released, picked and packed units of the order's lines and the in_work of its claims at the node.
create table fulfilment_orders (
    id uuid not null primary key,
    merchant_id bigint not null,
    order_id uuid not null,
    release_no integer not null,
    number text not null,
    node_id bigint not null,
    method text,
    state text not null check (state in ('planned', 'scheduled', 'offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup',
        'handedOver', 'delivered', 'lost', 'sentBack', 'rejected', 'short', 'stopAsked', 'cancelled')),
    priority integer not null default 0,
    ship_by_ms bigint,
    deliver_by_ms bigint,
    fulfil_at_ms bigint,
    offered_at_ms bigint,
    answer_by_ms bigint,
    reminded_at_ms bigint,
    attempts integer not null default 1,
    from_release uuid,
    reason text,
    stop_reason text,
    stop_wish text,
    stop_asked_at_ms bigint,
    handed_over_at_ms bigint,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    version bigint not null default 1,
    unique (order_id, release_no)
);
create index fulfilment_orders_queue on fulfilment_orders (merchant_id, node_id)
    where state in ('offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup', 'stopAsked');
create index fulfilment_orders_listed on fulfilment_orders (merchant_id, id);
create index fulfilment_orders_state on fulfilment_orders (merchant_id, state, id);
create index fulfilment_orders_node on fulfilment_orders (merchant_id, node_id, id);
create index fulfilment_orders_offered on fulfilment_orders (node_id, offered_at_ms) where offered_at_ms is not null;
create index fulfilment_orders_answering on fulfilment_orders (answer_by_ms) where state = 'offered' and answer_by_ms is not null;
create index fulfilment_orders_waiting on fulfilment_orders (fulfil_at_ms) where state in ('planned', 'scheduled');
create index fulfilment_orders_under_way on fulfilment_orders (handed_over_at_ms) where state = 'handedOver';

create table fulfilment_lines (
    fulfilment_id uuid not null,
    line_no integer not null,
    merchant_id bigint not null,
    order_id uuid not null,
    node_id bigint not null,
    sku_id bigint not null,
    sku text not null,
    quantity bigint not null check (quantity > 0),
    open bigint not null default 0 check (open >= 0),
    picked bigint not null default 0 check (picked >= 0),
    packed bigint not null default 0 check (packed >= 0),
    shipped bigint not null default 0 check (shipped >= 0),
    short bigint not null default 0 check (short >= 0),
    rejected bigint not null default 0 check (rejected >= 0),
    cancelled bigint not null default 0 check (cancelled >= 0),
    primary key (fulfilment_id, line_no),
    check (open + picked + packed + shipped + short + rejected + cancelled = quantity)
);
create index fulfilment_lines_work on fulfilment_lines (sku_id, node_id) where open + picked + packed > 0;
create index fulfilment_lines_order on fulfilment_lines (order_id, line_no);

-- One departure of packages from a node, or one handover at pickup.
create table shipments (
    id uuid not null primary key,
    merchant_id bigint not null,
    order_id uuid not null,
    fulfilment_id uuid not null,
    node_id bigint not null,
    shipment_no integer not null,
    carrier text,
    service text,
    is_pickup boolean not null default false,
    shipped_at_ms bigint not null,
    recorded_at_ms bigint not null,
    unique (fulfilment_id, shipment_no)
);
create index shipments_order on shipments (order_id);

create table packages (
    id uuid not null primary key,
    merchant_id bigint not null,
    order_id uuid not null,
    fulfilment_id uuid not null,
    package_no integer not null,
    shipment_id uuid,
    state text not null check (state in ('labelled', 'voided', 'manifested', 'inTransit', 'outForDelivery', 'availableAtPoint',
        'delivered', 'exception', 'lost', 'returnedToSender')),
    weight_grams bigint check (weight_grams >= 0),
    length_mm bigint check (length_mm >= 0),
    width_mm bigint check (width_mm >= 0),
    height_mm bigint check (height_mm >= 0),
    carrier text,
    service text,
    tracking text,
    state_at_ms bigint not null,
    created_at_ms bigint not null,
    unique (fulfilment_id, package_no)
);
create index packages_order on packages (order_id);
create index packages_tracking on packages (merchant_id, tracking) where tracking is not null;

create table package_lines (
    package_id uuid not null,
    line_no integer not null,
    merchant_id bigint not null,
    quantity bigint not null check (quantity > 0),
    primary key (package_id, line_no)
);

-- Units that were taken off the shelf for nothing: somebody puts them back.
create table put_backs (
    fulfilment_id uuid not null,
    line_no integer not null,
    merchant_id bigint not null,
    node_id bigint not null,
    sku_id bigint not null,
    wanted bigint not null check (wanted >= 0),
    done bigint not null default 0 check (done >= 0),
    asked_at_ms bigint not null,
    done_at_ms bigint,
    primary key (fulfilment_id, line_no)
);
create index put_backs_open on put_backs (merchant_id, node_id, asked_at_ms) where done_at_ms is null;

-- What the world told, so that the same fact twice changes nothing.
create table fulfilment_facts (
    merchant_id bigint not null,
    fact_key text not null,
    order_id uuid not null,
    fulfilment_id uuid,
    kind text not null,
    at_ms bigint not null,
    recorded_at_ms bigint not null,
    primary key (merchant_id, fact_key)
);

-- Claims on which no node works yet: what the automatic release looks at.
create index allocations_idle on allocations (merchant_id, order_id) where quantity > in_work;
