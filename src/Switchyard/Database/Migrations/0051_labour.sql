-- What an hour of work costs at a node: of one operative, or (no actor) of whoever is not named.
create table labour_rates (
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    actor text not null default '',
    per_hour_minor bigint not null check (per_hour_minor >= 0),
    currency text not null,
    updated_at_ms bigint not null,
    primary key (merchant_id, node_id, actor)
);
