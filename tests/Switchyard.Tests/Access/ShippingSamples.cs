using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of carriers, labels and manifests.</summary>
public static partial class MatrixSamples
{
    private static object Carrier => new { name = "Van", adapter = "table", settings = new { rateCard = "none" } };

    [ModuleInitializer]
    internal static void AddShipping()
    {
        foreach (var (path, name) in new Dictionary<string, Func<Ids, string?>>
        {
            ["/labels/{id}"] = ids => ids.Label, ["/parcels/{id}"] = ids => ids.Package, ["/carrier-accounts/{code}"] = ids => "C" + ids.Node, ["/manifests/{id}"] = _ => null, ["/carrier-claims/{id}"] = _ => null,
            ["/carrier-events/{id}"] = _ => null,
        }) Paths.Add(path, name);
        foreach (string thing in new[] { "manifests:man", "carrier-claims:clm", "carrier-events:car" })
            Shared.Add($"/{thing.Split(':')[0]}/{{id}}", thing.Split(':')[1] + "_00000000000000000000000000000000");
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["shipping.writeAccount"] = _ => Carrier, ["shipping.askPickup"] = ids => new { node = ids.Node, from = "2099-01-01T10:00:00Z", to = "2099-01-01T12:00:00Z" },
            ["shipping.servicePoints"] = _ => new { country = "GB", postcode = "M1 1AE" }, ["shipping.quote"] = _ => new { policy = "cheapest" },
            ["shipping.book"] = _ => new { policy = "cheapest" }, ["shipping.closeManifest"] = ids => new { account = "C" + ids.Node }, ["shipping.scanParcel"] = _ => new { tracking = "T" },
            ["shipping.tryAccount"] = _ => new { }, ["shipping.writeSettings"] = _ => new { policy = "cheapest" }, ["shipping.lose"] = _ => new { reason = "test" }, ["shipping.settleClaim"] = _ => new { state = "sent" },
        }) Bodies.Add(operation, body);
    }

    /// <summary>A label of a package, and the account with the carrier that would make it.</summary>
    private static async Task<string> SeedLabel(Func<HttpMethod, string, object, Task<JsonElement>> write, Ids names, string package, IReadOnlyList<Operation> operations)
    {
        if (!operations.Any(o => o.Id == "shipping.book")) return names.Label;
        await write(HttpMethod.Put, "/carrier-accounts/C" + names.Node, Carrier);
        return (await write(HttpMethod.Post, $"/packages/{package}/label", new { })).Text("id")!;
    }
}
