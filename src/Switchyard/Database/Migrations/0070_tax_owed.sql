-- Who owes the tax of an order to the state: we, or the channel that sold it and collected it. It never changes once the order is placed.
alter table orders add column tax_owed_by text not null default 'merchant' check (tax_owed_by in ('merchant', 'channel'));
update orders set tax_owed_by = 'channel' where metadata like '%"taxCollectedBy":"channel"%';

-- Sales of channels in the merchant's own currency beside the currency they were made in: each order at the rate of the time it was placed. without_rate: orders that had none.
-- channel_tax_minor: of the total, tax that the channel owes.
alter table channel_sales add column base_minor bigint not null default 0;
alter table channel_sales add column without_rate bigint not null default 0;
alter table channel_sales add column channel_tax_minor bigint not null default 0;

-- What was summed before had neither: it is summed anew from the log.
delete from channel_sales;
delete from parked_events where consumer = 'channel_sales';
delete from consumers where name = 'channel_sales';
