using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>Finds products by SKU for another room's import, and makes those nobody knows yet.</summary>
public static class EnsureProducts
{
    /// <summary>A product as others refer to it.</summary>
    public readonly record struct Known(long Id, string Sku);

    /// <summary>Answers every product by SKU key. Products that exist are left as they are, whatever their name or kind.</summary>
    /// <param name="wanted">Spelling and name for each key; goods are made of those that are missing.</param>
    /// <returns>The products, and how many were made.</returns>
    /// <remarks>Errors: catalog.taken_meanwhile when another request makes the same product at the same moment: roll back and repeat.</remarks>
    public static async Task<Result<(IReadOnlyDictionary<string, Known> Products, int Made)>> InFull(
        Work work, Actor actor, DateTimeOffset now, IReadOnlyDictionary<string, (string Sku, string Name)> wanted)
    {
        var known = await Find(work, [.. wanted.Keys]);
        var missing = wanted.Where(w => !known.ContainsKey(w.Key)).OrderBy(w => w.Key, StringComparer.Ordinal).ToList();
        if (missing.Count == 0) return (known, 0);
        var saved = await SaveProducts.Save(work, actor, now,
            [.. missing.Select(m => new Product { Sku = m.Value.Sku, Name = m.Value.Name, Kind = ItemKind.Goods })],
            (product, stored) => stored?.Product ?? product);
        if (saved.Error is { } error) return error;
        foreach (var (key, product) in await Find(work, [.. missing.Select(m => m.Key)])) known[key] = product;
        return (known, saved.Value.Count(s => s.Outcome == SaveOutcome.Created));
    }

    /// <summary>The products of the merchant with these SKU keys; unknown ones are missing.</summary>
    public static async Task<Dictionary<string, Known>> Find(Work work, string[] keys) =>
        (await ProductsSql.Heads(work, keys)).ToDictionary(h => h.Key, h => new Known(h.Id, h.Sku), StringComparer.Ordinal);
}
