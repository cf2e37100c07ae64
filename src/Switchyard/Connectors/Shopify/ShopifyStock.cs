using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Shopify;

/// <summary>What the shop has for sale at the one location that this connection keeps: read, and set only where it is what it was thought to be.</summary>
internal sealed class ShopifyStock(ShopifyAsk ask)
{
    public const int Most = 250;
    private const int AtOnce = 100, MostRounds = 6;

    /// <summary>The location, by the setting's number or name; without one the shop's primary.</summary>
    public async Task<AdapterAnswer<string>> Location(ChannelCall call)
    {
        string? named = call.Access.Setting("location")?.Trim();
        if (named is { Length: > 0 } && named.All(char.IsAsciiDigit)) return ShopifyWords.Gid("Location", named);
        var said = await ask.Data(call, named is { Length: > 0 } ? ShopifyDocuments.Places : ShopifyDocuments.Primary);
        if (said.Fault is { } fault) return fault;
        string? found = named is { Length: > 0 } ? said.Value.Each("locations", "nodes").FirstOrDefault(l => string.Equals(l.Say("name"), named, StringComparison.OrdinalIgnoreCase)).Say("id") : said.Value.Say("location", "id");
        return found is null ? new AdapterFault(FaultKind.Refused, $"The shop has no location «{named}».") : AdapterAnswer<string>.Of(found);
    }

