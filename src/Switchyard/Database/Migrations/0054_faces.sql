-- Pick faces: from which bin the single units of a SKU are picked at a node, between how many units it is kept, and the tasks that fill it from reserve.

-- One face a SKU and node. short_at_ms: a picker found fewer units there than the books said, and it was not filled since.
create table pick_faces (
    node_id bigint not null references nodes (id),
    sku_id bigint not null references products (id),
    merchant_id bigint not null references merchants (id),
    bin_id bigint not null references bins (id),
    min_units bigint not null check (min_units >= 0),
    max_units bigint not null check (max_units > 0),
    short_at_ms bigint,
    version bigint not null default 1,
    updated_by text not null,
    updated_at_ms bigint not null,
    primary key (node_id, sku_id),
    check (min_units <= max_units)
);
create index pick_faces_merchant on pick_faces (merchant_id, node_id, sku_id);

-- So many units of a lot from a bin to the face. An open one follows the need; a taken one is somebody's. cover: units at the face by a thousand units of its minimum; part_no: of one face what is brought first.
-- A command of a device ends at most one task, and a task is ended by one.
create table refill_tasks (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    node_id bigint not null references nodes (id),
    sku_id bigint not null references products (id),
    from_bin text not null,
    lot text not null default '',
    to_bin text not null,
    zone text not null default '',
    quantity bigint not null check (quantity > 0),
    reason text not null check (reason in ('short', 'orders', 'minimum', 'topUp')),
    is_urgent boolean not null,
    cover bigint not null default 0,
    part_no integer not null default 0,
    state text not null check (state in ('open', 'taken', 'done', 'short', 'gone', 'cancelled')),
    operative text not null default '',
    made_by text not null,
    created_at_ms bigint not null,
    taken_at_ms bigint,
    command_id uuid,
    moved bigint not null default 0 check (moved >= 0 and moved <= quantity),
    missing bigint not null default 0 check (missing >= 0),
    ended_at_ms bigint,
    check (from_bin <> to_bin),
    check ((state in ('done', 'short')) = (command_id is not null)),
    check (state <> 'taken' or operative <> '')
);
-- A lot of a bin is carried to the face by one task at a time.
create unique index refill_tasks_live on refill_tasks (node_id, sku_id, from_bin, lot) where state in ('open', 'taken');
create unique index refill_tasks_command on refill_tasks (merchant_id, command_id) where command_id is not null;
create index refill_tasks_work on refill_tasks (merchant_id, node_id, sku_id) where state in ('open', 'taken');
create index refill_tasks_listed on refill_tasks (merchant_id, node_id, id);

-- Where a lot was and went.
create index bin_moves_lot on bin_moves (merchant_id, sku_id, lot, id);
create index receipts_lot on receipts (merchant_id, sku_id, lot) where lot is not null;
