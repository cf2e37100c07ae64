using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Shipping;

/// <summary>A parcel as UPS asks for it: numbers as texts, kilograms and centimetres.</summary>
internal static class UpsShipment
{
    /// <summary>Our reference within UPS's 35 characters: the prefix of the id is left out.</summary>
    public static string Reference(string reference) => reference.StartsWith("pkg_", StringComparison.Ordinal) ? reference[4..] : reference;

    public static JsonObject Label() => new()
    {
        ["LabelImageFormat"] = new JsonObject { ["Code"] = "ZPL" }, ["LabelStockSize"] = new JsonObject { ["Height"] = "6", ["Width"] = "4" },
    };

    /// <param name="service">Null: all of them, for rates.</param>
    public static JsonObject Of(CarrierCall call, Consignment what, string? service)
    {
        string? number = call.Access.Setting("shipperNumber");
        var shipper = Place(what.Sender);
        shipper["ShipperNumber"] = number;
        return new JsonObject
        {
            ["Description"] = what.Customs?.Lines.FirstOrDefault()?.Description, ["Shipper"] = shipper, ["ShipFrom"] = Place(what.From), ["ShipTo"] = Place(what.To),
            ["Service"] = service is null ? null : new JsonObject { ["Code"] = service },
            ["PaymentInformation"] = new JsonObject { ["ShipmentCharge"] = new JsonArray(new JsonObject { ["Type"] = "01", ["BillShipper"] = new JsonObject { ["AccountNumber"] = number } }) },
            ["ShipmentRatingOptions"] = new JsonObject { ["NegotiatedRatesIndicator"] = "Y" },
            ["InvoiceLineTotal"] = what.Customs is null ? null : new JsonObject { ["CurrencyCode"] = what.Currency, ["MonetaryValue"] = Text(AdapterJson.Major(what.ValueMinor, what.Currency)) },
            ["Package"] = new JsonArray(new JsonObject
            {
                [service is null ? "PackagingType" : "Packaging"] = new JsonObject { ["Code"] = "02" },
                ["PackageWeight"] = new JsonObject { ["UnitOfMeasurement"] = new JsonObject { ["Code"] = "KGS" }, ["Weight"] = Text(Math.Max(0.1m, Math.Ceiling(what.WeightGrams / 100m) / 10m)) },
                ["Dimensions"] = what is { LengthMm: { } length, WidthMm: { } width, HeightMm: { } height } ? new JsonObject
                {
                    ["UnitOfMeasurement"] = new JsonObject { ["Code"] = "CM" }, ["Length"] = Text(Math.Ceiling(length / 10m)), ["Width"] = Text(Math.Ceiling(width / 10m)), ["Height"] = Text(Math.Ceiling(height / 10m)),
                } : null,
                ["ReferenceNumber"] = service is null ? null : new JsonArray([.. new[] { Reference(what.Reference), what.Sscc }.OfType<string>().Select(v => (JsonNode)new JsonObject { ["Value"] = v })]),
            }),
        }.Tidy();
    }

    /// <summary>A driver to fetch parcels: day and times are those of the place.</summary>
    public static JsonObject Pickup(CarrierCall call, ParcelAddress at, DateTimeOffset from, DateTimeOffset to, int parcels, long grams) => new JsonObject
    {
        ["PickupCreationRequest"] = new JsonObject
        {
            ["Request"] = new JsonObject(), ["RatePickupIndicator"] = "N",
            ["Shipper"] = new JsonObject { ["Account"] = new JsonObject { ["AccountNumber"] = call.Access.Setting("shipperNumber"), ["AccountCountryCode"] = at.Country } },
            ["PickupDateInfo"] = new JsonObject { ["PickupDate"] = Clock(from, "yyyyMMdd"), ["ReadyTime"] = Clock(from, "HHmm"), ["CloseTime"] = Clock(to, "HHmm") },
            ["PickupAddress"] = new JsonObject
            {
                ["CompanyName"] = Cut(at.Company ?? at.Name, 27), ["ContactName"] = Cut(at.Name, 22), ["AddressLine"] = new JsonArray(at.Line1 ?? ""), ["City"] = Cut(at.City, 50), ["StateProvince"] = Cut(at.Region, 50),
                ["PostalCode"] = Cut(at.Postcode, 8), ["CountryCode"] = at.Country, ["ResidentialIndicator"] = "N", ["Phone"] = new JsonObject { ["Number"] = Cut(at.Phone, 25) },
            },
            ["AlternateAddressIndicator"] = "Y",
            ["PickupPiece"] = new JsonArray([.. Enumerable.Repeat(MostPieces, parcels / MostPieces).Append(parcels % MostPieces).Where(n => n > 0)
                .Select(n => (JsonNode)new JsonObject { ["ServiceCode"] = "011", ["Quantity"] = Text(n), ["DestinationCountryCode"] = at.Country, ["ContainerCode"] = "01" })]),
            ["TotalWeight"] = new JsonObject { ["Weight"] = Text(Math.Max(0.1m, Math.Ceiling(grams / 100m) / 10m)), ["UnitOfMeasurement"] = "KGS" },
            ["PaymentMethod"] = "01",
        },
    }.Tidy();

    private const int MostPieces = 999;
    private static string Clock(DateTimeOffset at, string format) => at.ToString(format, CultureInfo.InvariantCulture);

    private static JsonObject Place(ParcelAddress at) => new()
    {
        ["Name"] = Cut(at.Company ?? at.Name, 35), ["AttentionName"] = Cut(at.Name, 35), ["Phone"] = at.Phone is null ? null : new JsonObject { ["Number"] = Cut(at.Phone, 15) }, ["EMailAddress"] = Cut(at.Email, 50),
        ["Address"] = new JsonObject
        {
            ["AddressLine"] = new JsonArray([.. new[] { Cut(at.Line1, 35), Cut(at.Line2, 35) }.OfType<string>().Select(l => (JsonNode)l)]), ["City"] = Cut(at.City, 30), ["StateProvinceCode"] = Cut(at.Region, 5),
            ["PostalCode"] = Cut(at.Postcode, 9), ["CountryCode"] = at.Country,
        },
    };

    private static string? Cut(string? text, int most) => text is null || text.Length <= most ? text : text[..most];
    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
