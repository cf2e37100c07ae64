using System.Text.Json;
using Switchyard.Customers;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>What routing strategies may know of an order, wherever it comes from. Null while no strategy looks: then it costs nothing.</summary>
internal static class RoutingFacts
{
    /// <summary>Of an order that is being placed; who buys is added once that is known.</summary>
    public static OrderRouter? Of(AssembledOrder order, MerchantSettings settings)
    {
        return OrderRouter.IsNeeded(settings) ? Always(order, settings) : null;
    }

    /// <summary>The same, also while no strategy looks: for one that is tried.</summary>
    public static OrderRouter Always(AssembledOrder order, MerchantSettings settings, RoutingSettings? routing = null, RoutingFigures? figures = null)
    {
        var (request, address) = (order.Request, order.Request.ShippingAddress);
        return new OrderRouter(settings, Worth(new RoutedOrder(request.Channel, request.Method, Country(address?.Country), address?.Postcode)
        {
            Priority = order.Terms.Priority,
            Type = order.Terms.Type,
            Payment = request.Payment?.Status ?? "none",
            Tags = order.Tags,
            Metadata = request.Metadata ?? new Dictionary<string, string>(),
            Ranks = order.Ranks,
            Lines = [.. order.Lines.Where(l => l.HoldsStock).Select(l => new RoutedLine(l.LineNo, l.SkuId, l.Sku, l.Quantity, l.WeightGrams))],
        }, order.Facts?.TotalBaseMinor, settings), routing, figures);
    }

    /// <summary>Of an order that was placed before, as it is now.</summary>
    public static OrderRouter? Of(OpenOrder order, MerchantSettings settings)
    {
        if (!OrderRouter.IsNeeded(settings)) return null;
        long? rate = settings.RateE9(order.Currency, DateTimeOffset.FromUnixTimeMilliseconds(order.PlacedAtMs));
        long? worth = rate is null ? null : (long)Int128.Min((Int128)order.TotalMinor * rate.Value / 1_000_000_000, long.MaxValue);
        return new OrderRouter(settings, Worth(new RoutedOrder(settings.Channels.Values.First(c => c.Id == order.Channel).Code, order.Method, Country(order.Country), order.Postcode)
        {
            Priority = order.Priority,
            Type = order.Type,
            Payment = order.PaymentState,
            Tags = order.Tags,
            Metadata = order.Metadata,
            IsCompany = order.IsOfCompany,
            CustomerTags = order.CustomerTags,
            Ranks = order.Ranks,
            Lines = [.. order.Lines.Where(l => l.HoldsStock && l.Quantity > l[LineBucket.Cancelled])
                .Select(l => new RoutedLine(l.LineNo, l.SkuId, l.Sku, l.Quantity - l[LineBucket.Cancelled], l.Added?.WeightGrams ?? l.WeightGrams))],
        }, worth, settings));
    }

    /// <summary>Of a basket that somebody asks about.</summary>
    /// <param name="worthMinor">At list prices in the merchant's currency; null when one is not known.</param>
    public static OrderRouter? Of(string? channel, string country, string? postcode, IReadOnlyList<WantedUnits> wanted, long? worthMinor, MerchantSettings settings) =>
        !OrderRouter.IsNeeded(settings) ? null : new OrderRouter(settings, Worth(new RoutedOrder(channel, null, country, postcode)
        {
            Lines = [.. wanted.Select((w, i) => new RoutedLine(i, w.SkuId, w.Sku, w.Quantity, w.WeightGrams))],
        }, worthMinor, settings));

    /// <summary>The same with who buys.</summary>
    public static OrderRouter? Of(OrderRouter? router, CustomerMatch? customer) => router is null || customer is not { IsNobody: false } ? router
        : router.With(router.Order with { IsCompany = customer.IsCompany, CustomerTags = customer.TagsJson is { } json ? JsonSerializer.Deserialize<List<string>>(json, Json.Options)! : [] });

    private static string? Country(string? country) => country?.ToUpperInvariant();

    private static RoutedOrder Worth(RoutedOrder order, long? minor, MerchantSettings settings) => order with
    {
        TotalMinor = minor,
        Total = minor / (decimal)Currency.Parse(settings.BaseCurrency).MinorPerMajor,
    };
}