    public async Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor)
    {
        var place = await Location(call);
        if (place.Fault is { } nowhere) return nowhere;
        var said = await ask.Data(call, ShopifyDocuments.Listings, new JsonObject { ["after"] = cursor, ["place"] = place.Value });
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("productVariants") is not JsonObject page) return new AdapterFault(FaultKind.Malformed, "The answer is no list of variants.");
        return new ChannelPage<ChannelListing>([.. page.Each("nodes").Select(Listing).OfType<ChannelListing>()], page.Is("pageInfo", "hasNextPage") ? page.Say("pageInfo", "endCursor") : null);
    }

    private static ChannelListing? Listing(JsonObject variant)
    {
        if (variant.Say("legacyResourceId") is not { } id) return null;
        string title = variant.Say("product", "title") ?? "";
        if (!variant.Is("product", "hasOnlyDefaultVariant") && variant.Say("title") is { Length: > 0 } and not "Default Title") title += " - " + variant.Say("title");
        return new ChannelListing(new ListingKey(id, variant.Say("inventoryItem", "legacyResourceId"), variant.Say("sku") is { Length: > 0 } sku ? sku : null), title, variant.Say("barcode") is { Length: > 0 } code ? code : null,
            Shown(variant.At("inventoryItem")), variant.Is("inventoryItem", "tracked"), variant.Say("product", "status") == "ACTIVE");
    }

    public async Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Read(ChannelCall call, IReadOnlyList<ListingKey> listings)
    {
        var place = await Location(call);
        return place.Fault is { } fault ? fault : await Read(call, place.Value, listings);
    }

    private async Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Read(ChannelCall call, string place, IReadOnlyList<ListingKey> listings)
    {
        var found = new List<ListedStock>();
        foreach (var some in listings.Where(l => l.Item is not null).Chunk(AtOnce))
        {
            var said = await ask.Data(call, ShopifyDocuments.Stock, new JsonObject { ["ids"] = new JsonArray([.. some.Select(l => JsonValue.Create(ShopifyWords.Gid("InventoryItem", l.Item!)))]), ["place"] = place });
            if (said.Fault is { } fault) return fault;
            var byItem = said.Value.Each("nodes").Where(n => n.Say("legacyResourceId") is not null).GroupBy(n => n.Say("legacyResourceId")!).ToDictionary(g => g.Key, g => g.First());
            found.AddRange(some.Where(l => byItem.ContainsKey(l.Item!)).Select(l => new ListedStock(l.Listing, Shown(byItem[l.Item!]) ?? 0)));
        }
        return found;
    }

    /// <summary>
    /// The shop takes all of a call or nothing: what it will not take is left out, and the rest told again. Where nobody says what is expected, what the shop shows now is compared, so that a sale of this moment is not overwritten.
    /// </summary>
    public async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes)
    {
        var place = await Location(call);
        if (place.Fault is { } nowhere) return nowhere;
        var outcomes = wishes.Where(w => w.Key.Item is null).Select(w => new StockOutcome(w.Key.Listing, "refused", Words: "It is not known what the shop counts it by: read the listings again.")).ToList();
        var blind = wishes.Where(w => w.Key.Item is not null && w.Expected is null).ToList();
        var shown = new Dictionary<string, long>();
        if (blind.Count > 0)
        {
            var read = await Read(call, place.Value, [.. blind.Select(w => w.Key)]);
            if (read.Fault is { } fault) return fault;
            foreach (var one in read.Value) shown[one.Listing] = one.Quantity;
            outcomes.AddRange(blind.Where(w => !shown.ContainsKey(w.Key.Listing)).Select(w => new StockOutcome(w.Key.Listing, "gone")));
        }
        var left = wishes.Where(w => w.Key.Item is not null && (w.Expected is not null || shown.ContainsKey(w.Key.Listing))).ToList();
        for (int round = 0; left.Count > 0 && round < MostRounds; round++)
        {
            var told = await Set(call, place.Value, left, w => w.Expected ?? shown[w.Key.Listing]);
            if (told.Fault is { } fault) return fault;
            if (told.Value.Count == 0)
            {
                outcomes.AddRange(left.Select(w => new StockOutcome(w.Key.Listing, "done", w.Quantity)));
                left = [];
                break;
            }
            outcomes.AddRange(told.Value.Values);
            left = [.. left.Where((_, i) => !told.Value.ContainsKey(i))];
        }
        outcomes.AddRange(left.Select(w => new StockOutcome(w.Key.Listing, "refused", Words: "The shop took none of several tries.")));
        return await Shows(call, place.Value, wishes, outcomes);
    }

    /// <returns>What was not taken, by its place in the call; nothing: all was set.</returns>
    private async Task<AdapterAnswer<Dictionary<int, StockOutcome>>> Set(ChannelCall call, string place, List<StockWish> wishes, Func<StockWish, long> expected)
    {
        var said = await ask.Data(call, ShopifyDocuments.SetStock, new JsonObject
        {
            ["input"] = new JsonObject
            {
                ["name"] = "available", ["reason"] = "correction", ["referenceDocumentUri"] = "switchyard://stock/" + Uri.EscapeDataString(wishes[0].Reference),
                ["quantities"] = new JsonArray([.. wishes.Select(w => (JsonNode)new JsonObject
                {
                    ["inventoryItemId"] = ShopifyWords.Gid("InventoryItem", w.Key.Item!), ["locationId"] = place, ["quantity"] = w.Quantity, ["compareQuantity"] = expected(w),
                })]),
            },
        });
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("inventorySetQuantities") is not JsonObject done) return new AdapterFault(FaultKind.Malformed, "The answer says nothing of what was set.");
        var refused = new Dictionary<int, StockOutcome>();
        foreach (var error in done.Each("userErrors"))
        {
            int? at = (error.At("field") as JsonArray ?? []).Select(f => int.TryParse(f.Say(), CultureInfo.InvariantCulture, out int no) ? no : (int?)null).FirstOrDefault(n => n is not null);
            if (at is not { } place1 || place1 >= wishes.Count) return new AdapterFault(FaultKind.Refused, error.Say("message") ?? "The shop set nothing.");
            string kind = error.Say("code") switch { "COMPARE_QUANTITY_STALE" => "clash", "INVALID_INVENTORY_ITEM" => "gone", _ => "refused" };
            // Of several words about one thing the heaviest counts: what is gone cannot clash.
            if (!refused.TryGetValue(place1, out var known) || known.Kind == "clash") refused[place1] = new StockOutcome(wishes[place1].Key.Listing, kind, Words: error.Say("message"));
        }
        return refused;
    }

    // A clash is worth more with what the shop shows.
    private async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Shows(ChannelCall call, string place, IReadOnlyList<StockWish> wishes, List<StockOutcome> outcomes)
    {
        var clashed = outcomes.Where(o => o.Kind == "clash").Select(o => o.Listing).ToHashSet();
        if (clashed.Count == 0) return outcomes;
        var read = await Read(call, place, [.. wishes.Where(w => clashed.Contains(w.Key.Listing)).Select(w => w.Key)]);
        var shown = read.IsOk ? read.Value.ToDictionary(s => s.Listing, s => s.Quantity) : [];
        return outcomes.ConvertAll(o => o.Kind == "clash" && shown.TryGetValue(o.Listing, out long now) ? o with { Shows = now } : o);
    }

    private static long? Shown(JsonNode? item) => (item.At("inventoryLevel", "quantities") as JsonArray ?? []).OfType<JsonObject>().Select(q => Number(q.Say("quantity"))).FirstOrDefault();
    private static long? Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out long units) ? units : null;
}
