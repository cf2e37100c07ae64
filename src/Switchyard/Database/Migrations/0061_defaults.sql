-- Whether another product may go instead where an order does not say so: the customer's word, else the channel's.
alter table channels add column allow_substitutes boolean not null default false;
alter table customers add column allow_substitutes boolean;

-- A partner has one webhook for each set of its nodes. Of those that were made at the same moment, the one that was used stays.
update webhook_endpoints set state = 'deleted' where is_partner and state <> 'deleted' and exists (
    select 1 from webhook_endpoints e where e.merchant_id = webhook_endpoints.merchant_id and e.node_ids = webhook_endpoints.node_ids and e.is_partner and e.state <> 'deleted' and e.id < webhook_endpoints.id);
delete from webhook_secrets where endpoint_id in (select id from webhook_endpoints where state = 'deleted');
create unique index webhook_endpoints_partner on webhook_endpoints (merchant_id, node_ids) where is_partner and state <> 'deleted';

-- Collections that a carrier is being asked for, or was: one for a place and a time. number is null until the carrier has answered; who asks holds it until then.
create table carrier_pickup_asks (
    account_id uuid not null references carrier_accounts (id),
    node_id bigint not null references nodes (id),
    from_ms bigint not null,
    to_ms bigint not null,
    merchant_id bigint not null references merchants (id),
    claim uuid not null,
    until_ms bigint not null,
    number text,
    primary key (account_id, node_id, from_ms, to_ms)
);
insert into carrier_pickup_asks (account_id, node_id, from_ms, to_ms, merchant_id, claim, until_ms, number)
select p.account_id, p.node_id, p.from_ms, p.to_ms, p.merchant_id, p.account_id, 0, min(p.number) from carrier_pickups p where p.state = 'asked' group by p.account_id, p.node_id, p.from_ms, p.to_ms, p.merchant_id;
