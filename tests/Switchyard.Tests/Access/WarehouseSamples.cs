namespace Switchyard.Tests.Access;

/// <summary>Bodies of what is done inside a warehouse.</summary>
public static partial class MatrixSamples
{
    private static readonly Dictionary<string, Func<Ids, object>> WarehouseBodies = new()
    {
        ["warehouse.writeLayout"] = _ => new { aisles = 4, blocks = 1, blockLengthMm = 20_000, aisleSpacingMm = 3_000 },
        ["catalog.writeSubstitutes"] = _ => new { skus = Array.Empty<string>() },
        ["catalog.writePacking"] = _ => new { turning = "thisWayUp", isFragile = true },
        ["packing.writePackaging"] = _ => new { outer = new { lengthMm = 300, widthMm = 200, heightMm = 150 }, maxGrams = 10_000 },
        ["packing.writeSettings"] = _ => new { tolerancePercent = 5, toleranceGrams = 30 },
        ["packing.step"] = _ => new { id = "step-1", kind = "parcel" },
        ["packing.seal"] = _ => new { id = "seal-1" },
        ["warehouse.writeBins"] = _ => new { items = new[] { new { code = "B-1", kind = "pick" } } },
        ["warehouse.writePutawayRules"] = _ => new { rules = new[] { new { name = "all", zones = new[] { "A" } } } },
        ["inventory.moveBins"] = ids => new { node = ids.Node, items = new[] { new { sku = ids.Sku, to = "UNPLACED", from = "B-1" } } },
        ["tracking.set"] = ids => new { items = new[] { new { sku = ids.Sku, tracks = "lot" } } },
        ["lots.recall"] = ids => new { sku = ids.Sku, lot = "L1", reason = "test" },
        ["lots.release"] = ids => new { sku = ids.Sku, lot = "L1", reason = "test" },
        ["labelRequests.ask"] = ids => new { items = new[] { new { sku = ids.Sku, node = ids.Node, quantity = 1 } } },
    };

    static MatrixSamples()
    {
        Paths.Add("/label-requests/{id}", _ => null);
        Paths.Add("/pick-tasks/{id}", _ => null);
        Queries.Add("scan", ids => ids.Barcode);
        Queries.Add("lot", _ => "L1");
        Shared.Add("/label-requests/{id}", "999999");
        Shared.Add("/pick-tasks/{id}", "tsk_00000000000000000000000000000000");
        foreach (var (operation, body) in WarehouseBodies) Bodies.Add(operation, body);
    }
}
