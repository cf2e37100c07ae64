-- A predicate over balances is a column of the index to PostgreSQL: with it no update of a balance could stay on its page, and each wrote an
-- entry into every index of the table. A column that seldom changes costs none of that.
drop index stock_deficit;
alter table stock add column is_deficit boolean generated always as (on_hand - unavailable - allocated < 0) stored;
create index stock_deficit on stock (merchant_id, sku_id, node_id) where is_deficit;
