-- Screens over zones and over the services of a node are saved over a version: whoever is second is told.
alter table nodes add column lanes_version bigint not null default 1;
alter table zones add column version bigint not null default 1;
