using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of what is asked about the ERP.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddErp()
    {
        Counted.Add("erp.write", ["version"]);
        Shared.Add("/erp/tasks/{key}", "order:none");
        Shared.Add("/erp/things/{flow}", "items");
        Shared.Add("/erp/things/{flow}/{id}", "4711");
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["erp.write"] = _ => new
            {
                adapter = "netsuite", baseUrl = "https://1234567.suitetalk.api.netsuite.com",
                settings = new { account = "1234567", customer = "10", chargeItem = "90", saleItem = "91" },
                secrets = new { consumerKey = "k", consumerSecret = "s", tokenId = "t", tokenSecret = "u" },
            },
            ["erp.test"] = _ => new { }, ["erp.start"] = _ => new { }, ["erp.pause"] = _ => new { }, ["erp.ask"] = _ => new { },
        }) Bodies.Add(operation, body);
    }
}
