using System.Globalization;
using System.Text;

namespace Switchyard.Simulators;

/// <summary>Part of a basket that one side sends: the seller, or Amazon from its own warehouses.</summary>
internal sealed record AmazonOrder(SimOrder Order, string Id, bool IsByAmazon, IReadOnlyList<SimLine> Lines)
{
    public string Status => Order switch
    {
        { IsCancelled: true } when Lines.All(l => Order.Shipped(l.Id) == 0) => "CANCELLED",
        { IsPaid: false } => "PENDING",
        _ when Lines.All(l => Order.Open(l) <= 0) => Lines.Any(l => Order.Shipped(l.Id) > 0) ? "SHIPPED" : "CANCELLED",
        _ => Lines.Any(l => Order.Shipped(l.Id) > 0) ? "PARTIALLY_SHIPPED" : "UNSHIPPED",
    };
}

/// <summary>Reading orders: searched by creation or change, a page at a time, or one by its id.</summary>
public sealed partial class AmazonSim
{
    private static readonly string[] Datasets = ["BUYER", "RECIPIENT", "PROCEEDS", "EXPENSE", "PROMOTION", "CANCELLATION", "FULFILLMENT", "PACKAGES", "TAX", "PAYMENT",
        "FULFILLMENT_ORDERS"];
    private static readonly string[] Statuses = ["PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "CANCELLED", "UNFULFILLABLE"];

    /// <summary>Orders that changed in the last moments are not found by a search yet.</summary>
    public TimeSpan SearchLag { get; set; }

    private static IEnumerable<AmazonOrder> Parts(SimOrder order)
    {
        var ours = order.Lines.Where(l => !l.IsFulfilledByMarketplace).ToList();
        var theirs = order.Lines.Where(l => l.IsFulfilledByMarketplace).ToList();
        if (ours.Count > 0 || theirs.Count == 0) yield return new AmazonOrder(order, order.Key, false, ours);
        if (theirs.Count > 0) yield return new AmazonOrder(order, ours.Count == 0 ? order.Key : "205" + order.Key[3..], true, theirs);
    }

    private AmazonOrder? FindOrder(string id) =>
        (id.StartsWith("205-", StringComparison.Ordinal) ? Shop.Order("026" + id[3..]) : Shop.Order(id)) is { } order ? Parts(order).FirstOrDefault(p => p.Id == id) : null;

    private IResult GetOrder(SimRequest r, string id)
    {
        if (Unknown(List(r, "includedData"), Datasets) is { } wrong) return Invalid($"includedData does not know {wrong}.");
        return FindOrder(id) is { } order ? PlainJson.Answer(new { order = View(order, List(r, "includedData")) }) : Error(404, "NotFound", $"Order {id} was not found.");
    }

    private IResult SearchOrders(SimRequest r)
    {
        var (data, statuses, fulfilledBy, markets) = (List(r, "includedData"), List(r, "fulfillmentStatuses"), List(r, "fulfilledBy"), List(r, "marketplaceIds"));
        string? wrong = Unknown(data, Datasets) ?? Unknown(statuses, Statuses) ?? Unknown(fulfilledBy, ["MERCHANT", "AMAZON"]);
        if (wrong is not null) return Invalid($"The value {wrong} is not supported.");
        int size = 100;
        if (r.Query("maxResultsPerPage") is { } most && (!int.TryParse(most, CultureInfo.InvariantCulture, out size)
            || size is < 1 or > 100)) return Invalid("maxResultsPerPage must be between 1 and 100.");
        if (SearchTimes(r) is not { } times) return Invalid("Exactly one of createdAfter and lastUpdatedAfter must be provided, with no ...Before but its own, at least two minutes old.");
        var (byCreation, after, before) = times;

        DateTimeOffset Of(AmazonOrder o) => Second(byCreation ? o.Order.PlacedAt : o.Order.UpdatedAt);
        var start = (At: DateTimeOffset.MinValue, Id: "");
        if (r.Query("paginationToken") is { Length: > 0 } token)
        {
            if (PageStart(token, byCreation, after) is not { } from) return Invalid("The paginationToken is not valid for this request.");
            start = from;
        }
        var found = Shop.Orders.SelectMany(Parts)
            .Where(o => Of(o) >= after && Of(o) <= before && (statuses.Length == 0 || statuses.Contains(o.Status)) && (fulfilledBy.Length == 0
                || fulfilledBy.Contains(o.IsByAmazon ? "AMAZON" : "MERCHANT"))
                && (markets.Length == 0 || markets.Contains(MarketplaceId)))
            .OrderBy(Of).ThenBy(o => o.Id, StringComparer.Ordinal)
            .Where(o => Of(o) > start.At || (Of(o) == start.At && string.CompareOrdinal(o.Id, start.Id) > 0))
            .Take(size + 1).ToList();
        bool hasMore = found.Count > size;
        if (hasMore) found.RemoveAt(size);
        return PlainJson.Answer(new
        {
            orders = found.Select(o => View(o, data)).ToList(),
            pagination = hasMore ? new { nextToken = PageToken(byCreation, after, Of(found[^1]), found[^1].Id) } : null,
            lastUpdatedBefore = byCreation ? null : Iso(before), createdBefore = byCreation ? Iso(before) : null,
        });
    }

    /// <summary>By what, from when and until when is searched; null when the parameters contradict one another.</summary>
    private (bool ByCreation, DateTimeOffset After, DateTimeOffset Before)? SearchTimes(SimRequest r)
    {
        var (created, updated) = (r.Query("createdAfter"), r.Query("lastUpdatedAfter"));
        if ((created is null) == (updated is null) || !TryTime(created ?? updated, out var after)) return null;
        if (r.Query(created is null ? "createdBefore" : "lastUpdatedBefore") is not null) return null;
        var now = Clock.GetUtcNow();
        if (r.Query(created is null ? "lastUpdatedBefore" : "createdBefore") is not { } until) return (created is not null, after, now - SearchLag);
        return TryTime(until, out var before) && before >= after && before <= now.AddMinutes(-2) ? (created is not null, after, before) : null;
    }

    private static string PageToken(bool byCreation, DateTimeOffset after, DateTimeOffset at, string id) =>
        Base64($"{(byCreation ? 'c' : 'u')}|{after.ToUnixTimeMilliseconds()}|{at.ToUnixTimeSeconds()}|{id}");

    private static (DateTimeOffset At, string Id)? PageStart(string token, bool byCreation, DateTimeOffset after)
    {
        Span<byte> bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out int length)) return null;
        string[] parts = Encoding.UTF8.GetString(bytes[..length]).Split('|');
        if (parts.Length != 4 || parts[0] != (byCreation ? "c" : "u") || parts[1] != after.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)) return null;
        return (DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture)), parts[3]);
    }

    private static string? Unknown(string[] given, string[] known) => given.FirstOrDefault(g => !known.Contains(g));

    private IResult BuyerInfo(SimRequest r, string id)
    {
        if (FindOrder(id) is not { } order) return Error(404, "NotFound", $"Order {id} was not found.");
        bool may = MaySee(r, id);
        return PlainJson.Answer(new
        {
            payload = new
            {
                AmazonOrderId = id, BuyerEmail = order.IsByAmazon ? null : Relay(order.Order), BuyerName = may ? BuyerName(order.Order)
            : null
            }
        });
    }

    private IResult Address(SimRequest r, string id)
    {
        if (FindOrder(id) is not { } order) return Error(404, "NotFound", $"Order {id} was not found.");
        var to = order.Order.ShipTo;
        bool may = MaySee(r, id) && !order.IsByAmazon;
        return PlainJson.Answer(new
        {
            payload = new
            {
                AmazonOrderId = id,
                ShippingAddress = new
                {
                    Name = may ? $"{to.FirstName} {to.LastName}" : null, AddressLine1 = may ? to.Street : null, AddressLine2 = may && to.Street2.Length > 0 ? to.Street2 : null,
                    to.City,
                    StateOrRegion = to.Region.Length > 0 ? to.Region : null, PostalCode = to.Postcode, CountryCode = to.Country, Phone = may ? to.Phone : null,
                },
            },
        });
    }

    private static string BuyerName(SimOrder order) => $"{order.Buyer.FirstName} {order.Buyer.LastName}";

    private static string Relay(SimOrder order) => $"b{order.Buyer.Id * 48271 % 2147483647:x8}@marketplace.amazon.co.uk";
}
