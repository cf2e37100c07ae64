using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Amazon;

/// <summary>What is listed, what it shows, and what it is to show: a few by a patch each, many by one feed with its report. A listing is named by the seller's SKU.</summary>
public sealed partial class AmazonChannel
{
    private const int PageSize = 20, MostPatches = 30, MostPaged = 1000;
    private const string Ours = "DEFAULT", ProductType = "PRODUCT";
    private readonly AmazonFeeds _feeds = new();

    public int MostWishes => 500;

    // No more than 1,000 can be paged through: before that the search begins anew, at the instant the last one was listed.
    public async Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor)
    {
        string[] at = cursor?.Split('|', 3) ?? ["", "0", ""];
        if (at.Length != 3) return new AdapterFault(FaultKind.Refused, "The cursor is none of Amazon's.");
        string since = at[0].Length > 0 ? "&createdAfter=" + Uri.EscapeDataString(at[0]) : "", page = at[2].Length > 0 ? "&pageToken=" + Uri.EscapeDataString(at[2]) : "";
        var said = await _api.Ask(call, "searchListingsItems", HttpMethod.Get,
            $"{Items(call)}?marketplaceIds={Uri.EscapeDataString(Market(call))}&includedData=summaries,attributes,fulfillmentAvailability&sortBy=createdDate&sortOrder=ASC&pageSize={PageSize.ToString(CultureInfo.InvariantCulture)}{since}{page}");
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("items") is not JsonArray list) return new AdapterFault(FaultKind.Malformed, "The answer is no list of listings.");
        var items = list.OfType<JsonObject>().Where(i => i.Say("sku") is not null).ToList();
        var theirs = await Fulfilled(call, [.. items.Where(IsTheirs).Select(i => i.Say("sku")!)]);
        if (theirs.Fault is { } unread) return unread;
        var listings = items.Select(i => new ChannelListing(new ListingKey(i.Say("sku")!, null, i.Say("sku")), Summary(call, i).Say("itemName") ?? i.Say("sku")!, Barcode(i),
            IsTheirs(i) ? theirs.Value.GetValueOrDefault(i.Say("sku")!) : Quantity(i), IsCounted: true, IsLive: Summary(call, i).At("status") is JsonArray { Count: > 0 },
                IsTheirs(i))).ToList();
        return new ChannelPage<ChannelListing>(listings, Next(call, at, items, said.Value.Say("pagination", "nextToken")));
    }

    private static string? Next(ChannelCall call, string[] at, List<JsonObject> items, string? token)
    {
        if (string.IsNullOrEmpty(token)) return null;
        int seen = (int.TryParse(at[1], CultureInfo.InvariantCulture, out int before) ? before : 0) + items.Count;
        string? newest = seen + PageSize <= MostPaged ? null : items.Select(i => Summary(call, i).Say("createdDate")).LastOrDefault(d => d is not null);
        // More than a thousand of one instant cannot be told apart by it: then the pages go on as far as Amazon lets them.
        return newest is not null && newest != at[0] ? $"{newest}|0|" : string.Create(CultureInfo.InvariantCulture, $"{at[0]}|{seen}|{token}");
    }

    public async Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Stock(ChannelCall call, IReadOnlyList<ListingKey> listings)
    {
        var found = new List<ListedStock>();
        var theirs = new List<string>();
        // A SKU with a comma is two in a list.
        foreach (string[] some in listings.Select(l => l.Listing).Distinct(StringComparer.Ordinal).Where(s => !s.Contains(',', StringComparison.Ordinal)).Chunk(PageSize))
        {
            var said = await Paced(call, "searchListingsItems", HttpMethod.Get,
                $"{Items(call)}?marketplaceIds={Uri.EscapeDataString(Market(call))}&includedData=fulfillmentAvailability&identifiersType=SKU&identifiers={Uri.EscapeDataString(string.Join(',', some))}&pageSize={PageSize.ToString(CultureInfo.InvariantCulture)}", null);
            if (said.Fault is { } fault) return fault;
            if (!said.Value.IsOk) return AmazonApi.Refused(said.Value);
            var read = said.Value.Json();
            if (read.Fault is { } malformed) return malformed;
            foreach (var item in read.Value.Each("items")) Shown(item);
        }
        foreach (string sku in listings.Select(l => l.Listing).Distinct(StringComparer.Ordinal).Where(s => s.Contains(',', StringComparison.Ordinal)))
        {
            var said = await Paced(call, "getListingsItem", HttpMethod.Get,
                $"{Items(call)}/{Uri.EscapeDataString(sku)}?marketplaceIds={Uri.EscapeDataString(Market(call))}&includedData=fulfillmentAvailability", null);
            if (said.Fault is { } fault) return fault;
            if (said.Value.IsOk && said.Value.Json() is { IsOk: true } read) Shown(read.Value);
        }
        var fulfilled = await Fulfilled(call, theirs);
        if (fulfilled.Fault is { } unread) return unread;
        return AdapterAnswer<IReadOnlyList<ListedStock>>.Of([.. found, .. fulfilled.Value.Select(f => new ListedStock(f.Key, f.Value))]);

        void Shown(JsonNode item)
        {
            if (item.Say("sku") is not { } sku) return;
            if (IsTheirs(item)) theirs.Add(sku);
            else found.Add(new ListedStock(sku, Quantity(item) ?? 0));
        }
    }

    public async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes)
    {
        if (wishes.Count > MostPatches) return await _feeds.Push(_api, call, wishes, [.. wishes.Select((w, i) => Message(i + 1, w))]);
        var outcomes = new List<StockOutcome>();
        foreach (var wish in wishes)
        {
            var said = await Paced(call, "patchListingsItem", HttpMethod.Patch,
                $"{Items(call)}/{Uri.EscapeDataString(wish.Key.Listing)}?marketplaceIds={Uri.EscapeDataString(Market(call))}",
                new JsonObject { ["productType"] = ProductType, ["patches"] = Patches(wish) });
            if (said.Fault is { } fault) return fault;
            if (said.Value.Status == 404) { outcomes.Add(new StockOutcome(wish.Key.Listing, "gone", Words: "Amazon has no such listing.")); continue; }
            if (!said.Value.IsOk) { outcomes.Add(new StockOutcome(wish.Key.Listing, "refused", Words: AmazonApi.Refused(said.Value).Words)); continue; }
            var read = said.Value.Json();
            if (read.Fault is { } malformed) return malformed;
            outcomes.Add(read.Value.Say("status") is "ACCEPTED" ? new StockOutcome(wish.Key.Listing, "done", wish.Quantity)
                : new StockOutcome(wish.Key.Listing, "refused", Words: read.Value.Each("issues").Where(i => i.Say("severity") is "ERROR").Select(i => i.Say("message"))
                    .FirstOrDefault() ?? "Amazon did not accept it."));
        }
        return outcomes;
    }

    private static JsonArray Patches(StockWish wish) => new(new JsonObject
    {
        ["op"] = "replace", ["path"] = "/attributes/fulfillment_availability",
        ["value"] = new JsonArray(new JsonObject { ["fulfillment_channel_code"] = Ours, ["quantity"] = wish.Quantity }),
    });

    private static JsonObject Message(int id, StockWish wish) => new()
    {
        ["messageId"] = id, ["sku"] = wish.Key.Listing, ["operationType"] = "PATCH",
        ["productType"] = ProductType, ["patches"] = Patches(wish)
    };

    // A short row of calls waits for its turn; one that would have to wait long is left to the next round.
    private async Task<AdapterAnswer<AdapterReply>> Paced(ChannelCall call, string operation, HttpMethod method, string path, JsonNode? body)
    {
        for (int tries = 0; ; tries++)
        {
            var said = await _api.Send(call, operation, method, path, body?.DeepClone());
            if (tries == 3 || said.Fault is not { Kind: FaultKind.Throttled, RetryAfter: { } wait } || wait > TimeSpan.FromSeconds(2)) return said;
            await Task.Delay(wait, call.Stop);
        }
    }

    /// <summary>Units in Amazon's own warehouses that can be sold.</summary>
    private async Task<AdapterAnswer<Dictionary<string, long>>> Fulfilled(ChannelCall call, IReadOnlyList<string> skus)
    {
        const int Most = 50;
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        string market = Uri.EscapeDataString(Market(call));
        foreach (var some in skus.Where(s => !s.Contains(',', StringComparison.Ordinal)).Chunk(Most).Select(c => ("sellerSkus", string.Join(',', c)))
            .Concat(skus.Where(s => s.Contains(',', StringComparison.Ordinal)).Select(s => ("sellerSku", s))))
        {
            string? next = null;
            do
            {
                string page = next is null ? "" : "&nextToken=" + Uri.EscapeDataString(next);
                var said = await Paced(call, "getInventorySummaries", HttpMethod.Get,
                    $"/fba/inventory/v1/summaries?details=true&granularityType=Marketplace&granularityId={market}&marketplaceIds={market}&{some.Item1}={Uri.EscapeDataString(some.Item2)}{page}", null);
                if (said.Fault is { } fault) return fault;
                if (!said.Value.IsOk) return AmazonApi.Refused(said.Value);
                var read = said.Value.Json();
                if (read.Fault is { } malformed) return malformed;
                foreach (var summary in read.Value.Each("payload", "inventorySummaries"))
                    if (summary.Say("sellerSku") is { } sku) found[sku] = (summary.At("inventoryDetails", "fulfillableQuantity") ?? summary.At("totalQuantity")) is { } units
                        && long.TryParse(units.Say(), CultureInfo.InvariantCulture, out long n) ? n : 0;
                next = read.Value.Say("pagination", "nextToken");
            }
            while (!string.IsNullOrEmpty(next));
        }
        return found;
    }

    private static JsonNode? Summary(ChannelCall call, JsonNode item) => item.Each("summaries").FirstOrDefault(s => s.Say("marketplaceId") == Market(call))
        ?? item.Each("summaries").FirstOrDefault();
    private static bool IsTheirs(JsonNode item) => item.Each("fulfillmentAvailability").Any(f => f.Say("fulfillmentChannelCode") is { } code && code != Ours);
    private static long? Quantity(JsonNode item) => item.Each("fulfillmentAvailability").Where(f => f.Say("fulfillmentChannelCode") == Ours)
        .Select(f => long.TryParse(f.Say("quantity"), CultureInfo.InvariantCulture, out long n) ? n : (long?)null).FirstOrDefault();
    private static string? Barcode(JsonNode item) => item.Each("attributes", "externally_assigned_product_identifier").Select(i => i.Say("value"))
        .FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
}
