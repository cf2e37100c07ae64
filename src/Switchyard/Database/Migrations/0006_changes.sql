-- Changes to orders that were placed: money that follows the units, buyers' wishes to cancel.

-- grace_minutes: so long after placing an order is not released; urgent_methods have none. accepts_cancels: a buyer's wish to cancel is
-- granted by itself while nothing has begun.
alter table channels add column grace_minutes bigint not null default 0;
alter table channels add column urgent_methods text not null default '[]';
alter table channels add column accepts_cancels boolean not null default true;

-- billed: units still to be paid, null for all. full_*: the units that the line's discount and the tax given by its source were said for;
-- null until the line's money is changed. full_tax_minor null: the tax follows the rate.
alter table order_lines add column billed bigint;
alter table order_lines add column full_units bigint;
alter table order_lines add column full_discount_minor bigint;
alter table order_lines add column full_tax_minor bigint;

-- A buyer's wish to cancel, told by the channel under its own id.
create table cancel_requests (
    order_id uuid not null,
    request_no integer not null,
    merchant_id bigint not null,
    external_id text not null,
    lines text,
    reason text,
    state text not null check (state in ('open', 'accepted', 'declined')),
    answer text,
    answered_by text,
    opened_at_ms bigint not null,
    answered_at_ms bigint,
    primary key (order_id, request_no),
    unique (order_id, external_id)
);
create index cancel_requests_open on cancel_requests (merchant_id, opened_at_ms) where state = 'open';
