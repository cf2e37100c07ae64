using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>The first picture of products, for those who must tell them apart.</summary>
public static class ProductPictures
{
    /// <summary>By product; one without a picture is not in it.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> Of(Work work, IEnumerable<long> products) => (await work.Query(
        "select product_id, id from product_images where merchant_id = @merchant and product_id = any(@ids) order by product_id, position, id",
        row => (Product: row.Long(), Image: new ImageId(row.Uuid())), ("ids", products.Distinct().ToArray())))
        .GroupBy(p => p.Product).ToDictionary(g => g.Key, g => $"/api/v1/images/{g.First().Image}");

    /// <summary>By SKU, as <c>Text.Key</c> writes it; one without a picture is not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfSkus(Work work, IEnumerable<string> skus) => (await work.Query(
        """
        select p.sku_key, i.id from products p join product_images i on i.product_id = p.id and i.merchant_id = @merchant
         where p.merchant_id = @merchant and p.sku_key = any(@keys) order by p.sku_key, i.position, i.id
        """, row => (Sku: row.Text(), Image: new ImageId(row.Uuid())), ("keys", skus.Select(Text.Key).Distinct().ToArray())))
        .GroupBy(p => p.Sku).ToDictionary(g => g.Key, g => $"/api/v1/images/{g.First().Image}", StringComparer.Ordinal);
}
