-- Waves that are made by themselves: the rules of a node in JSON, and what became of each time that came.
create table wave_rules (
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    rules text not null,
    version bigint not null default 1,
    updated_by text not null,
    updated_at_ms bigint not null,
    primary key (merchant_id, node_id)
);

-- One row for each time of a rule: a time is run once, however many processes look.
create table wave_rule_runs (
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    rule_code text not null,
    due_at_ms bigint not null,
    outcome text not null check (outcome in ('made', 'nothing', 'few')),
    wave_id uuid references waves (id),
    releases bigint not null default 0,
    run_at_ms bigint not null,
    primary key (merchant_id, node_id, rule_code, due_at_ms)
);
