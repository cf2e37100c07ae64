using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Warehouse;

namespace Switchyard.Picking;

/// <summary>Pick faces as a file, a row a SKU and node. Faces that the file does not name stay as they are.</summary>
internal sealed class FacesFile : FileKind
{
    private const int PageRows = 1_000;

    public override string Name => "faces";
    public override Permission Reads => Permission.FulfilmentRead;
    public override Permission Writes => Permission.FulfilmentManage;

    public override IReadOnlyList<FileColumn> Columns { get; } =
        [new("node", true, "location", "warehouse"), new("sku", true), new("bin", true, "face"), new("min", true, "minimum", "min_units"), new("max", true, "maximum", "max_units")];

    public override string Key(FileRow row) => $"{Text.Key(row.Word("node") ?? "")}\n{Text.Key(row.Word("sku") ?? "")}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var names = await StockNames.Load(work, actor, rows.Select(r => r.Word("sku")), rows.Select(r => r.Word("node")));
        foreach (var group in rows.GroupBy(r => names.Node(r.Word("node"))))
        {
            if (group.Key is not { } node)
            {
                foreach (var row in group) row.Fault("node", "inventory.unknown_node", $"There is no node {row.Word("node")}.");
                continue;
            }
            await Save(work, actor, now, node, names, [.. group]);
        }
        return null;
    }

    private static async Task Save(Work work, Actor actor, DateTimeOffset now, StockNode node, StockNames names, IReadOnlyList<FileRow> rows)
    {
        var bins = (await WarehouseRoom.Bins(work, node.Id, [.. rows.Select(r => r.Word("bin")).OfType<string>().Distinct()])).ToDictionary(b => b.Code);
        var seen = new HashSet<long>();
        var read = rows.Select(row => (Row: row, Face: Read(row, names, bins, seen))).Where(r => r.Face is not null).ToList();
        var stored = (await work.Query("select sku_id from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = any(@skus)", row => row.Long(),
            ("node", node.Id), ("skus", read.Select(r => r.Face!.SkuId).ToArray()))).ToHashSet();
        var changed = (await WriteFaces.Save(work, actor, now, (node.Id, node.Code), [.. read.Select(r => r.Face!)])).ToHashSet();
        foreach (var (row, face) in read)
            row.Outcome = !changed.Contains(face!.SkuId) ? SaveOutcome.Unchanged : stored.Contains(face.SkuId) ? SaveOutcome.Updated : SaveOutcome.Created;
    }

    private static WriteFaces.Wanted? Read(FileRow row, StockNames names, IReadOnlyDictionary<string, BinPlace> bins, HashSet<long> seen)
    {
        var item = new WriteFaces.Item(row.Word("sku"), row.Word("bin"), row.Whole("min"), row.Whole("max"));
        if (!row.IsSound) return null;
        var checks = new Checks();
        WriteFaces.Check(checks, item, "");
        var face = checks.AnyFault ? null : WriteFaces.Read(item, names, bins, seen, checks, "");
        if (checks.AnyFault) row.Fault(checks.ToError(), pointer => FileColumn.Tidy(pointer.TrimStart('/')));
        return row.IsSound ? face : null;
    }

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return [.. Columns.Select(c => c.Name)];
        var nodes = await db.Read(actor, work => work.Query(
            "select n.id, n.code from node_merchants m join nodes n on n.id = m.node_id where m.merchant_id = @merchant and (@all or n.id = any(@nodes)) order by n.code",
            row => (Id: row.Long(), Code: row.Text()), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? [])));
        foreach (var (id, code) in nodes)
        {
            string after = "";
            List<FaceRow> page;
            do
            {
                page = await db.Read(actor, work => FaceRows.Find(work, id, null, onlyNeeds: false, after, most: PageRows));
                foreach (var face in page) yield return [code, face.Sku, face.Bin, Text.Invariant(face.Min), Text.Invariant(face.Max)];
                if (page.Count > 0) after = Text.Key(page[^1].Sku);
            } while (page.Count == PageRows);
        }
    }
}
