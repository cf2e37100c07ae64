-- Imports of orders can be taken back, and webhooks tell no more than their maker may see.

-- Which run of an import stored an order, and which job began that run.
alter table orders add column import_run bigint;
create index orders_import_run on orders (import_run, id) where import_run is not null;
alter table import_runs add column job_no bigint;

-- True: amounts are taken out of what is sent. Webhooks that are there already go on as they were.
alter table webhook_endpoints add column hides_prices boolean not null default false;

-- When it was noted on the log that a quote has expired; null until then, and again once it is quoted anew.
alter table drafts add column expired_at_ms bigint;
create index drafts_expiring on drafts (valid_until_ms) where state = 'quoted' and expired_at_ms is null;

-- Open orders that were never told a date: those from before promises, which get one at start, and those of which nobody knows when they leave.
create index orders_unpromised on orders (merchant_id, id) where promise_version = 0 and ended_at_ms is null;
