using System.Globalization;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>A fulfilment that was made by the API; its shipment is there once it is sent.</summary>
internal sealed record VendureParcel(long Id, SimOrder Order, IReadOnlyList<SimShippedLine> Lines, string Method, string Tracking)
{
    public SimShipment? Shipment { get; set; }
}

/// <summary>Orders as the Admin API shows them.</summary>
internal sealed class VendureOrderView(VendureSim sim, VendureGoods goods)
{
    public const int Precision = 2;
    private readonly Shop _shop = sim.Shop;

    /// <summary>Fulfilments that the API made, of all orders.</summary>
    public List<VendureParcel> Parcels { get; } = [];

    /// <summary>Orders whose money was settled by the API.</summary>
    public HashSet<string> Settled { get; } = new(StringComparer.Ordinal);

    /// <summary>What was cancelled, for the history of its order.</summary>
    public List<(SimOrder Order, string Reason)> Cancels { get; } = [];

    public object? One(IResolveFieldContext ctx) => _shop.Order(ctx.Text("id")) is { } order ? Show(order) : null;

    public object Many(IResolveFieldContext ctx)
    {
        var options = VendureGoods.Options(ctx);
        var filter = options.Part("filter");
        IEnumerable<SimOrder> found = _shop.Orders;
        if (filter?.Part("active") is { } active) found = found.Where(o => IsActive(o) == active.Flag("eq"));
        if (filter?.Part("code")?.Text("eq") is { } code) found = found.Where(o => o.Number == code);
        if (filter?.Part("updatedAt")?.Text("after") is { } after) found = found.Where(o => Whole(o.UpdatedAt) > Instant(after));
        if (filter?.Part("orderPlacedAt")?.Text("after") is { } placed) found = found.Where(o => !IsActive(o) && Whole(o.PlacedAt) > Instant(placed));
        var sorted = options.Part("sort")?.Text("updatedAt") switch
        {
            null => found.OrderBy(o => o.Id),
            "DESC" => found.OrderByDescending(o => Whole(o.UpdatedAt)).ThenBy(o => o.Id),
            _ => found.OrderBy(o => Whole(o.UpdatedAt)).ThenBy(o => o.Id),
        };
        return VendureGoods.Page("Order", sorted, options, Show);
    }

    /// <summary>A basket, as long as nobody has paid or promised to.</summary>
    public static bool IsActive(SimOrder order) => !order.IsPaid && !order.IsCancelled;

    public bool IsAuthorised(SimOrder order) => sim.OnlyAuthorises && !Settled.Contains(order.Key);

    public string State(SimOrder order) => order switch
    {
        { IsCancelled: true } => "Cancelled",
        { IsPaid: false } => "ArrangingPayment",
        { IsShipped: true } => "Shipped",
        { IsPartlyShipped: true } => "PartiallyShipped",
        _ => IsAuthorised(order) ? "PaymentAuthorized" : "PaymentSettled",
    };

    public Bag Show(SimOrder order)
    {
        bool isGross = order.PricesIncludeTax;
        long shipping = order.Method.PriceMinor, tax = order.ShippingTaxMinor;
        var payments = order.Payments.Select((p, i) => Payment(order, p, isFirst: i == 0)).ToList();
        return new Bag("Order")
        {
            ["id"] = order.Key, ["code"] = order.Number, ["state"] = State(order), ["active"] = IsActive(order),
            ["orderPlacedAt"] = order.IsPaid ? At(order.PlacedAt) : null, ["updatedAt"] = At(order.UpdatedAt),
            ["currencyCode"] = order.Currency, ["total"] = Units(order.TotalMinor - order.TaxMinor, order.Currency), ["totalWithTax"] = Units(order.TotalMinor, order.Currency),
            ["customer"] = new Bag("Customer")
            {
                ["id"] = VendureGoods.Text(order.Buyer.Id), ["firstName"] = order.Buyer.FirstName, ["lastName"] = order.Buyer.LastName,
                ["emailAddress"] = order.Buyer.Email, ["phoneNumber"] = order.Buyer.Phone,
            },
            ["shippingAddress"] = Address(order.ShipTo), ["billingAddress"] = Address(order.BillTo),
            ["lines"] = order.Lines.Select(l => Line(order, l)).ToList(), ["surcharges"] = new List<Bag>(),
            ["shippingLines"] = new List<Bag>
            {
                new("ShippingLine")
                {
                    ["id"] = order.Key, ["shippingMethod"] = new Bag("ShippingMethod") { ["id"] = "1", ["code"] = order.Method.Code, ["name"] = order.Method.Title },
                    ["discountedPrice"] = Units(isGross ? shipping - tax : shipping, order.Currency),
                    ["discountedPriceWithTax"] = Units(isGross ? shipping : shipping + tax, order.Currency),
                },
            },
            ["payments"] = payments, ["fulfillments"] = Fulfilments(order).ToList(),
            ["history"] = (Func<IResolveFieldContext, object?>)(_ => _shop.Read(_ => History(order))),
        };
    }

