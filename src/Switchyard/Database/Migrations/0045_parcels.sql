-- Parcels are listed by themselves, the newest first and by where they are; and how a merchant's services are chosen.
create index packages_listed on packages (merchant_id, created_at_ms, id);
create index packages_state on packages (merchant_id, state, created_at_ms, id);
create index carrier_labels_state on carrier_labels (merchant_id, state) where state in ('wanted', 'booked', 'failed', 'voiding', 'manifested');

create table shipping_settings (
    merchant_id bigint not null primary key references merchants (id),
    policy text not null check (policy in ('cheapest', 'fastest', 'cheapestInTime', 'greenest')),
    version bigint not null default 1,
    changed_at_ms bigint not null
);
