using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>The door for whoever handles single units: whose lots or serial numbers are kept.</summary>
public static class ProductTracking
{
    /// <summary>Of these SKUs what is kept, by <c>Text.Key</c>; those of which nothing is kept are missing.</summary>
    public static async Task<IReadOnlyDictionary<string, Tracks>> Of(Work work, IEnumerable<string> skus) => (await work.Query(
        """
        select p.sku_key, t.tracks from products p join product_tracking t on t.sku_id = p.id and t.merchant_id = @merchant
         where p.merchant_id = @merchant and p.sku_key = any(@keys) and t.tracks <> 'none'
        """, row => (Key: row.Text(), Tracks: Enum.Parse<Tracks>(row.Text(), ignoreCase: true)), ("keys", skus.Select(Text.Key).Distinct().ToArray()))).ToDictionary(t => t.Key, t => t.Tracks, StringComparer.Ordinal);
}
