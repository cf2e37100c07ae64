using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Inventory;
using Switchyard.Warehouse;

namespace Switchyard.Tests.Warehouse;

/// <summary>The aisles of a node and its bins, by API and by file.</summary>
public sealed class LayoutTests
{
    private const string Header = "node,bin,zone,walk_order,kind,aisle,block,position_m,side,level,storage_class,capacity_units,capacity_grams,capacity_cm3,is_closed\r\n";

    [Theory, BothDatabases, Capability("PK-02")]
    public async Task A_warehouse_is_described_drawn_and_changed_only_as_far_as_its_bins_fit(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        (await shop.Get("/nodes/main/layout")).GetProperty("layout").ValueKind.ShouldBe(JsonValueKind.Null);
        var problem = await shop.Refused(HttpMethod.Put, "/nodes/MAIN/bins", new { items = new[] { new { code = "A-1", aisle = 0, block = 0, positionMm = 1 } } }, 400, "request.invalid");
        problem.Items("errors")[0].TextOf("code").ShouldBe("warehouse.outside_layout");

        var layout = await shop.Put("/nodes/MAIN/layout", new { aisles = 4, blocks = 2, blockLengthMm = 10_000, aisleSpacingMm = 3_000, depotAisle = 1 });
        (layout.Of("lengthMm"), layout.Of("walkMmPerSecond"), layout.Of("version")).ShouldBe((20_000, 1_000, 1));
        await shop.Put("/nodes/MAIN/bins", new
        {
            items = new object[]
            {
                new { code = "A-1", zone = "A", walkOrder = 10, aisle = 3, block = 1, positionMm = 2_500, side = "left", level = 1, capacityUnits = 40 },
                new { code = "B-1", zone = "B", kind = "bulk", aisle = 0, block = 0, positionMm = 10_000 }, new { code = "DOCK", kind = "staging" },
            },
        });
        (await shop.Put("/nodes/MAIN/bins", new { items = new[] { new { code = "DOCK", kind = "staging" } } })).Of("unchanged").ShouldBe(1);
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "A-1", sku = "MUG", quantity = 7 } } });

        var picture = await shop.Get("/nodes/MAIN/layout");
        var spots = picture.Items("bins").ToDictionary(b => b.TextOf("code")!);
        (spots["A-1"].Of("aisle"), spots["A-1"].Of("yMm"), spots["A-1"].Of("units")).ShouldBe((3, 12_500, 7));
        spots["DOCK"].GetProperty("yMm").ValueKind.ShouldBe(JsonValueKind.Null);
        picture.Items("zones").Select(z => z.GetString()).ShouldBe(["A", "B"]);
        (await shop.Get("/nodes/MAIN/bins?kind=bulk")).Items("data").Single().TextOf("code").ShouldBe("B-1");
        var bin = (await shop.Get("/nodes/MAIN/bins?area=A")).Items("data").Single();
        (bin.Of("block"), bin.Of("positionMm"), bin.TextOf("side"), bin.Of("capacityUnits")).ShouldBe((1, 2_500, "left", 40));

        await shop.Refused(HttpMethod.Put, "/nodes/MAIN/layout", new { aisles = 3, blocks = 2, blockLengthMm = 10_000, aisleSpacingMm = 3_000 }, 409, "warehouse.bins_outside");
        foreach (object wrong in new object[] { new { code = "X", aisle = 4, block = 0, positionMm = 1 }, new { code = "X", aisle = 0 }, new { code = "a b" }, new { code = "X", capacityUnits = 0 } })
            await shop.Refused(HttpMethod.Put, "/nodes/MAIN/bins", new { items = new[] { wrong } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/nodes/NOWHERE/bins", new { items = new[] { new { code = "X" } } }, 404, "nodes.no_such_node");
    }

    [Theory, BothDatabases]
    public async Task A_file_of_bins_comes_out_as_it_went_in_and_leaves_what_it_does_not_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/nodes/MAIN/layout", new { aisles = 2, blocks = 1, blockLengthMm = 10_000, aisleSpacingMm = 3_000 });
        string rows = "MAIN,A-1,A,10,pick,0,0,1.25,right,2,chilled,12,5000,900,no\r\nMAIN,R-1,,0,reserve,,,,none,0,,,,,yes\r\n";

        (await Import(shop, Header + rows + "MAIN,B-1,,0,pick,9,0,1,none,0,,,,,no\r\nEAST,B-1,,0,pick,,,,none,0,,,,,no\r\nMAIN,B-2,,0,3,,,,none,0,,,,,no\r\n"))
            .ShouldBe((2, 0, 0, 3));

        (await shop.Http.GetStringAsync("/api/v1/exports/bins.csv")).TrimStart('\uFEFF').ShouldBe(Header + rows);
        (await Import(shop, Header + rows)).ShouldBe((0, 0, 2, 0));
        (await Import(shop, "node,bin,level\r\nmain,A-1,3\r\n")).ShouldBe((0, 1, 0, 0));
        var bin = (await shop.Get("/nodes/MAIN/bins?area=A")).Items("data").Single();
        (bin.Of("level"), bin.Of("positionMm"), bin.TextOf("storageClass")).ShouldBe((3, 1_250, "chilled"));
    }

    [Fact]
    public void A_place_in_a_block_is_found_again_from_its_y() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt Blocks, PositiveInt Length, NonNegativeInt Block, NonNegativeInt At)>(), given =>
        {
            var layout = new WarehouseLayout(1, given.Blocks.Get % 20 + 1, given.Length.Get, 1, 0, 1);
            if (layout.Y(given.Block.Get, given.At.Get) is not { } y) return given.Block.Get >= layout.Blocks || given.At.Get > layout.BlockLengthMm;
            var (block, position) = layout.Split(y);
            return layout.Holds(0, y) && !layout.Holds(1, y) && layout.Y(block, position) == y && block < layout.Blocks && position <= layout.BlockLengthMm;
        }).QuickCheckThrowOnFailure();

    private static async Task<(long Created, long Updated, long Unchanged, long Refused)> Import(Shop shop, string csv)
    {
        var answer = await Shop.Read(await shop.Http.PostAsync("/api/v1/imports/bins", new StringContent(csv, Encoding.UTF8, "text/csv")), 200);
        return (answer.Of("created"), answer.Of("updated"), answer.Of("unchanged"), answer.Of("failed"));
    }
}
