using Npgsql;
using Shouldly;
using Switchyard.Cli;
using Switchyard.Database;

namespace Switchyard.Tests.Database;

/// <summary>Both databases are made from the same files, end up the same, and notice when a file was changed.</summary>
[Trait("Kind", "Database")]
public sealed class SchemaTests
{
    [Fact]
    public async Task Both_databases_have_the_same_tables_columns_keys_and_indexes()
    {
        var sqlite = await Snapshot(DatabaseKind.Sqlite);
        var postgres = await Snapshot(DatabaseKind.Postgres);
        sqlite.Count.ShouldBeGreaterThan(200);
        string[] onlySqlite = [.. sqlite.Except(postgres)], onlyPostgres = [.. postgres.Except(sqlite)];
        (onlySqlite.Length + onlyPostgres.Length).ShouldBe(0, $"only on SQLite:\n  {string.Join("\n  ", onlySqlite)}\nonly on PostgreSQL:\n  {string.Join("\n  ", onlyPostgres)}");
    }

    [Theory]
    [InlineData("alter table holds alter column reason drop not null")]
    [InlineData("alter table holds add column extra text")]
    [InlineData("alter table products alter column is_active drop default")]
    [InlineData("alter table products alter column weight_grams type integer")]
    [InlineData("drop index orders_external")]
    [InlineData("drop index holds_open; create index holds_open on holds (merchant_id, kind, opened_at_ms) where state = 'released'")]
    [InlineData("drop index orders_number; create index orders_number on orders (merchant_id, number)")]
    [InlineData("create table extra (id bigint primary key)")]
    public async Task Any_difference_of_the_schemas_would_be_seen(string change)
    {
        var settings = await Migrated(DatabaseKind.Postgres);
        var before = await SchemaSnapshot.Of(settings);
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(change, connection);
        await command.ExecuteNonQueryAsync();
        (await SchemaSnapshot.Of(settings)).ShouldNotBe(before);
    }

    [Theory, BothDatabases]
    public async Task A_migration_edited_after_it_ran_is_refused(DatabaseKind kind)
    {
        var settings = await Migrated(kind);
        await Sql(settings, "update schema_version set checksum = 'edited' where number = 2");
        (await Should.ThrowAsync<MigrationException>(() => Migrator.Run(settings, TimeProvider.System))).Message.ShouldContain("was changed after it ran");
        (await SwitchyardProcess.Run(Text(settings), null, "verify")).Code.ShouldBe(ExitCode.CannotRun);
    }

    [Theory, BothDatabases]
    public async Task A_database_newer_than_the_program_is_refused(DatabaseKind kind)
    {
        var settings = await Migrated(kind);
        await Sql(settings, "insert into schema_version (number, name, checksum, applied_at_ms) values (9999, 'later', 'x', 0)");
        (await Should.ThrowAsync<MigrationException>(() => Migrator.Run(settings, TimeProvider.System))).Message.ShouldContain("9999");
    }

    [Theory, BothDatabases]
    public async Task A_database_not_up_to_date_is_not_verified_but_named(DatabaseKind kind)
    {
        var settings = await Migrated(kind);
        int last = Migrator.All(kind)[^1].Number;
        await Sql(settings, $"delete from schema_version where number = {last}");
        (await Migrator.Missing(settings)).ShouldNotBeNull().ShouldContain("migrate");
    }

    [Theory, BothDatabases]
    public async Task Processes_that_migrate_one_new_database_at_once_all_end_well(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        var ended = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SwitchyardProcess.Run(Text(settings), null, "migrate", "--json")));
        foreach (var one in ended) one.Code.ShouldBe(ExitCode.Ok, one.Notes);
        (await Migrator.Missing(settings)).ShouldBeNull();
        (await Migrator.Run(settings, TimeProvider.System)).ShouldBeEmpty("a second run does nothing");
    }

    private static async Task<DatabaseSettings> Migrated(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        (await Migrator.Run(settings, TimeProvider.System)).Count.ShouldBe(Migrator.All(kind).Count);
        return settings;
    }

    private static async Task<IReadOnlyList<string>> Snapshot(DatabaseKind kind) => await SchemaSnapshot.Of(await Migrated(kind));

    private static async Task Sql(DatabaseSettings settings, string sql)
    {
        await using var db = new Db(settings, TimeProvider.System);
        await db.WriteAll(work => work.Execute(sql));
    }

    private static string Text(DatabaseSettings settings) => settings.Kind == DatabaseKind.Sqlite ? settings.SqlitePath : settings.ConnectionString;
}
