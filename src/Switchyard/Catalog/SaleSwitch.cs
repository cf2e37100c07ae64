using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>Takes a SKU out of sale, or back in: every order that is taken after the commit knows it.</summary>
public static class SaleSwitch
{
    /// <summary>The goods with this SKU, as stored; null when there are none.</summary>
    public static Task<(long Id, string Sku)?> Find(Work work, string sku) => !Text.IsStorable(sku) ? Task.FromResult<(long, string)?>(null)
        : First(work.Query("select id, sku from products where merchant_id = @merchant and sku_key = @key and kind = 'goods'", row => (row.Long(), row.Text()), ("key", Text.Key(sku))));

    /// <summary>Says it on the product. Called after its stock is locked, since the version of the catalogue is the last lock a change takes.</summary>
    public static async Task Set(Work work, long id, bool isStopped, DateTimeOffset now)
    {
        await work.Execute("update products set sale_stopped_ms = @at::bigint where id = @id and merchant_id = @merchant",
            ("id", id), ("at", isStopped ? now.ToUnixTimeMilliseconds() : null));
        await CatalogVersion.Bump(work);
    }

    private static async Task<(long, string)?> First(Task<List<(long, string)>> found) => await found is [var only] ? only : null;
}
