using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Magento;

/// <summary>
/// Stock in sources. A sale only reserves: the source has less once the parcel is told. So what the shop offers (saleable) is the sources' units less reservations, and a
/// quantity to be offered is written as
/// what lies in our source plus what is missing to it. An order that comes meanwhile reserves on, and is not overwritten.
/// </summary>
public sealed partial class MagentoChannel
{
    private sealed record SourceItem(string Source, long Units);

    public async Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Stock(ChannelCall call, IReadOnlyList<ListingKey> listings)
    {
        var shown = await Salable(call, [.. listings.Select(l => l.Sku).OfType<string>().Distinct(StringComparer.Ordinal)]);
        return shown.Fault is { } fault ? fault : AdapterAnswer<IReadOnlyList<ListedStock>>.Of(
            [.. listings.Where(l => l.Sku is not null && shown.Value.ContainsKey(l.Sku)).Select(l => new ListedStock(l.Listing, shown.Value[l.Sku!]))]);
    }

    public async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes)
    {
        var outcomes = new Dictionary<string, StockOutcome>();
        // The newest wish of a listing counts, and two listings of one SKU cannot be told apart: the smaller quantity is safe.
        var bySku = wishes.Where(w => w.Key.Sku is not null).GroupBy(w => w.Key.Sku!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(w => w.Quantity));
        string source = call.Access.Setting("source") is { Length: > 0 } named ? named.Trim() : "default";
        var shown = await Salable(call, [.. bySku.Keys]);
        if (shown.Fault is { } unread) return unread;
        var lying = await Lying(call, [.. bySku.Keys]);
        if (lying.Fault is { } unseen) return unseen;
        var items = new Dictionary<string, JsonObject>();
        foreach (var (sku, wish) in bySku)
        {
            if (!shown.Value.TryGetValue(sku, out long salable)) { outcomes[sku] = new StockOutcome("", "gone", Words: "The shop has no product with that SKU."); continue; }
            long here = lying.Value[sku].Where(i => i.Source == source).Sum(i => i.Units), units = here + wish - salable;
            if (units < 0) { outcomes[sku] = new StockOutcome("", "refused", salable - here, $"Other sources than {source} hold more of it than is to be shown."); continue; }
            items[sku] = new JsonObject { ["sku"] = sku, ["source_code"] = source, ["quantity"] = units, ["status"] = units > 0 ? 1 : 0 };
        }
        // All are taken or none: those that the shop names are left out, and the others sent again. What is written is the same however often.
        while (items.Count > 0)
        {
            var sent = await MagentoApi.Send(call, HttpMethod.Post, "/inventory/source-items",
                new JsonObject { ["sourceItems"] = new JsonArray([.. items.Values.Select(i => i.DeepClone())]) });
            if (sent.Fault is { } fault) return fault;
            if (sent.Value.IsOk) break;
            var said = sent.Value.Json();
            string words = said.IsOk ? MagentoApi.Refusal(said.Value) ?? sent.Value.Beginning : sent.Value.Beginning;
            var blamed = said.IsOk ? said.Value.Each("errors").Select(e => e.Say("parameters", "sku")).OfType<string>()
                .Where(items.ContainsKey).ToHashSet(StringComparer.Ordinal) : [];
            foreach (string sku in blamed.Count > 0 ? [.. blamed] : items.Keys.ToList())
            {
                outcomes[sku] = new StockOutcome("", "refused", Words: words.Length > 300 ? words[..300] : words);
                items.Remove(sku);
            }
        }
        return AdapterAnswer<IReadOnlyList<StockOutcome>>.Of([.. wishes.Select(w => w.Key.Sku is null
            ? new StockOutcome(w.Key.Listing, "refused", Words: "The product has no SKU.")
            : outcomes.TryGetValue(w.Key.Sku, out var no) ? no with { Listing = w.Key.Listing } : new StockOutcome(w.Key.Listing, "done", bySku[w.Key.Sku]))]);
    }

    /// <summary>Units that the website offers, by SKU; a product that it does not know is left out.</summary>
    private static async Task<AdapterAnswer<Dictionary<string, long>>> Salable(ChannelCall call, IReadOnlyList<string> skus)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        string website = Uri.EscapeDataString(call.Access.Setting("website") is { Length: > 0 } named ? named.Trim() : "base");
        foreach (string[] some in skus.Chunk(PageSize))
        {
            var said = await MagentoApi.Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture,
                $"/inventory/export-stock-salable-qty/website/{website}?{MagentoApi.AnyOf("sku", some)}&searchCriteria[pageSize]={PageSize}&searchCriteria[currentPage]=1"));
            if (said.Fault is { Kind: not FaultKind.Refused } fault) return fault;
            var items = said.IsOk ? said.Value.Each("items").ToList() : [];
            if (said.IsOk && items.TrueForAll(i => i.Say("sku") is not null && i.Say("qty") is not null))
            {
                foreach (var item in items) found[item.Say("sku")!] = Floor(item.At("qty"));
                continue;
            }
            if (await OneByOne(call, website, some, found) is { } failed) return failed;
        }
        return found;
    }

    private static async Task<AdapterFault?> OneByOne(ChannelCall call, string website, IReadOnlyList<string> skus, Dictionary<string, long> found)
    {
        var stock = await MagentoApi.Ask(call, HttpMethod.Get, $"/inventory/stock-resolver/website/{website}");
        if (stock.Fault is { } unresolved) return unresolved;
        foreach (string sku in skus)
        {
            var sent = await MagentoApi.Send(call, HttpMethod.Get, $"/inventory/get-product-salable-quantity/{Uri.EscapeDataString(sku)}/{stock.Value.Say("stock_id")}");
            if (sent.Fault is { } fault) return fault;
            if (sent.Value.IsOk && sent.Value.Json() is { IsOk: true } units) found[sku] = Floor(units.Value);
        }
        return null;
    }

    private static async Task<AdapterAnswer<ILookup<string, SourceItem>>> Lying(ChannelCall call, IReadOnlyList<string> skus)
    {
        const int Size = 500;
        var all = new List<(string Sku, SourceItem Item)>();
        foreach (string[] some in skus.Chunk(PageSize))
        {
            // More sources for a product than there are places in this page no shop has; were there one, its quantities would only be too small.
            var said = await MagentoApi.Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture,
                $"/inventory/source-items?{MagentoApi.AnyOf("sku", some)}&searchCriteria[pageSize]={Size}&searchCriteria[currentPage]=1"));
            if (said.Fault is { } fault) return fault;
            // What is marked as out of stock is not offered, whatever its quantity says.
            all.AddRange(said.Value.Each("items").Where(i => i.Say("sku") is not null).Select(i =>
                (i.Say("sku")!, new SourceItem(i.Say("source_code") ?? "", i.Say("status") is "0" ? 0 : Floor(i.At("quantity"))))));
        }
        return AdapterAnswer<ILookup<string, SourceItem>>.Of(all.ToLookup(i => i.Sku, i => i.Item, StringComparer.Ordinal));
    }

    private static long Floor(JsonNode? number) => number.Say() is { } text && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal units)
        && Math.Abs(units) < 1_000_000_000 ? (long)Math.Floor(units) : 0;
}