    public Bag Payment(SimOrder order, SimPayment payment, bool isFirst) => new("Payment")
    {
        ["id"] = VendureGoods.Text(payment.Id), ["method"] = payment.Gateway, ["amount"] = Units(payment.AmountMinor, order.Currency),
        ["state"] = IsAuthorised(order) ? "Authorized" : "Settled",
        ["transactionId"] = payment.Reference, ["refunds"] = isFirst ? order.Refunds.Select(r => Refund(order, payment, r)).ToList() : [],
    };

    public static Bag Refund(SimOrder order, SimPayment payment, SimRefund refund) => new("Refund")
    {
        ["id"] = VendureGoods.Text(refund.Id), ["createdAt"] = At(refund.At), ["total"] = Units(refund.AmountMinor, order.Currency),
        ["state"] = "Settled", ["reason"] = refund.Reason,
        ["lines"] = refund.Lines.Select(l => new Bag("RefundLine") { ["orderLineId"] = VendureGoods.Text(l.LineId), ["quantity"] = l.Quantity }).ToList(),
        ["paymentId"] = VendureGoods.Text(payment.Id),
    };

    public static Bag Fulfilment(long id, string state, string method, string tracking, IReadOnlyList<SimShippedLine> lines) => new("Fulfillment")
    {
        ["id"] = VendureGoods.Text(id), ["state"] = state, ["method"] = method, ["trackingCode"] = tracking,
        ["lines"] = lines.Select(l => new Bag("FulfillmentLine") { ["orderLineId"] = VendureGoods.Text(l.LineId), ["quantity"] = l.Quantity }).ToList(),
    };

    public static Bag Fulfilment(VendureParcel parcel) => Fulfilment(parcel.Id, parcel.Shipment is null ? "Pending" : "Shipped", parcel.Method, parcel.Tracking, parcel.Lines);

    // Made by the API, or written down in the shop.
    private IEnumerable<Bag> Fulfilments(SimOrder order)
    {
        var made = Parcels.Where(p => p.Order == order).ToList();
        var byHand = order.Shipments.Where(s => !s.IsCancelled && made.All(p => p.Shipment != s));
        return made.Select(p => Fulfilment(p)).Concat(byHand.Select(s => Fulfilment(s.Id, "Shipped", s.Carrier, s.Tracking, s.Lines)));
    }

    private Bag History(SimOrder order)
    {
        var entries = Cancels.Where(c => c.Order == order).Select((c, i) => new Bag("HistoryEntry")
        {
            ["id"] = VendureGoods.Text(i + 1), ["type"] = "ORDER_CANCELLATION", ["data"] = new Dictionary<string, object?> { ["reason"] = c.Reason },
        }).ToList();
        return new Bag("HistoryEntryList") { ["items"] = entries, ["totalItems"] = entries.Count };
    }

    private Bag Line(SimOrder order, SimLine line)
    {
        bool isGross = order.PricesIncludeTax;
        long one = line.UnitPriceMinor, tax = SimMoney.Tax(one, line.TaxRate, isGross), net = line.NetMinor;
        long Of(long minor) => Units(minor, order.Currency);
        return new Bag("OrderLine")
        {
            ["id"] = VendureGoods.Text(line.Id), ["quantity"] = line.Current, ["orderPlacedQuantity"] = line.Quantity, ["unitPrice"] = Of(isGross ? one - tax : one),
            ["unitPriceWithTax"] = Of(isGross ? one : one + tax), ["proratedLinePrice"] = Of(isGross ? net - line.TaxMinor : net),
            ["proratedLinePriceWithTax"] = Of(isGross ? net : net + line.TaxMinor),
            ["lineTax"] = Of(line.TaxMinor), ["taxRate"] = (double)line.TaxRate, ["productVariant"] = goods.Variant(line.Listing),
        };
    }

    private static Bag Address(SimAddress a) => new("OrderAddress")
    {
        ["fullName"] = $"{a.FirstName} {a.LastName}", ["company"] = a.Company, ["streetLine1"] = a.Street, ["streetLine2"] = a.Street2, ["city"] = a.City,
        ["province"] = a.Region, ["postalCode"] = a.Postcode,
        ["country"] = a.Country, ["countryCode"] = a.Country, ["phoneNumber"] = a.Phone,
    };

    /// <summary>An amount as the server keeps it: two digits behind the point in every currency.</summary>
    public static long Units(long minor, string currency) => (long)(SimMoney.Amount(minor, currency) * 100);

    public static long Minor(decimal units, string currency) => SimMoney.Minor(units / 100, currency);

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    private static long Whole(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
    private static long Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUnixTimeMilliseconds()
        : throw new ExecutionError($"DateTime cannot represent an invalid date-time-string {text}.");
}
