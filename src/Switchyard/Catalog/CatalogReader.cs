using System.Collections.Concurrent;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Catalog;

/// <summary>A product as the writer of orders needs it.</summary>
/// <param name="Prices">Minor units by currency.</param>
/// <param name="Components">What a bundle explodes into; empty for others.</param>
public sealed record CatalogItem(long Id, string Sku, string Name, ItemKind Kind, string TaxClass, long WeightGrams,
    IReadOnlyDictionary<string, long> Prices, IReadOnlyList<CatalogComponent> Components, bool IsActive)
{
    public SkuPolicy Policy { get; init; } = SkuPolicy.None;

    /// <summary>How it must be handled, for instance chilled.</summary>
    public IReadOnlyList<string> HandlingFlags { get; init; } = [];
}

public readonly record struct CatalogComponent(long SkuId, string Sku, long Quantity, long WeightGrams, SkuPolicy? Policy = null);

/// <summary>
/// Products by SKU from memory, true as of one catalog version a merchant. Whoever decides by them compares that version with the
/// one in its own transaction and calls <see cref="Forget"/> (through NetworkReader.Refresh) when it has moved on.
/// </summary>
/// <remarks>Cost: about 500 bytes a SKU, at most 200,000 SKUs; past that all is dropped and read again as it is asked for.</remarks>
public sealed class CatalogReader(Db db)
{
    private const int MostItems = 200_000, MostTries = 20;
    private readonly ConcurrentDictionary<long, Shelf> _shelves = new();
    private readonly ConcurrentDictionary<long, Desk> _desks = new();
    private int _count;

    /// <summary>Where those who miss something of a merchant's wait: one goes to the database at a time, for all that is asked by then.</summary>
    private sealed class Desk
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Shelf(long version)
    {
        public long Version => version;

        /// <summary>Null stands for a SKU that does not exist; that too is true only as of this version.</summary>
        public ConcurrentDictionary<string, CatalogItem?> Items { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>The products with these keys (<c>Text.Key</c>); unknown ones are missing in the answer. All are of one version.</summary>
    public async ValueTask<IReadOnlyDictionary<string, CatalogItem>> FindSkus(long merchant, IReadOnlyCollection<string> skuKeys)
    {
        for (int attempt = 1; attempt <= MostTries; attempt++)
        {
            var shelf = _shelves.GetOrAdd(merchant, static _ => new Shelf(0));
            var found = new Dictionary<string, CatalogItem>(skuKeys.Count, StringComparer.Ordinal);
            List<string>? missing = null;
            foreach (string key in skuKeys)
            {
                if (!shelf.Items.TryGetValue(key, out var item)) (missing ??= []).Add(key);
                else if (item is not null) found[key] = item;
            }
            if (missing is null) return found;
            await Fetch(merchant, missing);
        }
        throw new InvalidOperationException("The catalog changes faster than it can be read.");
    }

    /// <summary>Drops what was read before <paramref name="version"/>.</summary>
    public void Forget(long merchant, long version) => _shelves.AddOrUpdate(merchant,
        static (_, v) => new Shelf(v), static (_, old, v) => old.Version >= v ? old : new Shelf(v), version);

    // After a change to the catalogue hundreds of orders miss their products together: one trip reads them all.
    private async Task Fetch(long merchant, List<string> missing)
    {
        var desk = _desks.GetOrAdd(merchant, static _ => new Desk());
        lock (desk.Asked) desk.Asked.UnionWith(missing);
        await desk.Turn.WaitAsync();
        try
        {
            List<string> keys;
            lock (desk.Asked)
            {
                keys = [.. desk.Asked];
                desk.Asked.Clear();
            }
            if (keys.Count > 0) await Fill(merchant, keys);     // none: whoever went before has brought ours
        }
        finally { desk.Turn.Release(); }
    }

    private async Task Fill(long merchant, List<string> keys)
    {
        var shelf = _shelves.GetOrAdd(merchant, static _ => new Shelf(0));
        var (version, items) = await db.Read(Actor.House("system:catalog", merchant), work => Load(work, [.. keys]), snapshot: true);
        if (version != shelf.Version)
        {
            Forget(merchant, version);          // the next try reads everything at one version
            if (!_shelves.TryGetValue(merchant, out shelf) || shelf.Version != version) return;
        }
        if (Interlocked.Add(ref _count, keys.Count) > MostItems)
        {
            // Emptied, not removed: a shelf never goes back to an older version.
            Interlocked.Exchange(ref _count, keys.Count);
            foreach (long each in _shelves.Keys) _shelves.AddOrUpdate(each, static _ => new Shelf(0), static (_, old) => new Shelf(old.Version));
            if (!_shelves.TryGetValue(merchant, out shelf) || shelf.Version != version) return;
        }
        foreach (string key in keys) shelf.Items[key] = items.GetValueOrDefault(key);
    }

    private static async Task<(long Version, Dictionary<string, CatalogItem> Items)> Load(Work work, string[] keys)
    {
        var batch = work.Batch();
        var version = batch.Query("select version from catalog_versions where merchant_id = @merchant", row => row.Long());
        var heads = batch.Query(
            $"select sku_key, id, sku, name, kind, tax_class, weight_grams, is_active, handling_flags, {ProductsSql.PolicyColumns}, sale_stopped_ms is not null from products where merchant_id = @merchant and sku_key = any(@keys)",
            row => (Key: row.Text(), Id: row.Long(), Sku: row.Text(), Name: row.Text(), Kind: ProductsSql.Kind(row.Text()), Tax: row.Text(),
                Grams: row.Long(), IsActive: row.Bool(), Flags: row.Text(), Policy: ProductsSql.Policy(row).With(row.Bool())), ("keys", keys));
        var prices = batch.Query(
            """
            select x.product_id, x.currency, x.price_minor from products p join product_prices x on x.product_id = p.id
             where p.merchant_id = @merchant and p.sku_key = any(@keys)
            """, row => (Id: row.Long(), Currency: row.Text(), Minor: row.Long()), ("keys", keys));
        var components = batch.Query(
            $"""
            select b.bundle_id, c.id, c.sku, b.quantity, c.weight_grams, {string.Join(", ", ProductsSql.PolicyColumns.Split(", ").Select(x => "c." + x))}, c.sale_stopped_ms is not null from products p
              join bundle_components b on b.bundle_id = p.id join products c on c.id = b.component_id
             where p.merchant_id = @merchant and p.sku_key = any(@keys) order by b.bundle_id, c.sku_key
            """, row => (Bundle: row.Long(), Component: new CatalogComponent(row.Long(), row.Text(), row.Long(), row.Long(), ProductsSql.Policy(row).With(row.Bool()))), ("keys", keys));
        await batch.Run();
        var (priceOf, partOf) = (prices.ToLookup(p => p.Id), components.ToLookup(c => c.Bundle, c => c.Component));
        return (version.FirstOrDefault(), heads.ToDictionary(h => h.Key, h => new CatalogItem(h.Id, h.Sku, h.Name, h.Kind, h.Tax, h.Grams,
            priceOf[h.Id].ToDictionary(p => p.Currency, p => p.Minor), [.. partOf[h.Id]], h.IsActive)
        { Policy = h.Policy, HandlingFlags = h.Flags == "[]" ? [] : JsonSerializer.Deserialize<List<string>>(h.Flags, Json.Options)! }, StringComparer.Ordinal));
    }
}
