-- Whose order it is, by the channel's own id of the buyer: who asks to be forgotten is found by it. Null: the channel says nothing of it, or the buyer is forgotten.
alter table channel_orders add column buyer text;
update channel_orders set buyer = json_extract(told, '$.buyer.reference') where told is not null;
create index channel_orders_buyer on channel_orders (connection_id, buyer) where buyer is not null;

-- What waits of a connection is found without reading all it ever had; what papers share a file, too.
create index channel_orders_waiting on channel_orders (connection_id, due_at_ms) where state = 'waiting';
create index channel_tasks_waiting on channel_tasks (connection_id, due_at_ms) where state = 'waiting';
create index documents_hash on documents (merchant_id, hash);
