namespace Switchyard.Orders;

/// <summary>An imported order as a request to place it, so that it is stored and promised by the same code as any other.</summary>
internal static class ImportRequest
{
    public static PlaceOrder.Request Of(ImportedOrder order, ImportOptions options, string channel, IReadOnlyList<ImportedLine> lines, string? onShort = null)
    {
        var c = order.Contact;
        bool hasPlace = order.Country is not null || c is not null;
        return new PlaceOrder.Request(
            channel, order.ExternalId, order.Past?.Currency ?? options.Mapping.Currency.Code,
            order.Customer is null && c?.Name is null && c?.Email is null && c?.Phone is null ? null : new PlaceOrder.Customer(c?.Name, c?.Email, c?.Phone, order.Customer),
            hasPlace ? new PlaceOrder.Address(c?.Name, c?.Company, c?.Line1, c?.Line2, c?.City, c?.Region, c?.Postcode, order.Country, c?.Phone) : null, null,
            c?.Method,
            [.. lines.Where(l => !l.IsCharge).Select(l => new PlaceOrder.Line(l.Sku, l.Quantity, l.UnitPriceMinor, l.Name, l.Money.Discount == 0 ? null : l.Money.Discount, null, null, null))],
            [.. lines.Where(l => l.IsCharge).Select(l => new PlaceOrder.Charge(l.Sku, l.Charge, l.Money.Total, null, null))],
            null, order.Past?.PricesIncludeTax ?? options.Mapping.PricesIncludeTax, PaymentOf(order.Past), onShort, null, null);
    }

    private static PlaceOrder.Payment? PaymentOf(ImportedPast? past)
    {
        if (past is null) return null;
        long taken = past.Payments.Where(p => p.Kind == "sale").Sum(p => p.Minor), back = past.Payments.Where(p => p.Kind == "refund").Sum(p => p.Minor);
        return taken == 0 ? null : new PlaceOrder.Payment(back == taken ? "refunded" : back > 0 ? "partRefunded" : "paid", past.Payments[0].Tender, null, null);
    }
}
