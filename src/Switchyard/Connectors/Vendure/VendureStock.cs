using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Vendure;

/// <summary>
/// What a Vendure shop offers, and its stock. A sale allocates, and a location has less once the parcel is told; so what can be sold is what lies at all
/// locations, less what is allocated, less the threshold below which the shop does not sell.
/// </summary>
internal static class VendureStock
{
    public const int Most = 50;

    public static async Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor)
    {
        int skip = int.TryParse(cursor, CultureInfo.InvariantCulture, out int no) ? no : 0;
        var said = await VendureAsk.Data(call, VendureDocuments.Listings, new JsonObject { ["skip"] = skip, ["take"] = Most });
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("productVariants", "items") is not JsonArray all) return new AdapterFault(FaultKind.Malformed, "The answer is no list of products.");
        var rules = said.Value.At("globalSettings");
        return new ChannelPage<ChannelListing>(
            [.. Variants(said.Value).Values.Select(v => new ChannelListing(Key(v), v.Say("name") ?? "", null, Saleable(v, rules), IsCounted(v, rules),
                v.Is("enabled") && v.Is("product", "enabled")))],
            all.Count < Most ? null : (skip + Most).ToString(CultureInfo.InvariantCulture));
    }

    public static async Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Read(ChannelCall call, IReadOnlyList<ListingKey> listings)
    {
        var found = new List<ListedStock>();
        foreach (var some in listings.Chunk(Most))
        {
            var said = await Shelves(call, some);
            if (said.Fault is { } fault) return fault;
            found.AddRange(Variants(said.Value).Values.Select(v => new ListedStock(v.Say("id")!, Saleable(v, said.Value.At("globalSettings")))));
        }
        return found;
    }

    /// <summary>Writes what has to lie at our location for the wished quantity to be for sale: allocated units stay, and a sale in between is not overwritten.</summary>
    public static async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes)
    {
        var said = await Shelves(call, [.. wishes.Select(w => w.Key)]);
        if (said.Fault is { } fault) return fault;
        if (Place(said.Value, call.Access.Setting("location")) is not { } place) return new AdapterFault(FaultKind.Refused, "The shop has no such stock location.");
        var (there, rules) = (Variants(said.Value), said.Value.At("globalSettings"));
        var outcomes = new List<StockOutcome>();
        var updates = new JsonArray();
        foreach (var wish in wishes)
        {
            if (!there.TryGetValue(wish.Key.Listing, out var variant)) { outcomes.Add(new StockOutcome(wish.Key.Listing, "gone")); continue; }
            long shown = Saleable(variant, rules), wanted = At(variant, place) + wish.Quantity - shown;
            // Sold since it was looked at: it is looked at again, or the sale would be put back for sale.
            if (wish.Expected is { } seen && seen != shown) { outcomes.Add(new StockOutcome(wish.Key.Listing, "clash", shown)); continue; }
            if (wanted < 0) { outcomes.Add(new StockOutcome(wish.Key.Listing, "refused", shown, "Other locations of the shop hold more than is to be shown.")); continue; }
            var update = new JsonObject { ["id"] = wish.Key.Listing, ["stockLevels"] = new JsonArray(new JsonObject { ["stockLocationId"] = place, ["stockOnHand"] = wanted }) };
            if (!IsCounted(variant, rules)) update["trackInventory"] = "TRUE";
            updates.Add(update);
        }
        if (updates.Count == 0) return outcomes;
        string[] sent = [.. updates.Select(u => u.Say("id")!)];
        var done = await VendureAsk.Data(call, VendureDocuments.SetStock, new JsonObject { ["input"] = updates });
        if (done.Fault is { } refused) return refused;
        var now = done.Value.Each("updateProductVariants").Where(v => v.Say("id") is not null).ToDictionary(v => v.Say("id")!);
        outcomes.AddRange(sent.Select(id => now.TryGetValue(id, out var variant) ? new StockOutcome(id, "done", Saleable(variant, rules))
            : new StockOutcome(id, "refused", Words: "The shop said nothing of it.")));
        return outcomes;
    }

    private static ListingKey Key(JsonObject variant) => new(variant.Say("id")!, null, variant.Say("sku") is { Length: > 0 } sku ? sku : null);

    private static Task<AdapterAnswer<JsonObject>> Shelves(ChannelCall call, IReadOnlyList<ListingKey> listings) => VendureAsk.Data(call, VendureDocuments.Stock,
        new JsonObject { ["ids"] = new JsonArray([.. listings.Select(l => (JsonNode)l.Listing)]), ["take"] = listings.Count });

    private static Dictionary<string, JsonObject> Variants(JsonNode said) =>
        said.Each("productVariants", "items").Where(v => v.Say("id") is not null).DistinctBy(v => v.Say("id")).ToDictionary(v => v.Say("id")!);

    private static string? Place(JsonNode said, string? wanted)
    {
        var places = said.Each("stockLocations", "items").Where(l => l.Say("id") is not null).ToList();
        return string.IsNullOrWhiteSpace(wanted) ? places.FirstOrDefault().Say("id")
            : places.FirstOrDefault(l => l.Say("id") == wanted.Trim() || string.Equals(l.Say("name"), wanted.Trim(), StringComparison.OrdinalIgnoreCase)).Say("id");
    }

    private static long Saleable(JsonObject variant, JsonNode? rules) => variant.Each("stockLevels").Sum(l => Count(l, "stockOnHand") - Count(l, "stockAllocated"))
        - (variant.Is("useGlobalOutOfStockThreshold") ? Count(rules, "outOfStockThreshold") : Count(variant, "outOfStockThreshold"));

    private static long At(JsonObject variant, string place) => variant.Each("stockLevels").Where(l => l.Say("stockLocationId") == place).Sum(l => Count(l, "stockOnHand"));

    private static bool IsCounted(JsonObject variant, JsonNode? rules) =>
        variant.Say("trackInventory") switch { "TRUE" => true, "FALSE" => false, _ => rules.Is("trackInventory") };

    private static long Count(JsonNode? of, string name) =>
        of.Say(name) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long units) ? units : 0;
}
