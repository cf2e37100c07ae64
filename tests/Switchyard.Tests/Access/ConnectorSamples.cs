using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of connections with sales channels.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddConnectors()
    {
        foreach (var (path, name) in new Dictionary<string, Func<Ids, string?>> { ["/connections/{channel}"] = ids => ids.Channel, ["/channel-messages/{connection}"] = _ => null }) Paths.Add(path, name);
        foreach (var (path, name) in new Dictionary<string, string>
        {
            ["/channel-messages/{connection}"] = "con_00000000000000000000000000000000", ["/connections/{channel}/orders/{externalId}"] = "1001",
            ["/connections/{channel}/listings/{listing}"] = "5401", ["/connections/{channel}/tasks/{key}"] = "shipped:none"
        }) Shared.Add(path, name);
        Counted.Add("connectors.write", ["messageUrl"]);
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["connectors.write"] = _ => new { adapter = "woocommerce", baseUrl = "https://shop.example.com", secrets = new { consumerKey = "ck_sample", consumerSecret = "cs_sample" } },
            ["connectors.test"] = _ => new { }, ["connectors.authorise"] = _ => new { returnTo = "/channels" }, ["connectors.start"] = _ => new { }, ["connectors.ask"] = _ => new { }, ["connectors.reconcile"] = _ => new { days = 7 },
            ["connectors.writeListing"] = _ => new { buffer = 1 }, ["connectors.pushListings"] = _ => new { }, ["connectors.matchListings"] = ids => new { matches = new[] { new { listing = "5401", sku = ids.Sku } } },
        }) Bodies.Add(operation, body);
    }
}
