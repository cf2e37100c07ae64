-- What carriers charge, as a document each, read whole and kept in memory; and the nodes that send by them.
create table rate_cards (
    code text not null primary key,
    card text not null,
    version bigint not null default 1,
    changed_at_ms bigint not null
);

create table node_rate_cards (
    node_id bigint not null references nodes (id),
    card text not null references rate_cards (code),
    primary key (node_id, card)
);
