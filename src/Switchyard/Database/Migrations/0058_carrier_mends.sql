-- Labels, manifests and parcels of carriers: what is being taken back, what nobody tells of, and what is to be gone on with.

-- The label of a package is being taken back: it does not leave under it.
alter table packages add column is_unlabelling boolean not null default false;
-- Its carrier tells nothing of where it is.
alter table packages add column is_untracked boolean not null default false;

-- When the carrier refused to take the label of an opened package back; it is not asked again by itself.
alter table carrier_labels add column void_refused_ms bigint;

-- The label that is being voided there, so that nobody takes it for ours; and since when it is looked for.
alter table carrier_orphans add column voiding_key text;
alter table carrier_orphans add column since_ms bigint not null default 0;
update carrier_orphans set since_ms = due_at_ms;

-- All parcels of the list leave with it, and not all have yet.
alter table carrier_manifests add column is_leaving boolean not null default false;
create index carrier_manifests_leaving on carrier_manifests (due_at_ms) where is_leaving;

-- A carrier without an interface is never silent: it tells nothing.
update packages set is_untracked = true where tracking is not null and id in (
    select l.package_id from carrier_labels l join carrier_accounts a on a.id = l.account_id where a.adapter = 'table' and l.state in ('booked', 'manifested'));
update carrier_labels set poll_at_ms = null where poll_at_ms is not null and account_id in (select a.id from carrier_accounts a where a.adapter = 'table');
