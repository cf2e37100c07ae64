using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Shipping;

/// <summary>UPS's words in ours, and what is not in its specification.</summary>
internal static class UpsWords
{
    public static readonly IReadOnlyList<string> Assumptions =
    [
        "Label recovery by reference and shipper number knows a label as soon as it is made, and a voided one no more.",
        "A reference that is not there is answered with 404, or with an error whose message says not found or no shipment.",
        "A shipment that is void already is answered with the error 190117.",
        "The sender's name, phone and address of a node are accepted as they are; UPS asks for a phone number abroad.",
        "Customs papers (international forms) are not sent with the shipment.",
        "A collection that is called off already, or that UPS does not know, is answered with 404.",
        "A pickup is asked for as UPS Standard (011) within the country, whatever services its parcels go by.",
    ];

    public static string? Refusal(JsonNode said) => said.Each("response", "errors").Select(e => e.Say("message")).OfType<string>().FirstOrDefault();

    public static bool IsVoidAlready(JsonNode said) => said.Each("response", "errors").Any(e => e.Say("code") == "190117");

    public static bool IsNotThere(JsonNode said) => Refusal(said) is { } words && (words.Contains("not found", StringComparison.OrdinalIgnoreCase) || words.Contains("no shipment", StringComparison.OrdinalIgnoreCase));

    /// <summary>A list, or the one thing that stands in its place.</summary>
    public static IEnumerable<JsonObject> Many(JsonNode? node) => node switch { JsonArray list => list.OfType<JsonObject>(), JsonObject one => [one], _ => [] };

    /// <summary>By the type of the status; a few codes say more. Source: the type and code of status in UPS's Tracking specification.</summary>
    public static ScanKind KindOf(string type, string code) => (type, code) switch
    {
        ("M" or "MP", _) => ScanKind.Announced,
        ("MV", _) => ScanKind.Voided,
        ("P", _) => ScanKind.Accepted,
        ("O", _) => ScanKind.OutForDelivery,
        ("I", "OT" or "OF") => ScanKind.OutForDelivery,
        ("I", _) => ScanKind.InTransit,
        ("D", "2Q" or "ZP") => ScanKind.AvailableAtPoint,
        ("D", _) => ScanKind.Delivered,
        ("RS", _) => ScanKind.ReturnedToSender,
        ("X", _) => ScanKind.Exception,
        _ => ScanKind.Unknown,
    };

    public static string? ServiceName(string code) => code switch
    {
        "07" => "UPS Worldwide Express",
        "08" => "UPS Worldwide Expedited",
        "11" => "UPS Standard",
        "54" => "UPS Worldwide Express Plus",
        "65" => "UPS Worldwide Saver",
        "70" => "UPS Access Point Economy",
        _ => null,
    };
}
