-- EDI: trading partners, the interchanges that came and went, and the messages in them; and folders from which files are imported.

-- control: the number of the last interchange sent to the partner; the next one is taken under this row's lock, so there is no gap. settings is JSON.
create table edi_partners (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    code text not null,
    name text not null,
    channel text,
    node text,
    our_qualifier text not null,
    our_id text not null,
    their_qualifier text not null,
    their_id text not null,
    settings text not null,
    is_active boolean not null default true,
    control bigint not null default 0,
    stock_due_ms bigint,
    version bigint not null default 1,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    unique (merchant_id, code),
    unique (merchant_id, their_qualifier, their_id, our_qualifier, our_id)
);
create index edi_partners_stock on edi_partners (stock_due_ms) where stock_due_ms is not null;

-- taken_no: the control number, of those that count; a repeated one is kept without it. content is emptied after a time.
-- ack_due_ms: until when the partner is to acknowledge it; null once it did, once it was told that it did not (is_overdue), and where none is expected.
create table edi_interchanges (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    partner_id uuid references edi_partners (id),
    direction text not null check (direction in ('in', 'out')),
    control text not null,
    taken_no bigint,
    sender text not null,
    receiver text not null,
    usage text not null,
    sets text not null,
    state text not null check (state in ('taken', 'refused', 'repeated', 'waiting', 'fetched', 'accepted', 'rejected')),
    note text not null default '000',
    content text,
    bytes bigint not null,
    source text not null,
    created_at_ms bigint not null,
    settled_at_ms bigint,
    ack_due_ms bigint,
    is_overdue boolean not null default false
);
create unique index edi_interchanges_no on edi_interchanges (partner_id, direction, taken_no) where taken_no is not null;
create index edi_interchanges_listed on edi_interchanges (merchant_id, id);
create index edi_interchanges_waiting on edi_interchanges (merchant_id, id) where state = 'waiting';
create index edi_interchanges_unacknowledged on edi_interchanges (ack_due_ms) where ack_due_ms is not null;
create index edi_interchanges_overdue on edi_interchanges (partner_id) where is_overdue = true;
create index edi_interchanges_age on edi_interchanges (created_at_ms) where content is not null;

-- about: what an outward message tells of, so that it is told once. place: which set of the interchange it is, from 0. While it is worked on due_at_ms is when the lease ends.
create table edi_messages (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    partner_id uuid not null references edi_partners (id),
    interchange_id uuid references edi_interchanges (id),
    place integer not null default 0,
    direction text not null check (direction in ('in', 'out')),
    set_code text not null,
    control text not null default '',
    group_control text not null default '',
    about text,
    state text not null check (state in ('new', 'done', 'failed', 'refused', 'waiting', 'sent', 'accepted', 'rejected', 'skipped')),
    reference text,
    order_id uuid,
    fulfilment_id uuid,
    faults text not null default '[]',
    tries integer not null default 0,
    due_at_ms bigint not null,
    created_at_ms bigint not null,
    unique (partner_id, set_code, about)
);
create index edi_messages_failed on edi_messages (partner_id) where state = 'failed';
create index edi_messages_of on edi_messages (interchange_id, place);
create index edi_messages_due on edi_messages (due_at_ms) where state in ('new', 'waiting');
create index edi_messages_order on edi_messages (merchant_id, order_id) where order_id is not null;
create index edi_messages_reference on edi_messages (merchant_id, partner_id, set_code, reference);

-- A folder from which files of one kind are imported. rights are those of whoever set it up last: its imports may do what that person may.
create table file_drops (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    code text not null,
    kind text not null,
    mapping text,
    taken_as text,
    channel text,
    is_active boolean not null default true,
    rights text not null,
    who text not null,
    version bigint not null default 1,
    updated_at_ms bigint not null,
    unique (merchant_id, code)
);

-- name: of the file, as it is under way. job_id: null where the file could not even be begun.
create table file_drop_files (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    drop_id uuid not null references file_drops (id),
    name text not null,
    job_id text,
    state text not null check (state in ('running', 'done', 'failed')),
    fault text,
    at_ms bigint not null
);
create unique index file_drop_files_running on file_drop_files (drop_id, name) where state = 'running';
create index file_drop_files_listed on file_drop_files (merchant_id, drop_id, id);
