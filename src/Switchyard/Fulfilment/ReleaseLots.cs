using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>From where units of a line were taken.</summary>
/// <param name="Line">The order line's number; it is among the lines that are picked.</param>
/// <param name="Serial">Of one unit; then the quantity is 1.</param>
/// <param name="Quantity">Units; 1 when not said.</param>
public sealed record TakenBody(int? Line, string? Bin, string? Lot, string? Serial, long? Quantity);

/// <summary>
/// Lots, serial numbers and bins of what is picked, until it leaves: a recalled lot is then found with the orders that hold it, and the bins go down where the goods were taken.
/// </summary>
internal sealed class ReleaseLots
{
    private const int Most = 5_000;
    private readonly List<Row> _rows;
    private readonly List<(Row Row, long Units)> _left = [];

    private sealed record Row(int Line, string Bin, string Lot, string Serial, long Sku, long Node)
    {
        public long Rest { get; set; }
    }

    private ReleaseLots(List<Row> rows) => _rows = rows;

    public static void Check(Checks checks, IReadOnlyList<TakenBody?>? taken)
    {
        if (taken is null) return;
        checks.Range(taken.Count, 1, Most, "/taken");
        for (int i = 0; i < Math.Min(taken.Count, Most); i++)
        {
            checks.That(taken[i]?.Line is not null, $"/taken/{i}/line", "field.required", "line is required.");
            checks.Text(taken[i]?.Bin, $"/taken/{i}/bin", 64);
            checks.Text(taken[i]?.Lot, $"/taken/{i}/lot", 64);
            checks.Text(taken[i]?.Serial, $"/taken/{i}/serial", 64);
            checks.Quantity(taken[i]?.Quantity ?? 1, $"/taken/{i}/quantity");
            checks.That(string.IsNullOrEmpty(taken[i]?.Serial) || (taken[i]!.Quantity ?? 1) == 1, $"/taken/{i}/quantity", "inventory.serial_of_many", "A serial number is that of one unit.");
        }
    }

    /// <summary>Notes from where units were taken that are picked in this transaction.</summary>
    /// <remarks>Errors: fulfilment.no_such_line, fulfilment.not_that_many, fulfilment.lot_blocked, fulfilment.serial_gone.</remarks>
    public static async Task<Error?> Note(OpenWork open, OpenRelease release, IReadOnlyList<(ReleaseLine Line, long Units)> picked, IReadOnlyList<TakenBody?> taken)
    {
        var rows = new List<Row>();
        for (int i = 0; i < taken.Count; i++)
        {
            var body = taken[i]!;
            if (picked.FirstOrDefault(p => p.Line.LineNo == body.Line).Line is not { } line) return FulfilmentErrors.NoSuchLine($"/taken/{i}/line");
            rows.Add(new Row(line.LineNo, body.Bin ?? "", body.Lot ?? "", body.Serial ?? "", line.SkuId, release.Node.Id) { Rest = body.Quantity ?? 1 });
            long units = picked.First(p => p.Line == line).Units;
            if (rows.Where(r => r.Line == line.LineNo).Sum(r => r.Rest) > units) return FulfilmentErrors.NotThatMany($"/taken/{i}/quantity", "picked", units);
        }
        var blocked = await LotBlocks.Of(open.Work, [.. rows.Select(r => r.Sku).Distinct()]);
        if (rows.Find(r => blocked.Contains((r.Sku, r.Lot))) is { } wrong) return FulfilmentErrors.LotBlocked(wrong.Lot);
        var gone = await Serials.Go(open.Work, open.Actor, open.Now, [.. rows.Where(r => r.Serial.Length > 0).Select(r => new SerialUnit(r.Sku, r.Node, r.Serial, r.Lot, release.Number))]);
        if (gone.Count > 0) return FulfilmentErrors.SerialGone(gone[0].Serial);
        await Insert(open, release, rows);
        return null;
    }

    /// <summary>
    /// Lots and serial numbers read after the picking, at the packing table: what was noted already is fine, what was noted without is told more exactly, and the rest is noted now.
    /// </summary>
    /// <remarks>Errors: fulfilment.lot_blocked, fulfilment.serial_gone.</remarks>
    public static async Task<Error?> Identify(OpenWork open, OpenRelease release, IReadOnlyList<TakenBody> read)
    {
        if (read.Count == 0) return null;
        var lots = await Load(open, release);
        var (from, to) = (new List<(Row Row, long Units)>(), new List<Row>());
        foreach (var body in read)
        {
            var line = release.Line(body.Line!.Value)!;
            string lot = body.Lot ?? "", serial = body.Serial ?? "";
            long wanted = body.Quantity ?? 1;
            foreach (var row in lots._rows.Where(r => r.Line == line.LineNo && r.Serial == serial && (lot.Length == 0 || r.Lot == lot) && r.Rest > 0)) wanted -= Spend(row, wanted);
            foreach (var row in lots._rows.Where(r => r.Line == line.LineNo && r.Serial.Length == 0 && (r.Lot.Length == 0 || r.Lot == lot || lot.Length == 0) && r.Rest > 0).ToList())
            {
                long some = Spend(row, wanted);
                if (some == 0) continue;
                wanted -= some;
                from.Add((row, some));
                to.Add(row with { Lot = lot.Length > 0 ? lot : row.Lot, Serial = serial, Rest = some });
            }
            if (wanted > 0) to.Add(new Row(line.LineNo, "", lot, serial, line.SkuId, release.Node.Id) { Rest = wanted });
        }
        var blocked = await LotBlocks.Of(open.Work, [.. to.Select(r => r.Sku).Distinct()]);
        if (to.Find(r => blocked.Contains((r.Sku, r.Lot))) is { } wrong) return FulfilmentErrors.LotBlocked(wrong.Lot);
        var gone = await Serials.Go(open.Work, open.Actor, open.Now, [.. to.Where(r => r.Serial.Length > 0).Select(r => new SerialUnit(r.Sku, r.Node, r.Serial, r.Lot, release.Number))]);
        if (gone.Count > 0) return FulfilmentErrors.SerialGone(gone[0].Serial);
        await Write(open.Work, release, from, "quantity = fulfilment_lots.quantity - r.units");
        await Insert(open, release, to);
        return null;
    }

