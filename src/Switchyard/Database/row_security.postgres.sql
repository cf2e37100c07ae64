-- Runs after migrations: every table whose rows belong to a merchant has the wall of 0002.
do $$
declare t text;
begin
    for t in select c.table_name from information_schema.columns c
              where c.table_schema = 'public' and c.column_name = 'merchant_id'
                and not exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = c.table_name and p.policyname = 'merchant_scope') loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy merchant_scope on %I using (merchant_id = any ((select switchyard_merchants())::bigint[]))', t);
    end loop;
end $$;
