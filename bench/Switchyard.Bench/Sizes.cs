using Microsoft.Data.Sqlite;

namespace Switchyard.Bench;

/// <summary>Row 9 on PostgreSQL: what all tables and indexes grow by while orders are placed, as it lies on disk after a vacuum.</summary>
internal sealed class PostgresSizes(Cluster cluster)
{
    private readonly (double Orders, Dictionary<string, double> Bytes) _before = Look(cluster);

    public void Tell(Report report)
    {
        var after = Look(cluster);
        double orders = after.Orders - _before.Orders;
        var grown = after.Bytes.Select(t => (Table: t.Key, Bytes: (t.Value - _before.Bytes.GetValueOrDefault(t.Key)) / orders)).OrderByDescending(t => t.Bytes).ToList();
        double facts = Row("orders") + 3 * Row("order_lines") + 3 * Row("allocations");
        report.Row(9, "database bytes a 3-line order, PostgreSQL", $"{grown.Sum(s => s.Bytes):0} B", "<= 6 KB",
            $"{grown.Sum(s => s.Bytes) / facts:0.0} x its orders, order_lines and allocations as rows without indexes ({facts:0} B); {orders:0} orders; " +
            string.Join(", ", grown.Where(s => s.Bytes >= 1).Select(s => $"{s.Table} {s.Bytes:0}")));
    }

    private double Row(string table) => double.Parse(cluster.Psql("shop", $"select avg(pg_column_size(t.*)) from (select * from {table} limit 10000) t"));

    private static (double Orders, Dictionary<string, double> Bytes) Look(Cluster cluster)
    {
        cluster.Psql("shop", "vacuum analyze");
        string sizes = cluster.Psql("shop", "select relname || ' ' || pg_total_relation_size(oid) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace");
        return (double.Parse(cluster.Psql("shop", "select count(*) from orders")), sizes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.Contains(':'))
            .Select(l => l.Split(' ')).ToDictionary(p => p[0], p => double.Parse(p[1])));
    }
}

/// <summary>Row 9 on SQLite: what the file grows by.</summary>
internal sealed class SqliteSizes(string file)
{
    private readonly (double Orders, double Bytes) _before = Look(file);

    public void Tell(Report report)
    {
        var after = Look(file);
        double orders = after.Orders - _before.Orders;
        report.Row(9, "database bytes a 3-line order, SQLite", $"{(after.Bytes - _before.Bytes) / orders:0} B", "<= 6 KB", $"the file, its log written back; {orders:0} orders");
    }

    private static (double Orders, double Bytes) Look(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        return (Ask("select count(*) from orders"), Ask("pragma page_count") * Ask("pragma page_size") - Ask("pragma freelist_count") * Ask("pragma page_size"));

        double Ask(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToDouble(command.ExecuteScalar());
        }
    }
}