    // What is noted of one bin, lot and number twice adds up.
    private static Task Insert(OpenWork open, OpenRelease release, IReadOnlyList<Row> rows) => rows.Count == 0 ? Task.CompletedTask : open.Work.Execute(
        """
        insert into fulfilment_lots (fulfilment_id, line_no, bin, lot, serial, merchant_id, order_id, sku_id, node_id, quantity, picked_by, picked_at_ms)
        select @id, line_no, bin, lot, serial, @merchant, @order, sku_id, @node, quantity, @by, @now from @rows r where true
            on conflict (fulfilment_id, line_no, bin, lot, serial) do update set quantity = fulfilment_lots.quantity + excluded.quantity, picked_at_ms = excluded.picked_at_ms
        """,
        Rows.Of(rows.GroupBy(r => (r.Line, r.Bin, r.Lot, r.Serial, r.Sku)).ToList()).Int("line_no", g => g.Key.Line).Text("bin", g => g.Key.Bin).Text("lot", g => g.Key.Lot).Text("serial", g => g.Key.Serial)
            .Long("sku_id", g => g.Key.Sku).Long("quantity", g => g.Sum(r => r.Rest)),
        ("id", release.Id.Value), ("order", release.Order.Value), ("node", release.Node.Id), ("by", open.Actor.Id), ("now", open.NowMs));

    private static long Spend(Row row, long wanted)
    {
        long some = Math.Min(wanted, row.Rest);
        row.Rest -= some;
        return some;
    }

    /// <summary>What was noted of a release and has not left.</summary>
    public static async Task<ReleaseLots> Load(OpenWork open, OpenRelease release) => new(await open.Work.Query(
        """
        select line_no, bin, lot, serial, sku_id, node_id, quantity - shipped from fulfilment_lots
         where merchant_id = @merchant and fulfilment_id = @id and quantity > shipped order by picked_at_ms, line_no, bin, lot, serial
        """, row => new Row(row.Int(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long()) { Rest = row.Long() }, ("id", release.Id.Value)));

    /// <summary>Units of a line leave: they are taken from the bins that were noted. The stock is locked.</summary>
    public void Leave(OpenWork open, OpenPackage package)
    {
        foreach (var (line, units) in package.Contents)
            foreach (var (row, taken) in Take(_rows, line, units))
            {
                if (row.Bin.Length > 0) open.Sheet!.Bin(new BinnedUnits(row.Sku, row.Node, row.Bin, row.Lot, null, -taken));
                _left.Add((row, taken));
            }
    }

    public Task Save(OpenWork open, OpenRelease release) => Write(open.Work, release, _left, "shipped = fulfilment_lots.shipped + r.units");

    /// <summary>Picked units go back on the shelf, what was taken last first.</summary>
    public static async Task PutBack(OpenWork open, OpenRelease release, IEnumerable<(ReleaseLine Line, long Units)> parts)
    {
        var lots = await Load(open, release);
        if (lots._rows.Count == 0) return;
        var back = parts.SelectMany(p => Take(Enumerable.Reverse(lots._rows), p.Line.LineNo, p.Units)).ToList();
        await Serials.Come(open.Work, open.Actor, open.Now, [.. back.Where(b => b.Row.Serial.Length > 0).Select(b => new SerialUnit(b.Row.Sku, b.Row.Node, b.Row.Serial, b.Row.Lot, release.Number))]);
        await Write(open.Work, release, back, "quantity = fulfilment_lots.quantity - r.units");
    }

    private static List<(Row Row, long Units)> Take(IEnumerable<Row> rows, int line, long units)
    {
        var taken = new List<(Row, long)>();
        foreach (var row in rows.Where(r => r.Line == line && r.Rest > 0))
        {
            long some = Math.Min(units, row.Rest);
            if (some == 0) break;
            row.Rest -= some;
            units -= some;
            taken.Add((row, some));
        }
        return taken;
    }

    private static Task Write(Work work, OpenRelease release, IReadOnlyList<(Row Row, long Units)> rows, string change) => rows.Count == 0 ? Task.CompletedTask : work.Execute(
        $"""
        update fulfilment_lots set {change} from @rows r where fulfilment_lots.merchant_id = @merchant and fulfilment_lots.fulfilment_id = @id and fulfilment_lots.line_no = r.line_no
           and fulfilment_lots.bin = r.bin and fulfilment_lots.lot = r.lot and fulfilment_lots.serial = r.serial
        """,
        Rows.Of(rows.GroupBy(x => x.Row).ToList()).Int("line_no", g => g.Key.Line).Text("bin", g => g.Key.Bin).Text("lot", g => g.Key.Lot).Text("serial", g => g.Key.Serial).Long("units", g => g.Sum(x => x.Units)),
        ("id", release.Id.Value));
}
