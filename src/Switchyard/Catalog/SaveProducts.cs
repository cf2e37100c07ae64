using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Catalog;

/// <summary>What became of one product that was to be saved.</summary>
public sealed record SavedProduct(SaveOutcome Outcome, Product Product, Error? Error = null);

/// <summary>
/// Saves products, one or a thousand, in a handful of statements: the one way products are written, by API and by file alike.
/// </summary>
internal static class SaveProducts
{
    private const int MostWorded = 50;

    /// <summary>Saves products of different SKUs. A refused one stops none of the others; what is unchanged writes nothing.</summary>
    /// <param name="judge">A last word on each: the product as it is stored now (null when new), or the reason to refuse it.</param>
    /// <remarks>The whole answer is an error (catalog.taken_meanwhile) only when another request was quicker: roll back and repeat.</remarks>
    public static async Task<Result<List<SavedProduct>>> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<Product> products,
        Func<Product, StoredProduct?, Result<Product>>? judge = null)
    {
        var known = await Known.Load(work, products);
        var saved = products.Select(p => known.Decide(p, judge)).ToList();

        var created = saved.Where(s => s.Outcome == SaveOutcome.Created).Select(s => s.Product).ToList();
        var updated = saved.Where(s => s.Outcome == SaveOutcome.Updated).Select(s => (known.Stored[s.Product.Key].Id, s.Product)).ToList();
        if (created.Count + updated.Count == 0) return saved;

        var ids = created.Count == 0 ? [] : await ProductsSql.Insert(work, created, now);
        if (created.FirstOrDefault(p => !ids.ContainsKey(p.Key)) is { } beaten) return CatalogErrors.TryAgain(beaten.Sku);
        if (updated.Count > 0) await ProductsSql.Update(work, updated, now);
        List<(long Id, Product Product)> changed = [.. created.Select(p => (ids[p.Key], p)), .. updated];
        if (!await ProductsSql.ReplaceParts(work, changed, known.ComponentIds)) return CatalogErrors.TryAgain(changed[0].Product.Sku);
        // Few are found at once; the words of many are read behind them, so that a large file is not slowed down.
        if (changed.Count <= MostWorded) await ProductWords.Read(work, [.. changed.Select(c => c.Id)]);

        await EventLog.Append(work, actor, now, [.. saved.Where(s => s.Outcome is SaveOutcome.Created or SaveOutcome.Updated).Select(Tell)]);
        await CatalogVersion.Bump(work);
        return saved;
    }

    // What it costs us stays off the log: everybody who follows the log would see it.
    private static Happening Tell(SavedProduct saved)
    {
        var p = saved.Product;
        return new Happening("product", p.Sku, saved.Outcome == SaveOutcome.Created ? "ProductCreated" : "ProductChanged", new
        {
            p.Sku, p.Name, p.Kind, p.TaxClass, p.WeightGrams, p.LengthMm, p.WidthMm, p.HeightMm, p.IsActive, p.HandlingFlags, p.Prices, p.Policy, p.Tags,
            Barcodes = p.Barcodes.Select(b => new { Barcode = b.Barcode.Text, b.PackQuantity }), p.Components,
        });
    }

    /// <summary>What the database holds about a set of products, and the decisions made from it.</summary>
    private sealed class Known
    {
        private readonly Dictionary<string, (long Id, string Sku, ItemKind Kind)> _heads = [];
        private readonly Dictionary<string, (long Product, string Sku)> _owners = [];
        private readonly Dictionary<long, HashSet<string>> _kept = [];

        public Dictionary<string, StoredProduct> Stored { get; private init; } = [];
        public Dictionary<string, long> ComponentIds => _heads.ToDictionary(h => h.Key, h => h.Value.Id);

        public static async Task<Known> Load(Work work, IReadOnlyList<Product> products)
        {
            string[] keys = [.. products.Select(p => p.Key).Order(StringComparer.Ordinal)];
            var known = new Known { Stored = (await ProductsSql.ByKeys(work, keys, locked: true)).ToDictionary(s => s.Product.Key) };
            string[] parts = [.. products.SelectMany(p => p.Components).Select(c => Text.Key(c.Sku)).Distinct()];
            if (parts.Length > 0)
                foreach (var head in await ProductsSql.Heads(work, parts)) known._heads[head.Key] = (head.Id, head.Sku, head.Kind);
            string[] barcodes = [.. products.SelectMany(p => p.Barcodes).Select(b => b.Barcode.Key).Distinct()];
            if (barcodes.Length > 0)
                foreach (var owner in await ProductsSql.BarcodeOwners(work, barcodes)) known._owners[owner.Key] = (owner.Product, owner.Sku);
            foreach (var product in products)
                if (known.Stored.TryGetValue(product.Key, out var stored))
                    known._kept[stored.Id] = [.. product.Barcodes.Select(b => b.Barcode.Key)];
            return known;
        }

        public SavedProduct Decide(Product wanted, Func<Product, StoredProduct?, Result<Product>>? judge)
        {
            var stored = Stored.GetValueOrDefault(wanted.Key);
            var judged = judge is null ? wanted : judge(wanted, stored);
            if (judged.Error is { } refused) return new SavedProduct(SaveOutcome.Refused, wanted, refused);
            var product = judged.Value with { Tags = judged.Value.Tags ?? stored?.Product.Tags ?? [] };
            if ((Kind(product, stored) ?? Parts(product) ?? Codes(product, stored)) is { } error)
                return new SavedProduct(SaveOutcome.Refused, product, error);
            // Components are named as those products are spelled.
            product = product with { Components = [.. product.Components.Select(c => c with { Sku = _heads[Text.Key(c.Sku)].Sku })] };
            if (stored is not null && stored.Product.IsSameAs(product)) return new SavedProduct(SaveOutcome.Unchanged, product);
            foreach (var code in product.Barcodes) _owners[code.Barcode.Key] = (stored?.Id ?? 0, product.Sku);
            return new SavedProduct(stored is null ? SaveOutcome.Created : SaveOutcome.Updated, product);
        }

        private static Error? Kind(Product product, StoredProduct? stored) =>
            stored is not null && stored.Product.Kind != product.Kind ? CatalogErrors.KindIsFixed(product.Sku, stored.Product.Kind) : null;

        private Error? Parts(Product product)
        {
            foreach (var (i, part) in product.Components.Index())
            {
                if (!_heads.TryGetValue(Text.Key(part.Sku), out var head)) return CatalogErrors.NoSuchComponent($"/components/{i}/sku", part.Sku);
                if (head.Kind != ItemKind.Goods) return CatalogErrors.ComponentNotGoods($"/components/{i}/sku", head.Sku, head.Kind);
            }
            return null;
        }

        private Error? Codes(Product product, StoredProduct? stored)
        {
            foreach (var (i, code) in product.Barcodes.Index())
            {
                if (!_owners.TryGetValue(code.Barcode.Key, out var owner) || owner.Product == stored?.Id) continue;
                bool isGivenUp = _kept.TryGetValue(owner.Product, out var kept) && !kept.Contains(code.Barcode.Key);
                if (!isGivenUp) return CatalogErrors.BarcodeTaken($"/barcodes/{i}/barcode", code.Barcode.Text, owner.Sku);
            }
            return null;
        }
    }
}
