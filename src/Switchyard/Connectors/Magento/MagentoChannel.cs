using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Magento;

/// <summary>A Magento Open Source or Adobe Commerce shop (REST 2.4): an integration's keys, orders asked for by their last change, and stock in sources (MSI). It sends no
/// messages.</summary>
public sealed partial class MagentoChannel : ISalesChannel
{
    private const int PageSize = 50;

    public ChannelManifest Manifest { get; } = new("magento", "Magento", "shop", "", ["orders", "order", "listings", "readStock", "pushStock", "tellShipped", "tellCancelled",
        "tellRefunded"],
        [
            new("accessToken", "The access token of an integration (System > Extensions > Integrations).", IsSecret: true, IsRequired: true),
            new("accessTokenSecret", "Its access token secret. With all four keys calls are signed (OAuth1), as shops since 2.4.4 want it; with the access token alone it is shown as it is.", IsSecret: true),
            new("consumerKey", "Its consumer key.", IsSecret: true),
            new("consumerSecret", "Its consumer secret.", IsSecret: true),
            new("source", "The code of the source that is ours: stock is written there, and parcels leave it. Without it: default."),
            new("website", "The code of the website whose saleable quantities count. Without it: base."),
            new("stores", "The ids of the store views whose orders are taken, with commas between. Without it: all."),
            new("pricesIncludeTax", "yes where the prices of the catalogue have tax in them. Without it: no."),
            new("shipsUnpaid", "Payment methods whose orders are shipped before they are paid, such as cashondelivery, with commas between."),
            new("invoices", "shipped where an invoice is made with each parcel, and the money that was only authorised is taken then. Without it the shop makes its invoices itself."),
            new("refunds", "offline where refunds are only to be written down, and the money goes back another way. Without it they go through the gateway that took the money, where it can."),
        ],
        new ChannelServing(MailsBuyer: false, RefundsItself: true, OwesTax: false, [], null), 600, "The published REST schema of Adobe Commerce 2.4.8 (admin).",
            MagentoWords.Assumptions);

    public int MostWishes => 50;

