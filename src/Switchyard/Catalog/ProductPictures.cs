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
}
