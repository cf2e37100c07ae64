-- Webhooks: who is told what, and what became of each telling.
-- failures counts failed tries in a row; while a receiver rests nothing is sent to it. node_ids null: made by somebody who sees all nodes.
create table webhook_endpoints (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    url text not null,
    description text not null default '',
    kinds text not null,
    channels text,
    node_ids text,
    state text not null check (state in ('active', 'paused', 'disabled', 'deleted')),
    state_reason text,
    from_position bigint not null,
    failures bigint not null default 0,
    failing_since_ms bigint,
    rest_until_ms bigint not null default 0,
    created_by text not null,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    version bigint not null default 1
);
create index webhook_endpoints_merchant on webhook_endpoints (merchant_id, id);

-- Encrypted with the data protection keys. Every secret that is not retired signs.
create table webhook_secrets (
    endpoint_id uuid not null references webhook_endpoints (id),
    secret_no integer not null,
    merchant_id bigint not null,
    secret text not null,
    created_at_ms bigint not null,
    retires_at_ms bigint,
    primary key (endpoint_id, secret_no)
);

-- One entry of the log for one endpoint. Deliveries of a lane (an order, or another thing) go out one after the other, in the order of position.
create table webhook_deliveries (
    endpoint_id uuid not null,
    position bigint not null,
    merchant_id bigint not null,
    lane text not null,
    aggregate_kind text not null,
    aggregate_id text not null,
    seq bigint not null,
    kind text not null,
    state text not null check (state in ('waiting', 'delivered', 'failed', 'discarded')),
    attempts integer not null default 0,
    tries integer not null default 0,
    first_tried_at_ms bigint,
    last_tried_at_ms bigint,
    next_try_at_ms bigint,
    status integer,
    error text,
    created_at_ms bigint not null,
    primary key (endpoint_id, position)
);
create index webhook_deliveries_open on webhook_deliveries (endpoint_id, lane, position) where state = 'waiting';
create index webhook_deliveries_state on webhook_deliveries (endpoint_id, state, position);
create index webhook_deliveries_age on webhook_deliveries (created_at_ms);

-- A lane exists while something in it waits. Whoever holds the newest fence sends its first delivery; the lease lets others take over from the dead.
create table webhook_lanes (
    endpoint_id uuid not null,
    lane text not null,
    merchant_id bigint not null,
    due_at_ms bigint not null,
    lease_until_ms bigint not null default 0,
    fence bigint not null default 0,
    primary key (endpoint_id, lane)
);
create index webhook_lanes_due on webhook_lanes (endpoint_id, due_at_ms);

create table webhook_attempts (
    endpoint_id uuid not null,
    position bigint not null,
    attempt_no integer not null,
    merchant_id bigint not null,
    at_ms bigint not null,
    duration_ms bigint not null,
    status integer,
    error text,
    response text not null default '',
    primary key (endpoint_id, position, attempt_no)
);
