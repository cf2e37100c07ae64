using Npgsql;

namespace Switchyard.Database;

/// <summary>
/// Which database. <c>SWITCHYARD_DATABASE</c> holds a path (SQLite) or a connection string with <c>Host=</c> (PostgreSQL).
/// </summary>
public sealed record DatabaseSettings(DatabaseKind Kind, string ConnectionString, string SqlitePath)
{
    /// <summary>The plain role under which the server reads and writes on PostgreSQL; row security holds for it.</summary>
    public const string PlainRole = "switchyard_app";

    private const int WriterConnections = 2;

    public static DatabaseSettings Parse(string? text)
    {
        text = string.IsNullOrWhiteSpace(text) ? "switchyard.db" : text.Trim();
        if (text.Contains("Host=", StringComparison.OrdinalIgnoreCase)) return new(DatabaseKind.Postgres, text, "");
        string path = Path.GetFullPath(text.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase) ? text["Data Source=".Length..] : text);
        return new(DatabaseKind.Sqlite, $"Data Source={path};Pooling=false", path);
    }

    /// <summary>Connections of the owner of the tables: migrations, verify, the sealer, sign-in.</summary>
    internal NpgsqlDataSource OwnerSource() => NpgsqlDataSource.Create(Builder(20));

    /// <summary>Connections of the plain role, for everything a caller asks for.</summary>
    internal NpgsqlDataSource ScopedSource() => Scoped(Builder(50));

    /// <summary>
    /// Connections of the plain role for the writer of orders alone: few, so that each stays warm. All it asks is found by a key, however
    /// large the tables are, so a plan is made once and never reads a table from end to end. Left to itself PostgreSQL plans such statements
    /// anew at each run, and once 200 keys are asked for at a time it reads all of 50,000 customers to find them.
    /// </summary>
    internal NpgsqlDataSource WriterSource()
    {
        var builder = Builder(WriterConnections);
        builder.MaxPoolSize = WriterConnections;
        builder.Options = $"-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off {builder.Options}".Trim();
        return Scoped(builder);
    }

    private static NpgsqlDataSource Scoped(NpgsqlConnectionStringBuilder builder)
    {
        builder.Options = $"-c role={PlainRole} {builder.Options}".Trim();
        return NpgsqlDataSource.Create(builder);
    }

    private NpgsqlConnectionStringBuilder Builder(int mostConnections)
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,       // every lease sets its own scope first
            ApplicationName = "switchyard",
        };
        // What a statement is thought to cost is often far too much here, and compiling one takes longer than running it. A page somewhere costs
        // hardly more than the next one, as memory and today's disks are: else thousands of rows named by their keys are found by reading all rows.
        builder.Options = $"-c jit=off -c random_page_cost=1.1 {builder.Options}".Trim();
        if (!ConnectionString.Contains("Max", StringComparison.OrdinalIgnoreCase)) builder.MaxPoolSize = mostConnections;
        return builder;
    }
}
