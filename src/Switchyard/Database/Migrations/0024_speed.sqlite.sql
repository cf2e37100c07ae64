drop index stock_deficit;
alter table stock add column is_deficit boolean generated always as (on_hand - unavailable - allocated < 0) virtual;
create index stock_deficit on stock (merchant_id, sku_id, node_id) where is_deficit;
