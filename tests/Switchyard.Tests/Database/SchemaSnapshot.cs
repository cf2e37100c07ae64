using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using Switchyard.Database;

namespace Switchyard.Tests.Database;

/// <summary>
/// A database's tables, columns, keys and indexes as sorted lines in words both databases share, so that two schemas are
/// equal exactly when their lines are.
/// </summary>
public static partial class SchemaSnapshot
{
    public static async Task<IReadOnlyList<string>> Of(DatabaseSettings settings)
    {
        await using DbConnection connection = settings.Kind == DatabaseKind.Sqlite ? new SqliteConnection(settings.ConnectionString) : new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        var lines = settings.Kind == DatabaseKind.Sqlite ? await OfSqlite(connection) : await OfPostgres(connection);
        return [.. lines.Distinct().OrderBy(line => line, StringComparer.Ordinal)];
    }

    private static async Task<List<string>> OfSqlite(DbConnection connection)
    {
        var lines = new List<string>();
        foreach (string[] table in await Rows(connection, "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%'"))
        {
            lines.Add($"table {table[0]}");
            var columns = await Rows(connection, $"select name, lower(type), \"notnull\", coalesce(dflt_value, ''), pk from pragma_table_xinfo('{table[0]}')");
            foreach (string[] column in columns)
            {
                bool identity = column[4] == "1" && table[1].Contains("autoincrement", StringComparison.OrdinalIgnoreCase) && column[1] == "integer";
                lines.Add(Column(table[0], column[0], identity ? "identity" : column[1], identity || column[2] == "1", column[3]));
            }
            lines.Add($"key {table[0]} ({string.Join(", ", columns.Where(c => c[4] != "0").OrderBy(c => int.Parse(c[4], System.Globalization.CultureInfo.InvariantCulture)).Select(c => c[0]))})");
            foreach (string[] index in await Rows(connection, $"select name, \"unique\", origin from pragma_index_list('{table[0]}') where origin <> 'pk'"))
            {
                var parts = await Rows(connection, $"select coalesce(name, '?') from pragma_index_info('{index[0]}') order by seqno");
                string sql = (await Rows(connection, $"select coalesce(sql, '') from sqlite_master where name = '{index[0]}'"))[0][0];
                lines.Add(Index(table[0], index[2] == "c" ? index[0] : "", index[1] == "1", string.Join(", ", parts.Select(p => p[0])), Where().Match(sql).Groups[1].Value));
            }
            foreach (string[] reference in await Rows(connection, $"select \"from\", \"table\", coalesce(\"to\", 'id') from pragma_foreign_key_list('{table[0]}')"))
                lines.Add($"reference {table[0]}.{reference[0]} to {reference[1]}.{reference[2]}");
        }
        return lines;
    }

    private static async Task<List<string>> OfPostgres(DbConnection connection)
    {
        var lines = (await Rows(connection, "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")).Select(t => $"table {t[0]}").ToList();
        foreach (string[] c in await Rows(connection,
            "select table_name, column_name, data_type, is_nullable, coalesce(column_default, ''), is_identity from information_schema.columns where table_schema = 'public'"))
            lines.Add(Column(c[0], c[1], c[5] == "YES" ? "identity" : c[2] is "uuid" or "bytea" ? "blob" : c[2], c[3] == "NO", c[4]));
        foreach (string[] i in await Rows(connection,
            """
            select t.relname, x.relname, i.indisunique::text, i.indisprimary::text, exists (select from pg_constraint k where k.conindid = i.indexrelid)::text,
                   (select string_agg(coalesce(a.attname, '?'), ', ' order by k.n) from unnest(i.indkey::smallint[]) with ordinality k(no, n)
                      left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.no),
                   coalesce(pg_get_expr(i.indpred, t.oid), '')
              from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid where t.relnamespace = 'public'::regnamespace
            """))
            lines.Add(i[3] == "true" ? $"key {i[0]} ({i[5]})" : Index(i[0], i[4] == "true" ? "" : i[1], i[2] == "true", i[5], i[6]));
        foreach (string[] k in await Rows(connection,
            """
            select t.relname, a.attname, f.relname, b.attname from pg_constraint k
              join pg_class t on t.oid = k.conrelid join pg_class f on f.oid = k.confrelid
              cross join generate_subscripts(k.conkey, 1) i
              join pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[i] join pg_attribute b on b.attrelid = f.oid and b.attnum = k.confkey[i]
             where k.contype = 'f'
            """))
            lines.Add($"reference {k[0]}.{k[1]} to {k[2]}.{k[3]}");
        return lines;
    }

    private static string Column(string table, string name, string type, bool required, string initial) =>
        $"column {table}.{name} {type}{(required ? " not null" : "")}{(initial.Length > 0 ? " default " + Plain(initial) : "")}";

    private static string Index(string table, string name, bool unique, string columns, string predicate) =>
        $"{(unique ? "unique " : "")}index {name} on {table} ({columns}){(predicate.Length > 0 ? " where " + Plain(predicate) : "")}";

    // (state = 'open'::text) and state = 'open' are the same, and so are = any (array[…]) and in (…).
    private static string Plain(string expression) => Noise().Replace(expression, "").ToLowerInvariant().Replace("= any array", "in ", StringComparison.Ordinal).Trim();

    private static async Task<List<string[]>> Rows(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)!)]);
        return rows;
    }

    [GeneratedRegex(@"::[a-z ]+|[()\[\]]")] private static partial Regex Noise();
    [GeneratedRegex(@"\bwhere\s+(.*)$", RegexOptions.Singleline | RegexOptions.IgnoreCase)] private static partial Regex Where();
}
