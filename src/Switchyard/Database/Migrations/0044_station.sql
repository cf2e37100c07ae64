-- The packing station: what documents are about, which file is which paper of a parcel, parcel numbers, units by lot and serial number, and when a print agent was last here.

create table document_subjects (
    merchant_id bigint not null references merchants (id),
    subject text not null,
    document_id uuid not null references documents (id),
    primary key (merchant_id, subject, document_id)
);

-- The next number of a parcel or pallet under the merchant's GS1 company prefix.
create table sscc_counters (
    merchant_id bigint not null primary key references merchants (id),
    next_no bigint not null check (next_no >= 0)
);

-- Which lots and serial numbers lie in which sealed parcel.
create table packed_units (
    package_id uuid not null,
    line_no integer not null,
    lot text not null default '',
    serial text not null default '',
    merchant_id bigint not null,
    fulfilment_id uuid not null,
    quantity bigint not null check (quantity > 0),
    primary key (package_id, line_no, lot, serial)
);
create index packed_units_fulfilment on packed_units (fulfilment_id);

alter table pack_documents add column document_id uuid;
alter table package_costs add column sscc text;
alter table printers add column seen_at_ms bigint;
create index print_jobs_failed on print_jobs (merchant_id, printer_key) where state = 'failed';
create index print_jobs_of_printer on print_jobs (merchant_id, printer_key, id);
create index pick_totes_code on pick_totes (merchant_id, code);
