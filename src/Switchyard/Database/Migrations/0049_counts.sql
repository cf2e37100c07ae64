-- Counts in steps: planned and given to somebody; a large variance is counted again, and then approved by somebody else.
alter table count_tasks add column stage text not null default 'count' check (stage in ('count', 'recount', 'approval'));
alter table count_tasks add column assignee text;
alter table count_tasks add column plan text;
alter table count_tasks add column first_counted bigint;
alter table count_tasks add column first_by text;
alter table count_tasks add column proposed bigint;
alter table count_tasks add column proposed_by text;
alter table count_tasks add column proposed_as_of_ms bigint;
alter table count_tasks add column approved_by text;

-- How a merchant counts at a node. limit_units null: every variance is booked at once.
create table count_settings (
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    limit_units bigint check (limit_units >= 0),
    is_blind boolean not null default true,
    version bigint not null default 1,
    updated_by text not null,
    updated_at_ms bigint not null,
    primary key (merchant_id, node_id)
);
