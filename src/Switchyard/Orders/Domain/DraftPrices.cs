using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A line of a draft with what it costs now.</summary>
/// <param name="UnitPriceMinor">As it was said; null: it follows the list until the draft is quoted.</param>
/// <param name="PriceMinor">What a unit costs; null while nobody knows.</param>
/// <param name="ListPriceMinor">The list price today.</param>
/// <param name="IsGone">There is no such product any more, or it is not sold.</param>
public sealed record DraftLine(int Line, string Sku, string? Name, long Quantity, long? UnitPriceMinor, long? PriceMinor, long? ListPriceMinor, long? DiscountMinor,
    decimal? TaxRate, long? TaxMinor, long TotalMinor, bool IsGone, IReadOnlyDictionary<string, string>? Metadata);

/// <summary>What a draft would cost, by the catalogue of today. Pure.</summary>
internal sealed record DraftPrices(OrderMoney Money, IReadOnlyList<DraftLine> Lines, DraftDelivery? Delivery = null)
{
    /// <summary>With what delivery costs by the list, where the order itself says nothing of it.</summary>
    /// <remarks>Errors: orders.discount_too_large, orders.total_too_large.</remarks>
    public static Result<DraftPrices> Of(PlaceOrder.Request order, IReadOnlyDictionary<string, CatalogItem> items, IReadOnlyList<DeliveryCharge> charges, bool isExchange)
    {
        var bare = Of(order, items);
        if (!bare.IsOk || DraftDelivery.Of(order, isExchange, charges, bare.Value.Money.Goods - bare.Value.Money.Discount) is not { } delivery) return bare;
        var whole = Of(delivery.On(order), items);
        return whole.Error is { } error ? error : whole.Value with { Delivery = delivery };
    }

    private static Result<DraftPrices> Of(PlaceOrder.Request order, IReadOnlyDictionary<string, CatalogItem> items)
    {
        var lines = order.Lines ?? [];
        var priced = lines.Select(l => new PricedLine(l.Quantity, l.UnitPriceMinor ?? List(order, items, l.Sku) ?? 0, l.DiscountMinor ?? 0, Ppm(l.TaxRate), l.TaxMinor, IsCharge: false))
            .Concat((order.Charges ?? []).Select(c => new PricedLine(1, c.AmountMinor, 0, Ppm(c.TaxRate), c.TaxMinor, IsCharge: true))).ToList();
        var money = OrderTotals.Of(priced, order.DiscountMinor ?? 0, order.PricesIncludeTax ?? true);
        if (money.Error is { } error) return error;
        return new DraftPrices(money.Value, [.. lines.Select((l, i) =>
        {
            var item = items.GetValueOrDefault(Text.Key(l.Sku));
            long? list = List(order, items, l.Sku);
            return new DraftLine(i + 1, l.Sku, l.Name ?? item?.Name, l.Quantity, l.UnitPriceMinor, l.UnitPriceMinor ?? list, list, l.DiscountMinor, l.TaxRate,
                money.Value.Lines[i].Tax, money.Value.Lines[i].Total, item is not { IsActive: true }, l.Metadata);
        })]);
    }

    /// <summary>The same for reading: when the list has fallen below a discount, the discounts are left out, and placing says why it cannot be.</summary>
    public static DraftPrices Show(PlaceOrder.Request order, IReadOnlyDictionary<string, CatalogItem> items, IReadOnlyList<DeliveryCharge> charges, bool isExchange)
    {
        if (Of(order, items, charges, isExchange) is { IsOk: true } fine) return fine.Value;
        var bare = order with { DiscountMinor = null, Lines = [.. (order.Lines ?? []).Select(l => l with { DiscountMinor = null })] };
        return Of(bare, items, charges, isExchange) is { IsOk: true } shown ? shown.Value : new DraftPrices(new OrderMoney([], 0, 0, 0, 0, 0), []);
    }

    /// <summary>The same with every price said: a quote keeps what it told.</summary>
    public static PlaceOrder.Request Fix(PlaceOrder.Request order, IReadOnlyDictionary<string, CatalogItem> items) =>
        order with { Lines = [.. (order.Lines ?? []).Select(l => l with { UnitPriceMinor = l.UnitPriceMinor ?? List(order, items, l.Sku) })] };

    /// <summary>Does it say a price, discount or charge that is not the list's and did not stand there before? Whoever says so needs the right.</summary>
    /// <param name="delivery">What delivery costs by the list; to charge less is a price too.</param>
    public static bool SaysPrices(PlaceOrder.Request now, PlaceOrder.Request? before, IReadOnlyDictionary<string, CatalogItem> items, DraftDelivery? delivery = null)
    {
        if (now.DiscountMinor > (before?.DiscountMinor ?? 0)) return true;
        var lines = (before?.Lines ?? []).Select(Said).ToList();
        var charges = (before?.Charges ?? []).Select(c => (c.Code, c.AmountMinor)).ToList();
        if (delivery is { IsTaken: false } && DraftDelivery.Said(now) is { } said && said.AmountMinor < delivery.ChargeMinor && DraftDelivery.Said(before ?? now with { Charges = null })?.AmountMinor != said.AmountMinor) return true;
        return (now.Lines ?? []).Any(l => (l.DiscountMinor > 0 || l.UnitPriceMinor is { } price && price != List(now, items, l.Sku)) && !lines.Remove(Said(l)))
            || (now.Charges ?? []).Any(c => c.AmountMinor > 0 && !charges.Remove((c.Code, c.AmountMinor)));
    }

    public static IReadOnlyCollection<string> Skus(params IEnumerable<PlaceOrder.Request?> orders) => [.. orders.SelectMany(o => o?.Lines ?? []).Select(l => Text.Key(l.Sku)).Distinct()];

    // A discount is said for so many units; a price is said for any number of them.
    private static (string, long?, long, long) Said(PlaceOrder.Line l) => (Text.Key(l.Sku), l.UnitPriceMinor, l.DiscountMinor ?? 0, l.DiscountMinor > 0 ? l.Quantity : 0);

    private static long? List(PlaceOrder.Request order, IReadOnlyDictionary<string, CatalogItem> items, string sku) =>
        items.TryGetValue(Text.Key(sku), out var item) && item.Prices.TryGetValue(Currency.Parse(order.Currency).Code, out long price) ? price : null;

    private static long Ppm(decimal? rate) => (long)((rate ?? 0) * 1_000_000);
}
