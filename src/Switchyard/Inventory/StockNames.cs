using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A product as stock sees it.</summary>
internal sealed record StockedProduct(long Id, string Sku, string Kind);

/// <summary>A node as stock sees it.</summary>
internal sealed record StockNode(long Id, string Code, string Kind, bool IsActive);

/// <summary>
/// Finds the products and nodes a request names, in one round trip. Nodes the caller may not see are as unknown as absent ones.
/// </summary>
internal sealed class StockNames
{
    private readonly Dictionary<string, StockedProduct> _products;
    private readonly Dictionary<string, StockNode> _nodes;

    private StockNames(Dictionary<string, StockedProduct> products, Dictionary<string, StockNode> nodes) => (_products, _nodes) = (products, nodes);

    public StockedProduct? Product(string? sku) => sku is null ? null : _products.GetValueOrDefault(Text.Key(sku));
    public StockNode? Node(string? code) => code is null ? null : _nodes.GetValueOrDefault(Text.Key(code));

    public static async Task<StockNames> Load(Work work, Actor actor, IEnumerable<string?> skus, IEnumerable<string?> nodes)
    {
        var batch = work.Batch();
        var products = batch.Query("select id, sku, sku_key, kind from products where merchant_id = @merchant and sku_key = any(@keys)",
            row => (Product: new StockedProduct(row.Long(), row.Text(), ""), Key: row.Text(), Kind: row.Text()), ("keys", Keys(skus)));
        var found = batch.Query(
            """
            select n.id, n.code, n.kind, n.is_active from node_merchants m join nodes n on n.id = m.node_id
             where m.merchant_id = @merchant and upper(n.code) = any(@codes)
            """, row => new StockNode(row.Long(), row.Text(), row.Text(), row.Bool()), ("codes", Keys(nodes)));
        await batch.Run();
        return new StockNames(products.ToDictionary(p => p.Key, p => p.Product with { Kind = p.Kind }), ByCode(found, actor));
    }

    /// <summary>The named goods, or a fault at the pointer.</summary>
    public StockedProduct? Goods(string? sku, string pointer, Checks checks)
    {
        var product = Product(sku);
        if (product is null) checks.Fault(pointer, StockErrors.UnknownSku, $"There is no product {sku}.");
        else if (product.Kind != "goods") checks.Fault(pointer, StockErrors.NotStocked, $"{product.Sku} is a {product.Kind}; stock is kept of goods only.");
        return product?.Kind == "goods" ? product : null;
    }

    /// <summary>The named node, or a fault at the pointer.</summary>
    public StockNode? Node(string? code, string pointer, Checks checks)
    {
        var node = Node(code);
        if (node is null) checks.Fault(pointer, StockErrors.UnknownNode, $"There is no node {code}.");
        return node;
    }

    private static Dictionary<string, StockNode> ByCode(IEnumerable<StockNode> nodes, Actor actor) =>
        nodes.Where(n => actor.MaySeeNode(n.Id)).DistinctBy(n => Text.Key(n.Code)).ToDictionary(n => Text.Key(n.Code));

    private static string[] Keys(IEnumerable<string?> texts) =>
        [.. texts.Where(t => t is not null && Text.IsStorable(t)).Select(t => Text.Key(t!)).Distinct()];
}
