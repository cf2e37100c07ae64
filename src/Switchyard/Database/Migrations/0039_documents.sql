-- Documents: who the sender is, templates with their versions, what was made and printed, and printers.

create table document_settings (
    merchant_id bigint not null primary key references merchants (id),
    settings text not null,
    logo bytea,
    version bigint not null default 1,
    updated_at_ms bigint not null
);

-- Versions are never changed; which one is used is said apart. None: the one that comes with the program.
create table document_templates (
    merchant_id bigint not null references merchants (id),
    kind text not null,
    version_no bigint not null,
    body text not null,
    words text not null default '{}',
    note text not null default '',
    created_by text not null,
    created_at_ms bigint not null,
    primary key (merchant_id, kind, version_no)
);

create table document_template_choices (
    merchant_id bigint not null references merchants (id),
    kind text not null,
    version_no bigint not null,
    primary key (merchant_id, kind)
);

-- By the hash of their bytes: the same document twice is kept once.
create table document_files (
    merchant_id bigint not null references merchants (id),
    hash bytea not null,
    content bytea not null,
    primary key (merchant_id, hash)
);

-- node_id null: of several nodes, or of none.
create table documents (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    kind text not null,
    format text not null check (format in ('pdf', 'png', 'zpl203', 'zpl300')),
    language text not null,
    template_version bigint not null default 0,
    subjects text not null,
    node_id bigint references nodes (id),
    is_of_nodes boolean not null default false,
    shows_prices boolean not null default false,
    pages bigint not null,
    byte_count bigint not null,
    hash bytea not null,
    created_by text not null,
    created_at_ms bigint not null
);
create index documents_listed on documents (merchant_id, created_at_ms, id);

-- Each time it was sent to a printer or printed again: who, when, why.
create table document_prints (
    document_id uuid not null references documents (id),
    print_no bigint not null,
    merchant_id bigint not null references merchants (id),
    printed_by text not null,
    reason text,
    printer text,
    printed_at_ms bigint not null,
    primary key (document_id, print_no)
);

create table printers (
    merchant_id bigint not null references merchants (id),
    code_key text not null,
    code text not null,
    node_id bigint not null references nodes (id),
    name text not null,
    kind text not null check (kind in ('label', 'slip', 'a4')),
    format text not null check (format in ('pdf', 'zpl203', 'zpl300')),
    link text not null check (link in ('raw', 'agent')),
    host text,
    port integer not null default 9100,
    is_active boolean not null default true,
    version bigint not null default 1,
    updated_at_ms bigint not null,
    primary key (merchant_id, code_key)
);

-- Which printer of a station takes which kind of document.
create table print_stations (
    merchant_id bigint not null references merchants (id),
    code_key text not null,
    code text not null,
    node_id bigint not null references nodes (id),
    name text not null,
    printers text not null,
    version bigint not null default 1,
    updated_at_ms bigint not null,
    primary key (merchant_id, code_key)
);

-- A job is taken for a lease; whoever dies with it leaves it to the next. So a page may come twice, and never not at all.
create table print_jobs (
    id uuid not null primary key,
    merchant_id bigint not null references merchants (id),
    printer_key text not null,
    document_id uuid not null references documents (id),
    copies bigint not null check (copies > 0),
    state text not null check (state in ('waiting', 'sending', 'printed', 'failed', 'cancelled')),
    attempts bigint not null default 0,
    next_try_ms bigint not null default 0,
    error text,
    asked_by text not null,
    created_at_ms bigint not null,
    updated_at_ms bigint not null
);
create index print_jobs_open on print_jobs (merchant_id, printer_key, created_at_ms, id) where state in ('waiting', 'sending');
create index print_jobs_listed on print_jobs (merchant_id, created_at_ms, id);
