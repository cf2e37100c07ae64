namespace Switchyard.Orders;

/// <summary>What is doubtful about an order that is well formed: each doubt becomes a hold with a reason people understand.</summary>
public static class OrderDoubts
{
    /// <summary>Doubts about the address: parcels need a street, a town, a country.</summary>
    public static IEnumerable<NewHold> Address(PlaceOrder.Address? address, string? method)
    {
        if (method is "pickup" or "collect" or "carry-out") yield break;
        var missing = new List<string>();
        if (string.IsNullOrWhiteSpace(address?.Line1)) missing.Add("street");
        if (string.IsNullOrWhiteSpace(address?.City) && string.IsNullOrWhiteSpace(address?.Postcode)) missing.Add("town or postcode");
        if (string.IsNullOrWhiteSpace(address?.Country)) missing.Add("country");
        else if (address.Country.Trim().Length != 2) yield return new NewHold("address", "The country is not a two-letter code.");
        if (missing.Count > 0) yield return new NewHold("address", $"The delivery address has no {string.Join(", no ", missing)}.");
    }

    /// <summary>Doubts about payment: pending (with the time at which the stock is given back), failed, or less than the channel asks for.</summary>
    /// <param name="rule">What lets an order of the channel go forward: authorised or paid.</param>
    public static IEnumerable<NewHold> Payment(PlaceOrder.Payment? payment, string rule)
    {
        if (payment?.Status == "authorised" && rule == "paid") yield return new NewHold("payment", "The payment is authorised and not taken yet.", ExpiresAt: payment.ExpiresAt);
        if (payment?.Status == "pending") yield return new NewHold("payment", "Payment is pending.", ExpiresAt: payment.ExpiresAt);
        if (payment?.Status == "failed") yield return new NewHold("payment", "Payment failed.");
    }

    /// <summary>Doubts about one line: a SKU nobody knows, a price that is not the list price.</summary>
    public static IEnumerable<NewHold> Line(NewLine line, bool isKnown, long? listPriceMinor)
    {
        if (!isKnown) yield return new NewHold("unknown_sku", $"There is no product {line.Sku}.", line.LineNo);
        if (listPriceMinor is { } list && list != line.UnitPriceMinor)
            yield return new NewHold("price_off_list", $"The price of {line.Sku} is not the list price.", line.LineNo);
    }
}
