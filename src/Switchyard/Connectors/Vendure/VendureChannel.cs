using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Vendure;

/// <summary>A Vendure shop (Admin API, 3.x): a session of an administrator, orders asked for by their last change, stock at one location. It sends no messages.</summary>
public sealed class VendureChannel : ISalesChannel
{
    private const int PageSize = 50;

    public ChannelManifest Manifest { get; } = new("vendure", "Vendure", "shop", "",
        ["orders", "order", "listings", "readStock", "pushStock", "tellShipped", "tellCancelled", "tellRefunded", "renews"],
        [
            new("username", "An administrator of its own, with the rights to read the catalogue, orders and stock locations, and to change orders and products.", IsRequired: true),
            new("password", "The administrator's password.", IsSecret: true, IsRequired: true),
            new("token", "The session it is in. Kept by Switchyard, and renewed when it has ended.", IsSecret: true),
            new("path", "The path of the Admin API. Without it: admin-api."),
            new("channelToken", "The token of the shop's channel whose orders are taken. Without it: the default channel.", IsSecret: true),
            new("location", "The stock location that is ours: its number or its name. Without it: the first."),
            new("payments", "shipped where money that is only authorised is settled with the first parcel. Without it such orders wait until the shop has settled it."),
            new("handler", "The code of the fulfilment handler that parcels are told by. Without it: manual-fulfillment."),
        ],
        new ChannelServing(MailsBuyer: false, RefundsItself: true, OwesTax: false, [], null), 600,
        "The published Admin API schema of Vendure 3.", VendureWords.Assumptions);

    public int MostWishes => VendureStock.Most;

    public async Task<AdapterAnswer<ChannelShop>> Test(ChannelCall call)
    {
        var said = await VendureAsk.Data(call, VendureDocuments.Shop);
        if (said.Fault is { } fault) return fault;
        string? code = said.Value.Say("activeChannel", "code");
        var given = said.Value.Each("me", "channels").Where(c => c.Say("code") == code).SelectMany(c => (c.At("permissions") as JsonArray ?? []).Select(p => p.Say())).ToHashSet();
        IReadOnlyList<string> missing = given.Contains("SuperAdmin") ? [] : [.. VendureWords.Rights.Where(r => !r.Any(given.Contains)).Select(r => r[0])];
        var places = AdapterAnswer<JsonObject>.Of([]);
        if (!missing.Contains("ReadStockLocation")) places = await VendureAsk.Data(call, VendureDocuments.Places);
        if (places.Fault is { } unread) return unread;
        // The default channel's code says nothing to anybody.
        string name = code is null or "__default_channel__" ? Uri.TryCreate(call.Access.BaseUrl, UriKind.Absolute, out var at) ? at.Host : call.Access.BaseUrl : code;
        return new ChannelShop(name, said.Value.Say("activeChannel", "defaultCurrencyCode"), null,
            [.. places.Value.Each("stockLocations", "items").Where(l => l.Say("id") is not null).Select(l => new ChannelPlace(l.Say("id")!, l.Say("name") ?? l.Say("id")!))],
            missing);
    }

    // Pages by number slip when an order changes meanwhile; so each page begins at the instant the one before ended with.
    public async Task<AdapterAnswer<ChannelPage<ChannelOrder>>> Orders(ChannelCall call, DateTimeOffset since, string? cursor)
    {
        var (from, skip) = Cursor(cursor) ?? (since, 0);
        var said = await VendureAsk.Data(call, VendureDocuments.Changed, new JsonObject { ["since"] = Instant(from.AddMilliseconds(-1)), ["skip"] = skip, ["take"] = PageSize });
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("orders", "items") is not JsonArray) return new AdapterFault(FaultKind.Malformed, "The answer is no list of orders.");
        var list = said.Value.Each("orders", "items").ToList();
        var reader = VendureOrders.For(said.Value, call.Access);
        IReadOnlyList<ChannelOrder> orders = [.. list.Select(reader.Read).OfType<ChannelOrder>().OrderBy(o => o.UpdatedAt)];
        if (list.Count < PageSize) return new ChannelPage<ChannelOrder>(orders, null);
        var last = list.Select(o => o.When("updatedAt")).Max() ?? from;
        return new ChannelPage<ChannelOrder>(orders, last > from ? $"{Instant(last)}|0" : string.Create(CultureInfo.InvariantCulture, $"{Instant(from)}|{skip + PageSize}"));
    }

    public async Task<AdapterAnswer<ChannelOrder?>> Order(ChannelCall call, string externalId)
    {
        var said = await VendureAsk.Data(call, VendureDocuments.Order, new JsonObject { ["id"] = externalId });
        if (said.Fault is { } fault) return fault;
        return AdapterAnswer<ChannelOrder?>.Of(said.Value.At("order") is JsonObject order ? VendureOrders.For(said.Value, call.Access).Read(order) : null);
    }

    public Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor) => VendureStock.Listings(call, cursor);
    public Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Stock(ChannelCall call, IReadOnlyList<ListingKey> listings) => VendureStock.Read(call, listings);
    public Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes) => VendureStock.Push(call, wishes);
    public Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news) => VendureTells.Ship(call, news);
    public Task<AdapterAnswer<Told>> Cancelled(ChannelCall call, CancelledNews news) => VendureTells.Cancel(call, news);
    public Task<AdapterAnswer<Told>> Refunded(ChannelCall call, RefundedNews news) => VendureTells.Refund(call, news);

    private static (DateTimeOffset, int)? Cursor(string? cursor) =>
        cursor?.Split('|') is [var at, var skip] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
            && int.TryParse(skip, CultureInfo.InvariantCulture, out int no) ? (from, no) : null;

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
