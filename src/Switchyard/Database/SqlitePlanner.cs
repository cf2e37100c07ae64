using Microsoft.Data.Sqlite;

namespace Switchyard.Database;

/// <summary>
/// Tells SQLite's planner how large tables become. Without numbers it takes "all rows of a merchant" for ten rows, and joins the rows
/// handed to a statement by looking at every row of the merchant for each of them: an import of 20,000 products took six minutes.
/// Numbers from <c>analyze</c> would do on a full database but not on the new one that is being filled.
/// </summary>
internal static class SqlitePlanner
{
    private const long Rows = 1_000_000;

    /// <summary>Columns of which a table holds few different values, and how many.</summary>
    private static readonly Dictionary<string, long> Few = new(StringComparer.Ordinal)
    {
        ["merchant_id"] = 1, ["aggregate_kind"] = 5, ["kind"] = 5, ["state"] = 5, ["currency"] = 5, ["country"] = 5, ["consumer"] = 5, ["series"] = 5,
        ["ship_country"] = 5, ["payment_state"] = 5, ["type"] = 5,
        ["channel_id"] = 10, ["node_id"] = 10, ["zone_id"] = 10,
    };

    /// <summary>Writes the numbers for every index there is. Source: sqlite.org, fileformat2, the sqlite_stat1 table.</summary>
    public static void Teach(SqliteConnection connection)
    {
        var indexes = Read(connection, "select m.name, i.name, i.[unique] from sqlite_master m, pragma_index_list(m.name) i where m.type = 'table' and m.name not like 'sqlite_%'",
            row => (Table: row.GetString(0), Index: row.GetString(1), IsUnique: row.GetInt64(2) == 1));
        Run(connection, "analyze; delete from sqlite_stat1;");
        foreach (var (table, index, isUnique) in indexes)
        {
            var columns = Read(connection, $"select coalesce(name, '') from pragma_index_info('{index}') order by seqno", row => row.GetString(0));
            Run(connection, $"insert into sqlite_stat1 (tbl, idx, stat) values ('{table}', '{index}', '{string.Join(' ', Numbers(columns, isUnique))}')");
        }
        Run(connection, "analyze sqlite_schema;");
    }

    /// <summary>The rows of the table, then for each further column how many rows share the values of the columns so far.</summary>
    internal static IEnumerable<long> Numbers(IReadOnlyList<string> columns, bool isUnique)
    {
        long alike = Rows;
        yield return Rows;
        for (int i = 0; i < columns.Count; i++)
        {
            alike = Math.Max(1, alike / Few.GetValueOrDefault(columns[i], 100_000));
            yield return isUnique && i == columns.Count - 1 ? 1 : alike;
        }
    }

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
