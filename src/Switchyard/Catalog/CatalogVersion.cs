using Switchyard.Database;

namespace Switchyard.Catalog;

/// <summary>
/// The number that tells a writer of orders whether what it keeps in memory (products, channels, nodes, lanes, rates) is still true.
/// Every change to such a thing calls one of these in its own transaction, as the last lock it takes.
/// </summary>
public static class CatalogVersion
{
    /// <summary>After a change to what belongs to the merchant of this work.</summary>
    public static Task Bump(Work work) =>
        work.Execute("update catalog_versions set version = version + 1 where merchant_id = @merchant");

    /// <summary>After a change to a node: every merchant it serves. The work must have been begun by <see cref="Db.WriteShared"/>.</summary>
    public static Task BumpForNodes(Work work, long[] nodes) => BumpEach(work,
        "select merchant_id from node_merchants where node_id = any(@nodes) /* house */", ("nodes", nodes));

    /// <summary>After a change to what serves everybody (zones). The work must have been begun by <see cref="Db.WriteShared"/>.</summary>
    public static Task BumpForAll(Work work) => BumpEach(work, "select merchant_id from catalog_versions /* house */");

    public static Task<long> Read(Work work) =>
        work.Scalar("select version from catalog_versions where merchant_id = @merchant");

    /// <summary>The same as part of a batch; one row.</summary>
    public static List<long> Read(Batch batch) =>
        batch.Query("select version from catalog_versions where merchant_id = @merchant", row => row.Long());

    /// <summary>All merchants of the house, for <see cref="Db.WriteShared"/>.</summary>
    public static Task<List<long>> Merchants(Db db) =>
        db.ReadAll(work => work.Query("select id from merchants order by id limit 100000", row => row.Long()));

    // The rows are locked in one order, so that two such changes never wait for each other.
    private static async Task BumpEach(Work work, string which, params (string, object?)[] arguments)
    {
        await work.Query($"select merchant_id from catalog_versions where merchant_id in ({which}) /* house */ order by merchant_id for update",
            row => row.Long(), arguments);
        await work.Execute($"update catalog_versions set version = version + 1 where merchant_id in ({which}) /* house */", arguments);
    }
}
