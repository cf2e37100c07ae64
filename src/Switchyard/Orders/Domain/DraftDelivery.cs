using Switchyard.Channels;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What delivery of a draft costs its customer by the list of charges.</summary>
/// <param name="ChargeMinor">Minor units of the draft's currency; 0 when its goods are worth enough.</param>
/// <param name="FreeFromMinor">From which worth of goods it is free; null: never.</param>
/// <param name="IsTaken">The draft says no delivery charge of its own, so that this one is taken.</param>
public sealed record DraftDelivery(string Method, long ChargeMinor, long? FreeFromMinor, decimal? TaxRate, bool IsTaken)
{
    /// <summary>The code of the charge that delivery is.</summary>
    public const string Code = "delivery";

    /// <summary>By the list, for goods of this worth; null when nothing is said of the method, it is collected, or goods are sent in exchange.</summary>
    /// <param name="goodsMinor">After discounts.</param>
    internal static DraftDelivery? Of(PlaceOrder.Request order, bool isExchange, IReadOnlyList<DeliveryCharge> charges, long goodsMinor)
    {
        if (isExchange || charges.Count == 0 || order.CollectAt is not null || HoldRules.IsCollected(order.Method)) return null;
        return DeliveryCharges.For(charges, order.Method, order.Currency, order.ShippingAddress?.Country, order.Channel) is { } line
            ? new DraftDelivery(line.Method, line.Of(goodsMinor), line.FreeFromMinor, line.TaxRate, Said(order) is null) : null;
    }

    /// <summary>The charge that an order says itself.</summary>
    internal static PlaceOrder.Charge? Said(PlaceOrder.Request order) => order.Charges?.FirstOrDefault(c => Text.Key(c.Code ?? "") == Text.Key(Code));

    /// <summary>The order with this charge on it, when it is taken.</summary>
    internal PlaceOrder.Request On(PlaceOrder.Request order) => !IsTaken ? order : order with { Charges = [.. order.Charges ?? [], new PlaceOrder.Charge(Code, null, ChargeMinor, TaxRate, null)] };
}
