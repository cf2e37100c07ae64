-- A new database is usable at once: one merchant, channel web, node MAIN.
insert into merchants (code, name, base_currency, created_at_ms) values ('main', 'My shop', 'GBP', 0);
insert into catalog_versions (merchant_id, version) select id, 1 from merchants;
insert into channels (merchant_id, code, name, on_short) select id, 'web', 'Web shop', 'refuse' from merchants;
insert into nodes (code, name, kind, country, created_at_ms) values ('MAIN', 'Main warehouse', 'warehouse', 'GB', 0);
insert into node_merchants (node_id, merchant_id) select n.id, m.id from nodes n cross join merchants m;
insert into number_series (merchant_id, series, prefix, next) select id, 'sales', '', 1001 from merchants;
