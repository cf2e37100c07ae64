using Npgsql;
using Switchyard.Database;

namespace Switchyard.Tests;

/// <summary>A database of each kind with all migrations run, once a process; tests begin with a copy of it.</summary>
internal static class Template
{
    private static readonly Lazy<Task<string>> Sqlite = new(async () =>
    {
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        await Migrator.Run(settings, TimeProvider.System);
        return settings.SqlitePath;
    });

    private static readonly Lazy<Task<string>> Postgres = new(async () =>
    {
        string made = TestPostgres.CreateDatabase();
        await Migrator.Run(DatabaseSettings.Parse(made + ";Pooling=false"), TimeProvider.System);
        // The first to come in after that writes down where the catalog's tables are, for all who come later: copies have it too.
        await using (var first = new NpgsqlConnection(made + ";Pooling=false")) await first.OpenAsync();
        return new NpgsqlConnectionStringBuilder(made).Database!;
    });

    public static async Task<DatabaseSettings> Copy(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Postgres) return DatabaseSettings.Parse(TestPostgres.CreateDatabase(await Postgres.Value));
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        File.Copy(await Sqlite.Value, settings.SqlitePath);
        return settings;
    }
}
