using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Switchyard.Database;

/// <summary>Runs the numbered SQL files that a database has not had yet, each in a transaction, under a lock.</summary>
public static class Migrator
{
    private const long LockKey = 7_309_455_921;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public sealed record Migration(int Number, string Name, string Sql, string Checksum);

    /// <summary>The files of one kind of database, in order; a pair replaces the common file.</summary>
    public static IReadOnlyList<Migration> All(DatabaseKind kind)
    {
        var assembly = typeof(Migrator).Assembly;
        string other = kind == DatabaseKind.Postgres ? ".sqlite.sql" : ".postgres.sql";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Migrations.", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal) && !name.EndsWith(other, StringComparison.Ordinal))
            .Select(name => Load(assembly, name, kind))
            .OrderBy(m => m.Number)];
    }

    /// <summary>Brings the database up to date and returns the names of what was run.</summary>
    /// <exception cref="MigrationException">A file that has already run was changed, or the database is newer than this program.</exception>
    public static async Task<IReadOnlyList<string>> Run(DatabaseSettings settings, TimeProvider clock)
    {
        using var gate = settings.Kind == DatabaseKind.Sqlite ? await SqliteFileLock.Take(settings.SqlitePath, LongestWait) : null;
        await using DbConnection connection = settings.Kind == DatabaseKind.Sqlite
            ? Sqlite.Open(settings.ConnectionString)
            : new NpgsqlConnection(settings.ConnectionString);
        if (connection is NpgsqlConnection) await connection.OpenAsync();
        bool postgres = connection is NpgsqlConnection;
        if (postgres) await Execute(connection, null, $"select pg_advisory_lock({LockKey})");
        try
        {
            await Execute(connection, null, "create table if not exists schema_version (number integer not null primary key, name text not null, checksum text not null, applied_at_ms bigint not null)");
            var done = await Applied(connection);
            var run = new List<string>();
            var all = All(settings.Kind);
            Compare(all, done);
            foreach (var migration in all.Where(m => !done.ContainsKey(m.Number)))
            {
                await Apply(connection, migration, settings.Kind, clock);
                run.Add(migration.Name);
            }
            if (run.Count > 0 && connection is SqliteConnection sqlite) SqlitePlanner.Teach(sqlite);
            if (run.Count > 0 && postgres) await Execute(connection, null, RowSecurity());
            return run;
        }
        finally
        {
            if (postgres) await Execute(connection, null, $"select pg_advisory_unlock({LockKey})");
        }
    }

    /// <summary>Why a command that only reads cannot use this database yet, or null when it can. Makes nothing.</summary>
    public static async Task<string?> Missing(DatabaseSettings settings)
    {
        if (settings.Kind == DatabaseKind.Sqlite && !File.Exists(settings.SqlitePath)) return $"There is no database at {settings.SqlitePath}.";
        await using DbConnection connection = settings.Kind == DatabaseKind.Sqlite ? Sqlite.Open(settings.ConnectionString) : new NpgsqlConnection(settings.ConnectionString);
        if (connection is NpgsqlConnection) await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = settings.Kind == DatabaseKind.Sqlite
            ? "select count(*) from sqlite_master where name = 'schema_version'"
            : "select count(*) from information_schema.tables where table_schema = 'public' and table_name = 'schema_version'";
        var done = Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) == 0 ? [] : await Applied(connection);
        var all = All(settings.Kind);
        Compare(all, done);
        return done.Count == all.Count ? null : "The database is not up to date. Run 'switchyard migrate' first.";
    }

    private static void Compare(IReadOnlyList<Migration> all, Dictionary<int, string> done)
    {
        foreach (var (number, checksum) in done)
        {
            var known = all.FirstOrDefault(m => m.Number == number)
                ?? throw new MigrationException($"The database has migration {number}, which this program does not know: it is older than the database.");
            if (known.Checksum != checksum) throw new MigrationException($"Migration {known.Name} was changed after it ran here.");
        }
    }

    private static async Task Apply(DbConnection connection, Migration migration, DatabaseKind kind, TimeProvider clock)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, transaction, Dialect.Schema(kind, migration.Sql));
        await using var note = connection.CreateCommand();
        note.Transaction = transaction;
        note.CommandText = "insert into schema_version (number, name, checksum, applied_at_ms) values (@number, @name, @checksum, @at)";
        Add(note, "@number", migration.Number);
        Add(note, "@name", migration.Name);
        Add(note, "@checksum", migration.Checksum);
        Add(note, "@at", clock.GetUtcNow().ToUnixTimeMilliseconds());
        await note.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static async Task<Dictionary<int, string>> Applied(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select number, checksum from schema_version";
        await using var reader = await command.ExecuteReaderAsync();
        var done = new Dictionary<int, string>();
        while (await reader.ReadAsync()) done[reader.GetInt32(0)] = reader.GetString(1);
        return done;
    }

    private static async Task Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        if (command is NpgsqlCommand) command.CommandTimeout = 0;       // an index over a large table takes its time, and so does the process that migrates before us
        await command.ExecuteNonQueryAsync();
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <summary>The one repeatable part: no new table of merchants' rows can be without its wall.</summary>
    private static string RowSecurity()
    {
        using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream("row_security")!);
        return reader.ReadToEnd();
    }

    private static Migration Load(Assembly assembly, string resource, DatabaseKind kind)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        string sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        string name = resource[(resource.IndexOf(".Migrations.", StringComparison.Ordinal) + ".Migrations.".Length)..];
        return new Migration(int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name, sql,
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }
}

/// <summary>The database and this program's migration files do not belong together.</summary>
public sealed class MigrationException(string why) : Exception(why);
