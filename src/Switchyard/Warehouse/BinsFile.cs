using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Warehouse;

/// <summary>Bins as a file: the layout of a warehouse, a row a bin. A column that the file lacks leaves what is stored; an empty cell empties it.</summary>
internal sealed class BinsFile : FileKind
{
    private const int PageRows = 1_000;

    public override string Name => "bins";
    public override Permission Reads => Permission.InventoryRead;
    public override Permission Writes => Permission.NodesWrite;
    public override bool IsShared => true;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("node", true, "location", "warehouse"), new("bin", true, "code"), new("zone"), new("walk_order", false, "sequence"), new("kind", false, "type"), new("aisle"), new("block"),
        new("position_m", false, "position"), new("side"), new("level"), new("storage_class"), new("capacity_units"), new("capacity_grams"), new("capacity_cm3"), new("is_closed", false, "closed"),
    ];

    public override string Key(FileRow row) => $"{Text.Key(row.Word("node") ?? "")}\n{row.Word("bin")}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var names = await StockNames.Load(work, actor, [], rows.Select(r => r.Word("node")));
        foreach (var group in rows.GroupBy(r => names.Node(r.Word("node"))))
        {
            if (group.Key is not { } node)
            {
                foreach (var row in group) row.Fault("node", "inventory.unknown_node", $"There is no node {row.Word("node")}.");
                continue;
            }
            await Save(work, actor, now, node, [.. group]);
        }
        return null;
    }

    private static async Task Save(Work work, Actor actor, DateTimeOffset now, StockNode node, IReadOnlyList<FileRow> rows)
    {
        var layout = await LayoutSql.Find(work, node.Id);
        var stored = (await LayoutSql.Bins(work, node.Id, [.. rows.Select(r => r.Word("bin")).OfType<string>()])).ToDictionary(b => b.Code);
        var read = rows.Select(row => (Row: row, Bin: Read(row, stored.GetValueOrDefault(row.Word("bin") ?? ""), layout))).Where(r => r.Bin is not null).ToList();
        var changed = (await WriteBins.Save(work, actor, now, node, [.. read.Select(r => r.Bin!)])).Select(b => b.Code).ToHashSet();
        foreach (var (row, bin) in read)
            row.Outcome = !changed.Contains(bin!.Code) ? SaveOutcome.Unchanged : stored.ContainsKey(bin.Code) ? SaveOutcome.Updated : SaveOutcome.Created;
    }

    private static BinPlace? Read(FileRow row, BinPlace? stored, WarehouseLayout? layout)
    {
        var kept = stored is null ? null : BinView.Of(stored, layout);
        long? Number(string column, long? was) => row.Has(column) ? row.Whole(column) : was;
        int? Small(string column, int? was) => Number(column, was) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;
        T Word<T>(string column, T was) where T : struct, Enum
        {
            if (!row.Has(column)) return was;
            if (row.Word(column) is not { } text) return default;
            if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])) return value;
            row.Fault(column, "field.unknown_value", $"{column} may be {string.Join(", ", Enum.GetValues<T>().Select(v => LayoutSql.Name(v)))}.");
            return default;
        }
        decimal? metres = row.Has("position_m") ? row.Decimal("position_m") : kept?.PositionMm / 1000m;
        var item = new WriteBins.Item(row.Word("bin"), row.Has("zone") ? row.Word("zone") : kept?.Zone, Number("walk_order", kept?.WalkOrder) ?? 0, Word("kind", kept?.Kind ?? BinKind.Pick),
            Small("aisle", kept?.Aisle), Small("block", kept?.Block), metres is { } m ? (long)Math.Clamp(decimal.Round(m * 1000, MidpointRounding.AwayFromZero), -1, Checks.MaxQuantity) : null,
            Word("side", kept?.Side ?? AisleSide.None), Small("level", kept?.Level) ?? 0, row.Has("storage_class") ? row.Word("storage_class") : kept?.StorageClass,
            Number("capacity_units", kept?.CapacityUnits), Number("capacity_grams", kept?.CapacityGrams), Number("capacity_cm3", kept?.CapacityCm3),
            row.Has("is_closed") ? row.YesNo("is_closed") ?? false : kept?.IsClosed ?? false);
        if (!row.IsSound) return null;
        var checks = new Checks();
        WriteBins.Check(checks, item, "");
        var place = checks.AnyFault ? null : WriteBins.Place(item, layout, checks, "");
        if (checks.AnyFault) row.Fault(checks.ToError(), Column);
        return row.IsSound ? place : null;
    }

    private static string Column(string pointer) => pointer.TrimStart('/') switch
    {
        "code" => "bin",
        "positionMm" => "position_m",
        var field => FileColumn.Tidy(field),
    };

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return [.. Columns.Select(c => c.Name)];
        var nodes = await db.Read(actor, work => work.Query(
            "select n.id, n.code from node_merchants m join nodes n on n.id = m.node_id where m.merchant_id = @merchant and (@all or n.id = any(@nodes)) order by n.code",
            row => (Id: row.Long(), Code: row.Text()), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? [])));
        foreach (var (id, code) in nodes)
        {
            var layout = await db.Read(actor, work => LayoutSql.Find(work, id));
            string after = "";
            List<BinPlace> page;
            do
            {
                page = await db.Read(actor, work => work.Query(
                    $"{LayoutSql.Columns} from bins x left join bin_places p on p.bin_id = x.id where x.node_id = @node and x.walk_order >= 0 and x.code > @after order by x.code limit @limit",
                    LayoutSql.Read, ("node", id), ("after", after), ("limit", (long)PageRows)));
                foreach (var bin in page) yield return Cells(code, BinView.Of(bin, layout));
                if (page.Count > 0) after = page[^1].Code;
            } while (page.Count == PageRows);
        }
    }

    private static string?[] Cells(string node, BinView b) =>
    [
        node, b.Code, b.Zone, Text.Invariant(b.WalkOrder), LayoutSql.Name(b.Kind), Number(b.Aisle), Number(b.Block),
        (b.PositionMm / 1000m)?.ToString("0.###", CultureInfo.InvariantCulture), LayoutSql.Name(b.Side), Text.Invariant(b.Level), b.StorageClass, Number(b.CapacityUnits),
        Number(b.CapacityGrams), Number(b.CapacityCm3), b.IsClosed ? "yes" : "no",
    ];

    private static string? Number(long? value) => value is { } number ? Text.Invariant(number) : null;
}
