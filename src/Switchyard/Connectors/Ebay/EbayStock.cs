using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Ebay;

/// <summary>Inventory items and their offers: what eBay sells is counted by SKU. It has no comparing write.</summary>
internal static class EbayStock
{
    public const int Most = 25;

    public static async Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor)
    {
        int page = int.TryParse(cursor, CultureInfo.InvariantCulture, out int no) ? no : 0;
        var said = await EbayAsk.Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{EbayAsk.Inventory}/inventory_item?limit={Most}&offset={page}"));
        if (said.Fault is { } fault) return fault;
        var items = said.Value.Each("inventoryItems").Where(i => i.Say("sku") is not null).ToList();
        var listings = new List<ChannelListing>();
        foreach (var item in items)
        {
            var offer = await Offer(call, item.Say("sku")!);
            if (offer.Fault is { } broken) return broken;
            listings.Add(Listing(item, offer.Value));
        }
        bool isMore = said.Value.Say("next") is { Length: > 0 } || items.Count == Most && said.Value.Whole("total") is { } total && total > (page + 1) * Most;
        return new ChannelPage<ChannelListing>(listings, isMore ? (page + 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    // The one at a fixed price; null: it is not offered.
    private static async Task<AdapterAnswer<JsonObject?>> Offer(ChannelCall call, string sku)
    {
        var said = await EbayAsk.Send(call, HttpMethod.Get, $"{EbayAsk.Inventory}/offer?sku={Uri.EscapeDataString(sku)}");
        if (said.Fault is { } fault) return fault;
        if (said.Value.IsOk) return AdapterAnswer<JsonObject?>.Of(said.Value.Body.Each("offers").OrderBy(o => o.Say("format") != "FIXED_PRICE").ThenBy(o => o.Say("status") != "PUBLISHED").FirstOrDefault());
        return said.Value.Status == 404 || said.Value.Error == 25713 ? AdapterAnswer<JsonObject?>.Of(null) : said.Value.Refusal;
    }

    private static ChannelListing Listing(JsonObject item, JsonObject? offer)
    {
        string sku = item.Say("sku")!;
        string? code = new[] { "ean", "upc", "isbn" }.SelectMany(c => item.At("product", c) as JsonArray ?? []).Select(c => c.Say()).FirstOrDefault(c => c is { Length: > 0 });
        return new ChannelListing(new ListingKey(sku, offer.Say("offerId"), sku), item.Say("product", "title") ?? sku, code, Quantity(item), IsCounted: true, offer.Say("status") == "PUBLISHED");
    }

    public static async Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Read(ChannelCall call, IReadOnlyList<ListingKey> listings)
    {
        var found = new List<ListedStock>();
        foreach (var some in listings.Chunk(Most))
        {
            var said = await EbayAsk.Ask(call, HttpMethod.Post, EbayAsk.Inventory + "/bulk_get_inventory_item",
                new JsonObject { ["requests"] = new JsonArray([.. some.Select(l => (JsonNode)new JsonObject { ["sku"] = l.Listing })]) });
            if (said.Fault is { } fault) return fault;
            foreach (var one in said.Value.Each("responses"))
            {
                if (one.Say("sku") is not { } sku) continue;
                if (one.Whole("statusCode") is 200) found.Add(new ListedStock(sku, Quantity(one.At("inventoryItem")) ?? 0));
                // One that eBay could not read just now is not one that is gone.
                else if (one.Whole("statusCode") is not 404) return new AdapterFault(FaultKind.Unknown, one.Each("errors").Select(e => e.Say("message")).FirstOrDefault() ?? "eBay could not read an item.");
            }
        }
        return found;
    }

    public static async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes)
    {
        var outcomes = new List<StockOutcome>();
        foreach (var some in wishes.Chunk(Most))
        {
            var said = await EbayAsk.Ask(call, HttpMethod.Post, EbayAsk.Inventory + "/bulk_update_price_quantity", new JsonObject { ["requests"] = new JsonArray([.. some.Select(w => (JsonNode)Request(w))]) });
            if (said.Fault is { } fault) return fault;
            var answers = said.Value.Each("responses").ToLookup(r => r.Say("sku") ?? "");
            outcomes.AddRange(some.Select(w => Outcome(w, [.. answers[w.Key.Listing].Concat(answers[""].Where(r => r.Say("offerId") is { } offer && offer == w.Key.Item))])));
        }
        return outcomes;
    }

    // The item's own quantity and the offer's limit on it: where only one is set the other keeps what is for sale down.
    private static JsonObject Request(StockWish wish) => new JsonObject
    {
        ["sku"] = wish.Key.Listing, ["shipToLocationAvailability"] = new JsonObject { ["quantity"] = wish.Quantity },
        ["offers"] = wish.Key.Item is null ? null : new JsonArray(new JsonObject { ["offerId"] = wish.Key.Item, ["availableQuantity"] = wish.Quantity }),
    }.Tidy();

    private static StockOutcome Outcome(StockWish wish, List<JsonObject> answers)
    {
        if (answers.Count == 0) return new StockOutcome(wish.Key.Listing, "refused", Words: "eBay said nothing of it.");
        if (answers.FirstOrDefault(a => a.Whole("statusCode") is not 200) is not { } bad) return new StockOutcome(wish.Key.Listing, "done", wish.Quantity);
        string? words = bad.Each("errors").Select(e => e.Say("longMessage") ?? e.Say("message")).FirstOrDefault();
        return new StockOutcome(wish.Key.Listing, bad.Whole("statusCode") is 404 ? "gone" : "refused", Words: words);
    }

    private static long? Quantity(JsonNode? item) => item.Say("availability", "shipToLocationAvailability", "quantity") is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out long units) ? units : null;
}
