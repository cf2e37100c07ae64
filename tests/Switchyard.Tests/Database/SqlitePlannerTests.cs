using Microsoft.Data.Sqlite;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Database;

public sealed class SqlitePlannerTests
{
    [Fact]
    public async Task Rows_handed_to_a_statement_are_looked_up_by_the_whole_key_in_a_new_database_already()
    {
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        await Migrator.Run(settings, TimeProvider.System);
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync();
        string source = "(select value->>0 as kind, value->>1 as id from json_each(@rows)) r";
        Plan(connection, $"update event_heads set seq = seq + 1 from {source} where event_heads.merchant_id = @m and event_heads.aggregate_kind = r.kind and event_heads.aggregate_id = r.id")
            .ShouldContain("merchant_id=? AND aggregate_kind=? AND aggregate_id=?");
        Plan(connection, "select sku_key from products where merchant_id = @m and id in (select value from json_each(@rows))").ShouldContain("rowid=?");
        Plan(connection, "delete from product_barcodes where merchant_id = @m and product_id in (select value from json_each(@rows))").ShouldContain("product_id=?");
    }

    [Fact]
    public void Each_further_column_of_an_index_leaves_fewer_rows_alike()
    {
        SqlitePlanner.Numbers(["merchant_id", "sku_key"], isUnique: true).ShouldBe([1_000_000, 1_000_000, 1]);
        SqlitePlanner.Numbers(["merchant_id", "kind", "placed_at_ms"], isUnique: false).ShouldBe([1_000_000, 1_000_000, 200_000, 2]);
    }

    private static string Plan(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + sql;
        command.Parameters.AddWithValue("@rows", "[]");
        command.Parameters.AddWithValue("@m", 1);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }
}
