using System.Text.Json.Nodes;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>The body of an order of Click &amp; Drop with the label in the answer.</summary>
internal static class RoyalMailOrder
{
    public static JsonObject Of(CarrierCall call, Consignment what, string service)
    {
        decimal Major(long minor) => minor / (decimal)Currency.Parse(what.Currency).MinorPerMajor;
        bool isAbroad = what.Customs is not null;
        var order = new JsonObject
        {
            ["orderReference"] = what.Reference,
            ["recipient"] = new JsonObject { ["address"] = Address(what.To), ["phoneNumber"] = Cut(what.To.Phone, 25), ["emailAddress"] = Cut(what.To.Email, 254) },
            ["orderDate"] = what.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["subtotal"] = Major(what.ValueMinor), ["shippingCostCharged"] = 0m, ["total"] = Major(what.ValueMinor), ["currencyCode"] = what.Currency,
            ["postageDetails"] = new JsonObject { ["serviceCode"] = Cut(service, 10), ["sendNotificationsTo"] = "recipient" },
            ["label"] = new JsonObject { ["includeLabelInResponse"] = true, ["includeCN"] = isAbroad, ["includeReturnsLabel"] = false },
            ["packages"] = new JsonArray(new JsonObject
            {
                ["weightInGrams"] = what.WeightGrams, ["packageFormatIdentifier"] = call.Access.Setting("packageFormat") is { Length: > 0 } format ? format : Format(what),
                ["dimensions"] = what is { LengthMm: { } length, WidthMm: { } width, HeightMm: { } height } ? new JsonObject { ["heightInMms"] = height, ["widthInMms"] = width, ["depthInMms"] = length } : null,
                ["contents"] = new JsonArray([.. what.Items.Select(i => (JsonNode)new JsonObject
                {
                    ["name"] = Cut(i.Name, 800), ["SKU"] = Cut(i.Sku, 100), ["quantity"] = i.Quantity, ["unitValue"] = Major(i.UnitValueMinor), ["unitWeightInGrams"] = i.UnitWeightGrams,
                    ["customsDescription"] = isAbroad ? Cut(i.Name, 50) : null, ["customsCode"] = Cut(i.HsCode, 10), ["originCountryCode"] = Cut(i.OriginCountry, 3),
                    ["customsDeclarationCategory"] = isAbroad ? "saleOfGoods" : null,
                })]),
            }),
        };
        if (call.Access.Setting("tradingName") is { Length: > 0 } sender) order["sender"] = new JsonObject { ["tradingName"] = Cut(sender, 250) };
        return new JsonObject { ["items"] = new JsonArray(Tidy(order)) };
    }

    // Small parcels: 45 × 35 × 16 cm and 2 kg; medium 61 × 46 × 46 cm and 20 kg.
    // Source: Royal Mail, guide to sizes and weights (royalmail.com/sending/sizes).
    private static string Format(Consignment what)
    {
        long[] sides = [.. new[] { what.LengthMm ?? 0, what.WidthMm ?? 0, what.HeightMm ?? 0 }.OrderDescending()];
        return what.WeightGrams <= 2_000 && sides[0] <= 450 && sides[1] <= 350 && sides[2] <= 160 ? "smallParcel" : what.WeightGrams <= 20_000 && sides[0] <= 610 && sides[1] <= 460 && sides[2] <= 460 ? "mediumParcel" : "largeParcel";
    }

    private static JsonObject Address(ParcelAddress to) => new()
    {
        ["fullName"] = Cut(to.Name, 210), ["companyName"] = Cut(to.Company, 100), ["addressLine1"] = Cut(to.Line1, 100), ["addressLine2"] = Cut(to.Line2, 100), ["city"] = Cut(to.City, 100),
        ["county"] = Cut(to.Region, 100), ["postcode"] = Cut(to.Postcode, 20), ["countryCode"] = to.Country,
    };

    private static string? Cut(string? text, int most) => text is null || text.Length <= most ? text : text[..most];

    // What is not known is left out.
    private static JsonObject Tidy(JsonObject thing)
    {
        foreach (string name in thing.Where(m => m.Value is null).Select(m => m.Key).ToList()) thing.Remove(name);
        foreach (var (_, member) in thing)
            if (member is JsonObject inner) Tidy(inner);
            else if (member is JsonArray list) foreach (var item in list.OfType<JsonObject>()) Tidy(item);
        return thing;
    }
}
