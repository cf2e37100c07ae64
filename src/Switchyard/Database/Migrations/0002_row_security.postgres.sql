-- The second wall: the server's plain role sees only the merchants named by switchyard.merchants.
create function switchyard_merchants() returns bigint[] language sql stable parallel safe as
    $$ select string_to_array(nullif(current_setting('switchyard.merchants', true), ''), ',')::bigint[] $$;

do $$
declare t text;
begin
    if not exists (select from pg_roles where rolname = 'switchyard_app') then
        begin
            create role switchyard_app nologin nosuperuser nobypassrls;
        exception when duplicate_object or unique_violation then null;   -- another database of the cluster was quicker
        end;
    end if;
    if not pg_has_role(current_user, 'switchyard_app', 'member') then
        execute format('grant switchyard_app to %I', current_user);
    end if;
    grant usage on schema public to switchyard_app;
    grant select, insert, update, delete on all tables in schema public to switchyard_app;
    grant usage, select on all sequences in schema public to switchyard_app;
    alter default privileges in schema public grant select, insert, update, delete on tables to switchyard_app;
    alter default privileges in schema public grant usage, select on sequences to switchyard_app;
    revoke update, delete, truncate on events, stock_ledger, event_seals from switchyard_app;
    revoke all on schema_version from switchyard_app;
    for t in select c.table_name from information_schema.columns c
             where c.table_schema = 'public' and c.column_name = 'merchant_id' loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy merchant_scope on %I using (merchant_id = any ((select switchyard_merchants())::bigint[]))', t);
    end loop;
end $$;

alter table orders set (fillfactor = 90);
alter table stock set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
alter table order_lines set (fillfactor = 90);
