-- What may be given instead of a product that is not on the shelf, the best first; and of a line whether its customer takes another product, and which line it stands in for.
create table product_substitutes (
    product_id bigint not null references products (id),
    place integer not null check (place > 0),
    merchant_id bigint not null,
    substitute_id bigint not null references products (id),
    primary key (product_id, place),
    unique (product_id, substitute_id),
    check (substitute_id <> product_id)
);
create index product_substitutes_merchant on product_substitutes (merchant_id);
create index product_substitutes_of on product_substitutes (substitute_id);

alter table order_lines add column may_substitute boolean not null default false;
alter table order_lines add column substitute_for integer;
