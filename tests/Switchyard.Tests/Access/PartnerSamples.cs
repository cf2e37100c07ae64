using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of what partners are asked and answer.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddPartners()
    {
        Paths.Add("/partner/work/{id}", ids => ids.Fulfilment);
        Shared.Add("/partner/work/{id}/documents/{kind}", "packingSlip");
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["partner.accept"] = _ => new { }, ["partner.reject"] = _ => new { reason = "busy" }, ["partner.reportShort"] = _ => new { lines = new[] { new { line = 1 } } },
            ["partner.ship"] = _ => new { parcels = new[] { new { carrier = "DPD", tracking = "T1" } } }, ["partner.answerStop"] = _ => new { accepted = true },
            ["partner.tellStock"] = ids => new { node = ids.Node, asOf = "2026-01-01T00:00:00Z", items = new[] { new { sku = ids.Sku, onHand = 1 } } },
            ["partner.writeWebhook"] = _ => new { url = "https://partner.example.com/hook" },
        }) Bodies.Add(operation, body);
    }
}