    /// <summary>Which rights the integration has is found by asking for a little of each thing: without any of them the keys are wrong.</summary>
    public async Task<AdapterAnswer<ChannelShop>> Test(ChannelCall call)
    {
        var missing = new List<string>();
        AdapterFault? refusal = null;
        foreach (var (path, right) in MagentoWords.Rights)
        {
            var asked = await MagentoApi.Ask(call, HttpMethod.Get, $"{path}?searchCriteria[pageSize]=1");
            if (asked.Fault is { Kind: FaultKind.Unauthorized } fault) { refusal = fault; missing.Add(right); }
            else if (asked.Fault is { } other) return other;
        }
        if (refusal is not null && missing.Count == MagentoWords.Rights.Count) return refusal;
        var places = missing.Contains(MagentoWords.SourceRight) ? AdapterAnswer<IReadOnlyList<JsonObject>>.Of([]) : await MagentoApi.All(call, "/inventory/sources");
        if (places.Fault is { } unread) return unread;
        // Not every integration may read the store's configuration, and nothing but a name hangs on it.
        var stores = await MagentoApi.Ask(call, HttpMethod.Get, "/store/storeConfigs");
        var store = stores.IsOk ? (stores.Value as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault() : null;
        string name = MagentoOrders.Some(store.Say("store_name")) ?? (Uri.TryCreate(store.Say("base_url") ?? call.Access.BaseUrl, UriKind.Absolute, out var at) ? at.Host
            : call.Access.BaseUrl);
        return new ChannelShop(name, store.Say("base_currency_code"), store.Say("timezone"),
            [.. places.Value.Where(s => s.Say("source_code") is not null).Select(s => new ChannelPlace(s.Say("source_code")!, s.Say("name") ?? s.Say("source_code")!))], missing);
    }

    // Pages by number slip when an order changes meanwhile; so each page begins at the instant the one before ended with. Behind the last page comes the last page again: its
    // count ends a row of pages within one instant.
    public async Task<AdapterAnswer<ChannelPage<ChannelOrder>>> Orders(ChannelCall call, DateTimeOffset since, string? cursor)
    {
        var (from, page) = Cursor(cursor) ?? (since.AddSeconds(-1), 1);
        List<(string, string, string)> filters = [("updated_at", "gteq", MagentoOrders.Instant(from))];
        if (call.Access.Setting("stores") is { } stores && !string.IsNullOrWhiteSpace(stores)) filters.Add(("store_id", "in", string
            .Concat(stores.Where(c => !char.IsWhiteSpace(c)))));
        var said = await MagentoApi.Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture,
            $"/orders?{MagentoApi.Criteria(filters)}&{MagentoApi.Sorted("updated_at", "entity_id")}&searchCriteria[pageSize]={PageSize}&searchCriteria[currentPage]={page}"));
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("items") is not JsonArray list) return new AdapterFault(FaultKind.Malformed, "The answer is no list of orders.");
        var orders = new List<ChannelOrder>();
        foreach (var raw in list.OfType<JsonObject>())
        {
            var read = await Whole(call, raw);
            if (read.Fault is { } broken) return broken;
            if (read.Value is { } order) orders.Add(order);
        }
        if (list.Count < PageSize || (long)page * PageSize >= (said.Value.Whole("total_count") ?? int.MaxValue)) return new ChannelPage<ChannelOrder>(orders, null);
        var last = list.OfType<JsonObject>().Select(o => o.When("updated_at")).Max() ?? from;
        return new ChannelPage<ChannelOrder>(orders, last > from ? $"{MagentoOrders.Instant(last)}|1"
            : string.Create(CultureInfo.InvariantCulture, $"{MagentoOrders.Instant(from)}|{page + 1}"));
    }

    public async Task<AdapterAnswer<ChannelOrder?>> Order(ChannelCall call, string externalId)
    {
        var found = await MagentoApi.Find(call, $"/orders/{Uri.EscapeDataString(externalId)}");
        return found.Fault is { } fault ? fault : found.Value is { } raw ? await Whole(call, raw) : AdapterAnswer<ChannelOrder?>.Of(null);
    }

    /// <summary>What has stock of its own: variants and parts one by one, not what they are sold as.</summary>
    public async Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor)
    {
        // By the id behind the last one that was seen: pages by number slip, and have no end.
        string after = cursor ?? "0";
        var said = await MagentoApi.Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture,
            $"/products?{MagentoApi.Criteria(("entity_id", "gt", after))}&{MagentoApi.Sorted("entity_id")}&searchCriteria[pageSize]={PageSize}&searchCriteria[currentPage]=1"));
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("items") is not JsonArray list) return new AdapterFault(FaultKind.Malformed, "The answer is no list of products.");
        var products = list.OfType<JsonObject>().Where(p => p.Say("id") is not null && p.Say("sku") is { Length: > 0 }).ToList();
        var counted = products.Where(p => p.Say("type_id") is not ("configurable" or "bundle" or "grouped")).ToList();
        var shown = await Salable(call, [.. counted.Select(p => p.Say("sku")!)]);
        if (shown.Fault is { } unread) return unread;
        return new ChannelPage<ChannelListing>([.. counted.Select(p => new ChannelListing(new ListingKey(p.Say("id")!, null, p.Say("sku")), MagentoOrders.Some(p.Say("name"))
            ?? p.Say("sku")!, Barcode(p),
            shown.Value.TryGetValue(p.Say("sku")!, out long units) ? units : null, IsCounted: p.Say("type_id") is not ("virtual" or "downloadable"),
                IsLive: p.Say("status") is null or "1"))],
            list.Count < PageSize ? null : list.OfType<JsonObject>().Select(p => long.TryParse(p.Say("id"), CultureInfo.InvariantCulture, out long id) ? id
                : 0).Max().ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<AdapterAnswer<ChannelOrder?>> Whole(ChannelCall call, JsonObject raw)
    {
        IReadOnlyList<JsonObject> memos = [];
        if (MagentoOrders.HasRefunds(raw))
        {
            var said = await MagentoApi.All(call, "/creditmemos", ("order_id", "eq", raw.Say("entity_id") ?? ""));
            if (said.Fault is { } fault) return fault;
            memos = said.Value;
        }
        return MagentoOrders.Read(raw, memos, MagentoSales.Of(call.Access)) is { } order ? AdapterAnswer<ChannelOrder?>.Of(order)
            : new AdapterFault(FaultKind.Malformed, "The answer is no order.");
    }

    private static string? Barcode(JsonObject product) =>
        product.Each("custom_attributes").Where(a => a.Say("attribute_code") is "barcode" or "ean" or "ean13" or "gtin" or "upc").Select(a => MagentoOrders.Some(a.Say("value")))
            .FirstOrDefault(v => v is not null);

    private static (DateTimeOffset, int)? Cursor(string? cursor) =>
        cursor?.Split('|') is [var at, var page] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
            && int.TryParse(page, CultureInfo.InvariantCulture, out int no) ? (from, no) : null;
}

/// <summary>What Magento calls things, and what its document does not say.</summary>
internal static class MagentoWords
{
    public const string SourceRight = "Magento_InventoryApi::source";

    /// <summary>A list that each right opens, and the right by Magento's name.</summary>
    public static readonly IReadOnlyList<(string Path, string Right)> Rights =
        [("/orders", "Magento_Sales::actions_view"), ("/shipments", "Magento_Sales::ship"), ("/creditmemos", "Magento_Sales::sales_creditmemo"),
            ("/products", "Magento_Catalog::products"), ("/inventory/source-items", SourceRight)];

    public static readonly IReadOnlyList<string> Assumptions =
    [
        "Every change of an order that matters (an address, a state, a parcel, a refund) moves its updated_at, which is in UTC with whole seconds.",
        "Filters may name updated_at, store_id, order_id and entity_id, and lists can be sorted by updated_at and entity_id.",
        "A page behind the last one is the last one again.",
        "A parcel, a credit memo or a comment whose words name our key in brackets was made by us.",
        "What a source counts is what lies there; what is saleable is that less what is sold and not sent yet.",
        "export-stock-salable-qty answers sku and qty for each product; where it does not, products are asked for one by one.",
        "A credit memo's rows are their part of the row's amounts, rounded half away from zero, and the last units get what is left.",
        "Every row with a quantity of 0 and an adjustment is a credit memo of money alone.",
        "A parcel takes the carrier code custom, with the carrier's name as its title.",
        "The barcode of a product is an attribute named barcode, ean, ean13, gtin or upc.",
        "The order's own fixed product taxes (weee) are beside its rows and its tax.",
        "store/storeConfigs tells the currency and the time zone; it is not in the part of the document at hand.",
    ];
}
