-- Changes to orders that wait for a node to put goods back. The wish may hold an address, so it goes when the edit has ended.
create table order_edits (
    order_id uuid not null,
    edit_no integer not null,
    merchant_id bigint not null,
    state text not null check (state in ('asked', 'made', 'failed', 'dropped')),
    wish text,
    asked_by text not null,
    asked_at_ms bigint not null,
    ended_at_ms bigint,
    primary key (order_id, edit_no)
);
create index order_edits_asked on order_edits (asked_at_ms) where state = 'asked';
