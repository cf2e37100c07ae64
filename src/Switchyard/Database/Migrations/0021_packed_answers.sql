-- Answers of placed orders are kept compressed: whole, they were the largest part of what an order leaves in the database.
alter table idempotency_keys add column packed bytea;
