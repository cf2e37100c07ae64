-- Rules by which orders are held and sorted when they come in, and what holds tell beyond their reason.

-- A rule of the house (OrderPolicy.Defaults) holds as it is until a row of the same code replaces it. rule is JSON.
create table hold_rules (
    merchant_id bigint not null references merchants (id),
    code text not null,
    rule text not null,
    version bigint not null default 1,
    updated_at_ms bigint not null,
    primary key (merchant_id, code)
);

create table intake_rules (
    merchant_id bigint not null references merchants (id),
    code text not null,
    rule text not null,
    version bigint not null default 1,
    updated_at_ms bigint not null,
    primary key (merchant_id, code)
);

-- By what the same customer and the same basket are known again: 64 bits of a hash each, never the words themselves.
alter table orders add column email_key bigint;
alter table orders add column phone_key bigint;
alter table orders add column place_key bigint;
alter table orders add column basket_key bigint;
create index orders_email_key on orders (merchant_id, email_key, placed_at_ms) where email_key is not null;
create index orders_phone_key on orders (merchant_id, phone_key, placed_at_ms) where phone_key is not null;
create index orders_place_key on orders (merchant_id, place_key, placed_at_ms) where place_key is not null;

-- subject: the SKU's key of a hold that a product or price mends. explanation: JSON, the signals of a score.
alter table holds add column subject text;
alter table holds add column other_order_id uuid;
alter table holds add column explanation text;
create index holds_listed on holds (merchant_id, opened_at_ms, order_id, hold_no) where state = 'open';
create index holds_owned on holds (merchant_id, owner, opened_at_ms, order_id, hold_no) where state = 'open' and owner is not null;
create index holds_subject on holds (merchant_id, kind, subject) where state = 'open' and subject is not null;
create index holds_other on holds (other_order_id) where state = 'open' and other_order_id is not null;
create index holds_expiring on holds (expires_at_ms) where state = 'open' and expires_at_ms is not null;
create index holds_escalating on holds (escalate_at_ms) where state = 'open' and escalate_at_ms is not null and escalated_at_ms is null;

-- What needs a person, oldest first.
create index orders_at_risk on orders (merchant_id, at_risk_since_ms, id) where at_risk_since_ms is not null and ended_at_ms is null;
create index orders_expired on orders (merchant_id, ended_at_ms, id) where state = 'expired';
create index order_lines_overdue on order_lines (merchant_id, expected_at_ms, order_id, line_no)
    where expected_at_ms is not null and backordered + preordered + unallocated > 0;
create index exceptions_opened on exceptions (merchant_id, opened_at_ms, id) where state = 'open';
