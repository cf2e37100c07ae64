-- Strategies by which a merchant says how orders are sent. What is worked on is the draft; a version that was published never changes again.
create table routing_strategies (
    merchant_id bigint not null references merchants (id),
    code text not null,
    name text not null,
    draft text,
    version bigint not null default 1,
    created_at_ms bigint not null,
    updated_at_ms bigint not null,
    primary key (merchant_id, code)
);

create table routing_versions (
    merchant_id bigint not null,
    strategy text not null,
    number bigint not null check (number > 0),
    rules text not null,
    published_at_ms bigint not null,
    published_by text not null,
    primary key (merchant_id, strategy, number)
);

-- What a version is used for. One of a merchant is live, and one watches.
create table routing_stages (
    merchant_id bigint not null,
    strategy text not null,
    number bigint not null,
    state text not null check (state in ('checked', 'live', 'shadow', 'retired')),
    changed_at_ms bigint not null,
    changed_by text not null,
    primary key (merchant_id, strategy, number)
);
create unique index routing_stages_live on routing_stages (merchant_id) where state = 'live';
create unique index routing_stages_shadow on routing_stages (merchant_id) where state = 'shadow';

-- Where places are, by country and beginning of the postcode, for distances.
create table routing_places (
    merchant_id bigint not null,
    country text not null,
    prefix text not null,
    latitude_micro bigint not null check (latitude_micro between -90000000 and 90000000),
    longitude_micro bigint not null check (longitude_micro between -180000000 and 180000000),
    primary key (merchant_id, country, prefix)
);

-- What strategies know nodes by.
alter table nodes add column node_groups text not null default '[]';
alter table nodes add column attributes text not null default '{}';

