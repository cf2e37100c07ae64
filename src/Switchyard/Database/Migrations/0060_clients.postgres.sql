-- Clients of a house that works for many: walks of several merchants on one cart, and bills that are approved.

-- cart_id: the cart that goes round for several merchants at once. cart_first: places of the cart before those of this walk.
alter table pick_tours add column cart_id uuid;
alter table pick_tours add column cart_first integer not null default 0;
create index pick_tours_cart on pick_tours (cart_id) where cart_id is not null;

-- A tote stands at one place of the whole cart, whosever it is.
alter table pick_totes add column cart_id uuid;
create unique index pick_totes_cart on pick_totes (cart_id, code) where cart_id is not null;

-- An approved bill: what a merchant is billed for a month, as it stood then. Never changed; what comes later makes another version of the whole month.
-- tariff, lines: prices and amounts as JSON. unpriced: activities that there were and the tariff had no price for, with commas between. entries: of how many activities it is the sum.
create table bills (
    merchant_id bigint not null references merchants (id),
    month text not null,
    version integer not null check (version > 0),
    currency text not null,
    tariff text not null,
    lines text not null,
    unpriced text not null,
    total_minor bigint not null,
    entries bigint not null,
    approved_by text not null,
    approved_name text not null,
    approved_at_ms bigint not null,
    primary key (merchant_id, month, version)
);

-- With which version of its month's bill an activity was billed first; later versions have it too.
create table billed_activities (
    activity_id bigint not null primary key references billable_activities (id),
    merchant_id bigint not null references merchants (id),
    month text not null,
    version integer not null
);
create index billed_activities_bill on billed_activities (merchant_id, month, version);
revoke update, delete, truncate on bills, billed_activities from switchyard_app;
