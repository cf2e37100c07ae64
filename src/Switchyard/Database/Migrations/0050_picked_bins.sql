-- What was picked and has not left lies in the bin PICKED of its node, so that a bin is said to hold what lies there. held: units of a note that do.
alter table fulfilment_lots add column held bigint not null default 0 check (held >= 0 and held + shipped <= quantity);
create index fulfilment_lots_held on fulfilment_lots (merchant_id, node_id, sku_id) where held > 0;
