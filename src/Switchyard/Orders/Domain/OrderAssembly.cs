using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>An order ready to be promised: lines known and exploded, money added up, doubts noted.</summary>
/// <param name="ContentHash">Of what the source says, so that the same order sent again is recognised.</param>
/// <param name="RateE9">Base currency units for one of the order's, times 10^9; null when no rate is known.</param>
public sealed record AssembledOrder(PlaceOrder.Request Request, long ChannelId, OnShort OnShort, Currency Currency, bool PricesIncludeTax,
    IReadOnlyList<NewLine> Lines, OrderMoney Money, IReadOnlyList<NewHold> Holds, string BaseCurrency, long? RateE9, byte[] ContentHash, long CatalogVersion)
{
    public OrderTerms Terms { get; init; } = new();

    /// <summary>What rankers said of it; nothing while no strategy names one.</summary>
    public IReadOnlyDictionary<string, RankerAnswer> Ranks { get; init; } = RankerAnswer.None;

    /// <summary>Does the source ask before it sells? Then what cannot be promised is refused, else it is held.</summary>
    public bool IsAsking { get; init; }

    /// <summary>May another product go instead, where neither the order nor its customer says?</summary>
    public bool IsSubstitutedByChannel { get; init; }

    /// <summary>Where all of it is collected that has no way of its own; null: it is sent.</summary>
    public long? CollectNode { get; init; }

    /// <summary>The way of what has none of its own.</summary>
    public LineWay Way => new(Request.Method, CollectNode);

    /// <summary>From when its goods could be worked on.</summary>
    public DateTimeOffset StartsAt(DateTimeOffset now) => new[] { now, Terms.GraceUntil ?? now, Terms.ReleaseAt ?? now }.Max();

    /// <summary>The SKUs of which units may wait that are not there.</summary>
    public IEnumerable<long> SkusThatMayWait(DateTimeOffset now) => Lines.Where(l => l.HoldsStock && l.SkuId is not null && StockPromise.MayWait(l, OnShort, now)).Select(l => l.SkuId!.Value);

    /// <summary>As the source sent it; <see cref="Request"/> has what the rules of intake set.</summary>
    public PlaceOrder.Request Sent { get; init; } = Request;

    /// <summary>The rules it was judged by, and what they were judged by. Those that ask the books are judged in the drain.</summary>
    public OrderPolicy Policy { get; init; } = OrderPolicy.None;
    public OrderFacts? Facts { get; init; }
    public OrderKeys Keys { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Turns a request into an order by what the catalogue says. Pure.</summary>
public static class OrderAssembly
{
    private const long MostComponentUnits = 1_000_000_000_000;

    /// <remarks>Errors: orders.unknown_channel, request.invalid with /payment/expiresAt, orders.price_missing, orders.discount_too_large, orders.total_too_large.</remarks>
    public static Result<AssembledOrder> Build(
        PlaceOrder.Request request, MerchantSettings settings, IReadOnlyDictionary<string, CatalogItem> items, OrderPolicy policy, DateTimeOffset now)
    {
        if (!settings.Channels.TryGetValue(Text.Key(request.Channel), out var channel)) return OrderErrors.UnknownChannel(request.Channel);
        if (channel.OnShort == "refuse" && PlaceOrder.IsOddExpiry(request.Payment, now)) return OrderErrors.OddExpiry();
        var currency = Currency.Parse(request.Currency);
        bool included = request.PricesIncludeTax ?? true;
        var missing = new List<FieldError>();
        var way = LineWay.Of(request.Method, request.CollectAt, settings, "", missing, mayBeAnywhere: true);
        List<LineWay?> ways = [.. request.Lines!.Select((l, i) => LineWay.Of(l.Method, l.CollectAt, settings, $"/lines/{i}", missing))];
        var priced = new List<PricedLine>();
        for (int i = 0; i < request.Lines!.Count; i++)
        {
            var line = request.Lines[i];
            long? price = line.UnitPriceMinor ?? ListPrice(items, line.Sku, currency);
            if (price is null)
            {
                missing.Add(new FieldError($"/lines/{i}/unitPriceMinor", "orders.price_missing", items.ContainsKey(Text.Key(line.Sku))
                    ? $"{line.Sku} has no list price in {currency}; say the price." : $"There is no product {line.Sku}. With a price the order is taken, and held."));
            }
            priced.Add(new PricedLine(line.Quantity, price ?? 0, line.DiscountMinor ?? 0, Ppm(line.TaxRate), line.TaxMinor, IsCharge: false));
        }
        if (missing.Count > 0) return Error.Invalid(missing);
        foreach (var charge in request.Charges ?? [])
            priced.Add(new PricedLine(1, charge.AmountMinor, 0, Ppm(charge.TaxRate), charge.TaxMinor, IsCharge: true));

        var money = OrderTotals.Of(priced, request.DiscountMinor ?? 0, included);
        if (money.Error is { } error) return error;
        var lines = Lines(request, items, priced, money.Value, ways);
        var tooMany = lines.Find(l => l.Quantity > MostComponentUnits);
        if (tooMany is not null) return Error.Invalid([new FieldError(tooMany.Pointer + "/quantity", "field.out_of_range", "The bundle's components would be too many.")]);

        var facts = Facts(request, channel.Id, settings, items, lines, currency, money.Value.Total, now);
        var marks = IntakeRules.Sort(policy.Intake, facts);
        var marked = way is { CollectNode: not null } ? request with { Method = way.Value.Method } : marks.Method is { } method ? request with { Method = method } : request;
        if (request is { Type: OrderTypes.Wholesale, Payment: null }) marked = marked with { Payment = Wholesale.OnAccount };
        facts = facts with { Method = marked.Method, IsMethodKnown = IsMethodKnown(marked.Method, settings) };
        var holds = policy.IsJudgedTogether ? [] : HoldRules.Judge(policy.Plain, facts);
        Bar(lines, holds);
        var stopped = Stopped(lines);
        var onShort = request.OnShort is { } wish && !(wish == "refuse" && channel.OnShort != "refuse") ? Parse(wish) : Parse(channel.OnShort);
        if (stopped.Count > 0 && (onShort == OnShort.Refuse || onShort == OnShort.Backorder && channel.OnShort == "refuse"))
            return OrderErrors.SaleStopped([.. stopped.Select(s => StockPromise.Fault(lines.Find(l => l.LineNo == s.LineNo)!, "orders.sale_stopped", "is not sold for now"))]);
        Bar(lines, stopped);
        holds = [.. holds, .. stopped];
        return new AssembledOrder(marked, channel.Id, onShort, currency, included, lines, money.Value, holds,
            settings.BaseCurrency, settings.RateE9(currency.Code, now), Hash(request), settings.Version)
        {
            Terms = new OrderTerms(request.Type ?? OrderTypes.Sales, Priority: marks.Priority ?? 0, Zone: marks.Zone, GraceUntil: GraceUntil(channel, marked.Method, now))
            { RiskMinutes = channel.RiskMinutes },
            CollectNode = way?.CollectNode,
            Sent = request,
            Policy = policy,
            Facts = facts,
            Keys = OrderKeys.Of(facts.Buyer, request.Lines.Select(l => (l.Sku, l.Quantity))),
            Tags = marks.Tags ?? [],
            IsAsking = channel.OnShort == "refuse",
            IsSubstitutedByChannel = channel.AllowSubstitutes,
        };
    }

    /// <summary>Until when the order may be changed before anybody begins work on it; null when the channel or the method has no grace.</summary>
    internal static DateTimeOffset? GraceUntil(ChannelSettings channel, string? method, DateTimeOffset now) =>
        channel.GraceMinutes == 0 || method is not null && channel.UrgentMethods.Contains(method) ? null : DateTimeOffset.FromUnixTimeMilliseconds(now.AddMinutes(channel.GraceMinutes).ToUnixTimeMilliseconds());

    /// <summary>What the rules look at, as far as it is known without asking the books.</summary>
    internal static OrderFacts Facts(PlaceOrder.Request request, long channel, MerchantSettings settings, IReadOnlyDictionary<string, CatalogItem> items,
        IReadOnlyList<NewLine> lines, Currency currency, long totalMinor, DateTimeOffset now)
    {
        long? rate = settings.RateE9(currency.Code, now);
        Int128 worth = (Int128)totalMinor * (rate ?? 0) / 1_000_000_000;          // both have their own minor units: good enough for a threshold
        return new OrderFacts(request, request.Method, IsMethodKnown(request.Method, settings), totalMinor,
            rate is null ? null : (long)Int128.Min(worth, long.MaxValue),
            [.. lines.Where(l => l.Kind is LineKind.Goods or LineKind.Bundle).Select(l => new LineFacts(l.LineNo, l.Sku, l.SkuId is not null, l.Quantity,
                l.UnitPriceMinor, InItsTerms(ListPrice(items, l.Sku, currency), l, request.PricesIncludeTax ?? true), items.GetValueOrDefault(Text.Key(l.Sku))?.HandlingFlags ?? []))],
            OrderBuyer.Of(settings.Merchant, channel, request), now)
        { PaymentRule = settings.Channels[Text.Key(request.Channel)].PaymentRule };
    }

    /// <summary>Marks the lines for which nothing is reserved, those of their components too.</summary>
    internal static void Bar(IReadOnlyList<NewLine> lines, IReadOnlyList<NewHold> holds)
    {
        var barred = holds.Where(h => h.LineNo is not null && HoldKinds.BarsStock(h.Kind)).Select(h => h.LineNo!.Value).ToHashSet();
        if (barred.Count == 0) return;
        foreach (var line in lines) line.IsBarred |= barred.Contains(line.ParentLineNo ?? line.LineNo);
    }

    /// <summary>Holds of lines whose goods, or those of a component, are not sold for now; resuming the sale finds them by the key of the SKU.</summary>
    private static List<NewHold> Stopped(IReadOnlyList<NewLine> lines) =>
    [
        .. lines.Where(l => l.Policy.IsStopped && l.HoldsStock).Select(l => new NewHold(HoldKinds.SaleStopped, $"{l.Sku} is not sold for now.", l.ParentLineNo ?? l.LineNo)
        { Subject = Text.Key(l.Sku) }),
    ];

    // Without lanes any method will do; with them one that no lane carries is somebody's slip.
    private static bool IsMethodKnown(string? method, MerchantSettings settings) =>
        string.IsNullOrWhiteSpace(method) || !settings.Nodes.Any(n => settings.HasLanes(n.Id)) || settings.KnowsMethod(method);

    /// <summary>The SKU keys an order names, for looking them up together.</summary>
    public static IReadOnlyList<string> SkuKeys(PlaceOrder.Request request) => [.. request.Lines!.Select(l => Text.Key(l.Sku)).Distinct()];

    private static List<NewLine> Lines(
        PlaceOrder.Request request, IReadOnlyDictionary<string, CatalogItem> items, List<PricedLine> priced, OrderMoney money, List<LineWay?> ways)
    {
        var lines = new List<NewLine>(priced.Count);
        var components = new List<NewLine>();
        int next = priced.Count;
        for (int i = 0; i < priced.Count; i++)
        {
            bool isCharge = priced[i].IsCharge;
            string pointer = isCharge ? $"/charges/{i - request.Lines!.Count}" : $"/lines/{i}";
            var line = isCharge ? null : request.Lines![i];
            var charge = isCharge ? request.Charges![i - request.Lines!.Count] : null;
            var item = line is null ? null : items.GetValueOrDefault(Text.Key(line.Sku));
            var kind = isCharge || item?.Kind == ItemKind.Charge ? LineKind.Charge : item?.Kind == ItemKind.Bundle ? LineKind.Bundle : LineKind.Goods;
            lines.Add(new NewLine(i + 1, kind, null, item?.Id, item?.Sku ?? line?.Sku ?? charge!.Code, line?.Name ?? item?.Name ?? charge?.Name,
                priced[i].Quantity, item?.WeightGrams ?? 0, priced[i].UnitPriceMinor, money.Lines[i].Discount, priced[i].TaxRatePpm,
                money.Lines[i].Tax, money.Lines[i].Total, PlaceOrder.ToJson(line?.Metadata), pointer)
            {
                Policy = item?.Policy ?? SkuPolicy.None, Own = isCharge ? null : ways[i],
                MaySubstitute = kind == LineKind.Goods && line is { IsPersonalised: false } && (line.AllowSubstitutes ?? request.AllowSubstitutes) == true,
                AsksWhoSubstitutes = kind == LineKind.Goods && line is { IsPersonalised: false } && (line.AllowSubstitutes ?? request.AllowSubstitutes) is null,
            });
            if (kind != LineKind.Bundle) continue;
            foreach (var part in item!.Components)
                components.Add(new NewLine(++next, LineKind.Component, i + 1, part.SkuId, part.Sku, null, Multiply(priced[i].Quantity, part.Quantity),
                    part.WeightGrams, 0, 0, 0, 0, 0, null, pointer)
                { Policy = part.Policy ?? SkuPolicy.None, Own = ways[i] });
        }
        lines.AddRange(components);
        return lines;
    }

    private static byte[] Hash(PlaceOrder.Request request) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request with { Payment = null, OnShort = null, Reservation = null }, Json.Options));

    private static long? ListPrice(IReadOnlyDictionary<string, CatalogItem> items, string sku, Currency currency) =>
        items.TryGetValue(Text.Key(sku), out var item) && item.Prices.TryGetValue(currency.Code, out long price) ? price : null;

    /// <summary>
    /// A list has one price of a product, with or without tax as its shop shows it; a marketplace tells prices without. Where that of an order without tax is the list's once the line's own tax is put on it, it is the list price.
    /// </summary>
    private static long? InItsTerms(long? list, NewLine line, bool isTaxIncluded)
    {
        Int128 net = (Int128)line.UnitPriceMinor * line.Quantity - line.DiscountMinor;
        if (list is null || isTaxIncluded || line.TaxMinor <= 0 || net <= 0) return list;
        var withTax = ((Int128)line.UnitPriceMinor * (net + line.TaxMinor) * 2 + net) / (2 * net);
        return Int128.Abs(withTax - list.Value) <= 1 ? line.UnitPriceMinor : list;              // the unit price and its tax were rounded
    }

    private static long Multiply(long a, long b) => (long)Int128.Min((Int128)a * b, long.MaxValue);
    private static long Ppm(decimal? rate) => (long)((rate ?? 0) * 1_000_000);
    private static OnShort Parse(string text) => Enum.Parse<OnShort>(text, ignoreCase: true);
}
