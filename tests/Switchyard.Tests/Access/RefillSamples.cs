using System.Runtime.CompilerServices;

namespace Switchyard.Tests.Access;

/// <summary>Names and bodies of pick faces, the tasks that fill them, lots, and putaway that is only tried.</summary>
public static partial class MatrixSamples
{
    [ModuleInitializer]
    internal static void AddRefills()
    {
        Paths.Add("/refills/{id}", _ => null);
        Shared.Add("/refills/{id}", "rfl_00000000000000000000000000000000");
        foreach (var (operation, body) in new Dictionary<string, Func<Ids, object>>
        {
            ["picking.writeFaces"] = ids => new { items = new[] { new { sku = ids.Sku, bin = "B-1", min = 2, max = 8 } } }, ["picking.removeFaces"] = ids => new { skus = new[] { ids.Sku } },
            ["picking.planRefills"] = _ => new { }, ["picking.giveRefill"] = _ => new { }, ["picking.doRefill"] = _ => new { id = "01936f5c-0000-7a11-be60-c8d14f2e9a02", from = "R-1", found = 0 },
            ["warehouse.tryPutaway"] = ids => new { sku = ids.Sku, quantity = 3 },
        }) Bodies.Add(operation, body);
    }
}
