using Npgsql;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Tests.Database;

/// <summary>
/// The second wall on PostgreSQL: even a statement that forgets its merchant sees only the merchants it was begun for. Every
/// table that has a merchant_id is filled for two merchants and probed.
/// </summary>
[Trait("Kind", "Database"), Capability("P21")]
public sealed class RowSecurityTests
{
    [Fact]
    public async Task The_servers_role_sees_in_every_table_only_the_merchants_it_works_for()
    {
        var (settings, tables) = await Filled();
        await using var connection = await Open(settings.ConnectionString, DatabaseSettings.PlainRole);
        foreach (string table in tables)
        {
            (await Others(connection, table, "1")).ShouldBe((1, 0), table);
            (await Others(connection, table, "")).ShouldBe((0, 0), table);
            (await Others(connection, table, "1,2")).ShouldBe((1, 1), table);
        }
    }

    [Fact]
    public async Task The_same_probe_run_as_a_superuser_would_leak_in_every_table()
    {
        var (settings, tables) = await Filled();
        await using var connection = await Open(TestPostgres.AsSuperuser(settings.ConnectionString), null);
        foreach (string table in tables) (await Others(connection, table, "1")).ShouldBe((1, 1), table);
    }

    [Fact]
    public async Task The_servers_role_cannot_write_for_another_merchant()
    {
        var (settings, tables) = await Filled();
        await using var connection = await Open(settings.ConnectionString, DatabaseSettings.PlainRole);
        await Execute(connection, "select set_config('switchyard.merchants', '1', false)");
        foreach (string table in tables)
            (await Should.ThrowAsync<PostgresException>(() => Execute(connection, $"insert into {table} (merchant_id) values (2)"), table)).SqlState.ShouldBe("42501", table);
        (await Should.ThrowAsync<PostgresException>(() => Execute(connection, "update catalog_versions set merchant_id = 2"))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task A_statement_of_the_server_that_forgets_its_merchant_still_sees_only_its_own()
    {
        var (settings, _) = await Filled();
        await using var db = new Db(settings, TimeProvider.System);
        foreach (long merchant in (long[])[1, 2])
        {
            var seen = await db.Read(Actor.House("test", merchant), work => work.Query("select merchant_id from stock", row => row.Long()));
            seen.ShouldBe([merchant]);
        }
        (await db.ReadAll(work => work.Query("select merchant_id from stock order by merchant_id", row => row.Long()))).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("update events set reason = 'x'")]
    [InlineData("delete from events")]
    [InlineData("update stock_ledger set on_hand = 0")]
    [InlineData("delete from stock_ledger")]
    [InlineData("select checksum from schema_version")]
    public async Task The_servers_role_may_not_rewrite_what_is_only_added_to(string statement)
    {
        var (settings, _) = await Filled();
        await using var connection = await Open(settings.ConnectionString, DatabaseSettings.PlainRole);
        (await Should.ThrowAsync<PostgresException>(() => Execute(connection, statement))).SqlState.ShouldBe("42501");
    }

    /// <summary>A database with one row of merchant 1 and one of merchant 2 in every table that has a merchant_id, and only those.</summary>
    private static async Task<(DatabaseSettings, IReadOnlyList<string>)> Filled()
    {
        var settings = Shop.NewDatabase(DatabaseKind.Postgres);
        await Migrator.Run(settings, TimeProvider.System);
        await using var connection = await Open(TestPostgres.AsSuperuser(settings.ConnectionString), null);
        // Rows need not make sense here, only to exist; so whatever would judge them is taken away first.
        await Execute(connection,
            """
            do $$ declare k record; begin
                for k in select conrelid::regclass as t, conname from pg_constraint where contype in ('c', 'f') and connamespace = 'public'::regnamespace loop
                    execute format('alter table %s drop constraint %I', k.t, k.conname);
                end loop;
            end $$
            """);
        var tables = await Texts(connection, "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'merchant_id' order by 1");
        tables.Count.ShouldBeGreaterThan(20);
        foreach (string table in tables)
        {
            await Execute(connection, $"delete from {table}");
            var columns = await Texts(connection,
                $"select column_name || ' ' || data_type from information_schema.columns where table_name = '{table}' and table_schema = 'public' and column_name <> 'merchant_id' and is_identity = 'NO' and is_generated = 'NEVER'");
            foreach (int merchant in (int[])[1, 2])
            {
                var values = columns.Select(c => c.Split(' ', 2)[1] switch
                {
                    "uuid" => $"'00000000-0000-0000-0000-00000000000{merchant}'",
                    "bytea" => $"'\\x0{merchant}'",
                    "boolean" => "true",
                    "text" => $"'{merchant}'",
                    _ => $"{merchant}",
                });
                await Execute(connection, $"insert into {table} (merchant_id{string.Concat(columns.Select(c => ", " + c.Split(' ')[0]))}) values ({merchant}{string.Concat(values.Select(v => ", " + v))})");
            }
        }
        return (settings, tables);
    }

    private static async Task<(long Own, long Others)> Others(NpgsqlConnection connection, string table, string merchants)
    {
        await Execute(connection, $"select set_config('switchyard.merchants', '{merchants}', false)");
        await using var command = new NpgsqlCommand($"select count(*) filter (where merchant_id = 1), count(*) filter (where merchant_id <> 1) from {table}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task<NpgsqlConnection> Open(string connectionString, string? role)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (role is not null) builder.Options = $"-c role={role}";
        var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> Texts(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }
}
