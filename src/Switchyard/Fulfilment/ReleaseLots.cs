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
    private readonly List<Part> _left = [];

    private sealed record Row(int Line, string Bin, string Lot, string Serial, long Sku, long Node)
    {
        public long Rest { get; set; }

        /// <summary>Of the rest: units that left their bin in the books.</summary>
        public long Held { get; set; }
    }

    private sealed record Part(Row Row, long Units, long Held);

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

    /// <summary>Notes from where units were taken that are picked in this transaction, and takes them from there in the books. Their stock is locked.</summary>
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
        long[] skus = [.. rows.Select(r => r.Sku).Distinct()];
        var shelf = await PickedBins.Shelf(open.Work, release.Node.Id, skus);
        rows = [.. rows.Select(r => r with { Bin = Bin(r, shelf) }).Select(r => r with { Lot = Lot(r, shelf) })];
        var blocked = await LotBlocks.Unpickable(open.Work, skus, open.Now);
        if (rows.Find(r => blocked.Contains((r.Sku, r.Lot))) is { } wrong) return FulfilmentErrors.LotBlocked(wrong.Lot);
        var gone = await Serials.Go(open.Work, open.Actor, open.Now, [.. rows.Where(r => r.Serial.Length > 0).Select(r => new SerialUnit(r.Sku, r.Node, r.Serial, r.Lot, release.Number))]);
        if (gone.Count > 0) return FulfilmentErrors.SerialGone(gone[0].Serial);
        foreach (var row in rows.Where(r => r.Bin.Length > 0)) Take(open, release, row, shelf);
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
        var (from, to, named) = (new List<Part>(), new List<Row>(), new List<(Part Part, string Lot)>());
        foreach (var body in read)
        {
            var line = release.Line(body.Line!.Value)!;
            string lot = body.Lot ?? "", serial = body.Serial ?? "";
            long wanted = body.Quantity ?? 1;
            wanted -= Take(lots._rows.Where(r => r.Serial == serial && (lot.Length == 0 || r.Lot == lot)), line.LineNo, wanted).Sum(p => p.Units);
            foreach (var part in Take(lots._rows.Where(r => r.Serial.Length == 0 && (r.Lot.Length == 0 || r.Lot == lot || lot.Length == 0)), line.LineNo, wanted))
            {
                wanted -= part.Units;
                from.Add(part);
                to.Add(part.Row with { Lot = lot.Length > 0 ? lot : part.Row.Lot, Serial = serial, Rest = part.Units, Held = part.Held });
                if (part.Held > 0 && lot.Length > 0 && lot != part.Row.Lot) named.Add((part, lot));
            }
            if (wanted > 0) to.Add(new Row(line.LineNo, "", lot, serial, line.SkuId, release.Node.Id) { Rest = wanted });
        }
        var blocked = await LotBlocks.Unpickable(open.Work, [.. to.Select(r => r.Sku).Distinct()], open.Now);
        if (to.Find(r => blocked.Contains((r.Sku, r.Lot))) is { } wrong) return FulfilmentErrors.LotBlocked(wrong.Lot);
        var gone = await Serials.Go(open.Work, open.Actor, open.Now, [.. to.Where(r => r.Serial.Length > 0).Select(r => new SerialUnit(r.Sku, r.Node, r.Serial, r.Lot, release.Number))]);
        if (gone.Count > 0) return FulfilmentErrors.SerialGone(gone[0].Serial);
        if (named.Count > 0 && open.Sheet is null) await open.LockStock(named.Select(n => n.Part.Row.Sku));
        foreach (var (part, lot) in named) PickedBins.Name(open.Sheet!, new PickedUnits(part.Row.Sku, part.Row.Node, part.Row.Bin, part.Row.Lot, part.Held), lot);
        await Write(open.Work, release.Id, from, "quantity = fulfilment_lots.quantity - r.units, held = fulfilment_lots.held - r.held");
        await Insert(open, release, to);
        return null;
    }

    // What is noted of one bin, lot and number twice adds up.
    private static Task Insert(OpenWork open, OpenRelease release, IReadOnlyList<Row> rows) => rows.Count == 0 ? Task.CompletedTask : open.Work.Execute(
        """
        insert into fulfilment_lots (fulfilment_id, line_no, bin, lot, serial, merchant_id, order_id, sku_id, node_id, quantity, held, picked_by, picked_at_ms)
        select @id, line_no, bin, lot, serial, @merchant, @order, sku_id, @node, quantity, held, @by, @now from @rows r where true
            on conflict (fulfilment_id, line_no, bin, lot, serial) do update set quantity = fulfilment_lots.quantity + excluded.quantity, held = fulfilment_lots.held + excluded.held,
               picked_at_ms = excluded.picked_at_ms
        """,
        Rows.Of(rows.GroupBy(r => (r.Line, r.Bin, r.Lot, r.Serial, r.Sku)).ToList()).Int("line_no", g => g.Key.Line).Text("bin", g => g.Key.Bin).Text("lot", g => g.Key.Lot).Text("serial", g => g.Key.Serial)
            .Long("sku_id", g => g.Key.Sku).Long("quantity", g => g.Sum(r => r.Rest)).Long("held", g => g.Sum(r => r.Held)),
        ("id", release.Id.Value), ("order", release.Order.Value), ("node", release.Node.Id), ("by", open.Actor.Id), ("now", open.NowMs));

    // As the books write it; a bin they do not know stays as it was said.
    private static string Bin(Row row, Dictionary<(long Sku, string Bin, string Lot), long> shelf) =>
        row.Bin.Length == 0 ? "" : shelf.Keys.Select(k => k.Bin).FirstOrDefault(b => Text.Key(b) == Text.Key(row.Bin)) ?? row.Bin;

    // Nobody said which: where the bin holds only one, it is that.
    private static string Lot(Row row, Dictionary<(long Sku, string Bin, string Lot), long> shelf) =>
        row.Lot.Length == 0 && shelf.Keys.Where(k => k.Sku == row.Sku && k.Bin == row.Bin).ToList() is [var only] ? only.Lot : row.Lot;

    // Who has the goods in hand is right: where the books have fewer in the bin, that is taken, and the shelf is to be counted.
    private static void Take(OpenWork open, OpenRelease release, Row row, Dictionary<(long Sku, string Bin, string Lot), long> shelf)
    {
        if (!shelf.Keys.Any(k => k.Sku == row.Sku)) return;         // no bins are kept for it here
        var place = (row.Sku, row.Bin, row.Lot);
        row.Held = Math.Min(row.Rest, shelf.GetValueOrDefault(place));
        shelf[place] = shelf.GetValueOrDefault(place) - row.Held;
        if (row.Held > 0) PickedBins.Move(open.Sheet!, new PickedUnits(row.Sku, row.Node, row.Bin, row.Lot, row.Held));
        if (row.Held < row.Rest) open.Counts.Add(new WantedCount(row.Sku, row.Node, $"{release.Number}: more was picked from {row.Bin} than the books had there."));
    }

    /// <summary>What was noted of a release and has not left.</summary>
    public static async Task<ReleaseLots> Load(OpenWork open, OpenRelease release) => new(await open.Work.Query(
        """
        select line_no, bin, lot, serial, sku_id, node_id, quantity - shipped, held from fulfilment_lots
         where merchant_id = @merchant and fulfilment_id = @id and quantity > shipped order by picked_at_ms, line_no, bin, lot, serial
        """, row => new Row(row.Int(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long()) { Rest = row.Long(), Held = row.Long() }, ("id", release.Id.Value)));

    /// <summary>A lot among what has not left of these lines that was recalled.</summary>
    public async Task<string?> Recalled(Work work, IReadOnlySet<int> lines)
    {
        var here = _rows.Where(r => lines.Contains(r.Line) && r.Lot.Length > 0).ToList();
        if (here.Count == 0) return null;
        var recalled = await LotBlocks.Recalled(work, [.. here.Select(r => r.Sku).Distinct()]);
        return here.Find(r => recalled.Contains((r.Sku, r.Lot)))?.Lot;
    }

    /// <summary>Units of a line leave: they are taken from the bins that were noted. The stock is locked.</summary>
    public void Leave(OpenWork open, OpenPackage package)
    {
        foreach (var (line, units) in package.Contents)
            foreach (var part in Take(_rows, line, units))
            {
                PickedBins.Leave(open.Sheet!, new PickedUnits(part.Row.Sku, part.Row.Node, part.Row.Bin, part.Row.Lot, part.Units), part.Held);
                _left.Add(part);
            }
    }

    /// <summary>Goods left by a fact of the world: what was noted and is no more in hand went with them. The stock is locked.</summary>
    public static async Task Gone(OpenWork open, OpenRelease release)
    {
        var lots = await Load(open, release);
        foreach (var (line, surplus) in lots.Surplus(release))
            foreach (var part in Take(lots._rows, line.LineNo, surplus))
            {
                PickedBins.Leave(open.Sheet!, new PickedUnits(part.Row.Sku, part.Row.Node, part.Row.Bin, part.Row.Lot, part.Units), part.Held);
                lots._left.Add(part);
            }
        await lots.Save(open, release);
    }

    /// <summary>Work ended without a word of what was in hand: it is back where it was taken from. Locks the stock.</summary>
    public static async Task Back(OpenWork open, IReadOnlyList<OpenRelease> releases)
    {
        await open.LockStock(releases.SelectMany(r => r.Lines).Select(l => l.SkuId));
        foreach (var release in releases)
        {
            if ((await Load(open, release)).Surplus(release) is not { Count: > 0 } surplus) continue;
            await PutBack(open, release, surplus);
            release.Touch();
        }
    }

    private List<(ReleaseLine Line, long Units)> Surplus(OpenRelease release) => [.. release.Lines.Select(l =>
        (Line: l, Units: _rows.Where(r => r.Line == l.LineNo).Sum(r => r.Rest) - l[ReleaseUnits.Picked] - l[ReleaseUnits.Packed])).Where(l => l.Units > 0)];

    public Task Save(OpenWork open, OpenRelease release) => Write(open.Work, release.Id, _left, "shipped = fulfilment_lots.shipped + r.units, held = fulfilment_lots.held - r.held");

    /// <summary>Picked units go back on the shelf, what was taken last first. Their stock is locked.</summary>
    public static async Task PutBack(OpenWork open, OpenRelease release, IEnumerable<(ReleaseLine Line, long Units)> parts)
    {
        var lots = await Load(open, release);
        if (lots._rows.Count == 0) return;
        var back = parts.SelectMany(p => Take(Enumerable.Reverse(lots._rows), p.Line.LineNo, p.Units)).ToList();
        await Serials.Come(open.Work, open.Actor, open.Now, [.. back.Where(b => b.Row.Serial.Length > 0).Select(b => new SerialUnit(b.Row.Sku, b.Row.Node, b.Row.Serial, b.Row.Lot, release.Number))]);
        foreach (var part in back.Where(b => b.Held > 0)) PickedBins.Move(open.Sheet!, new PickedUnits(part.Row.Sku, part.Row.Node, part.Row.Bin, part.Row.Lot, -part.Held));
        await Write(open.Work, release.Id, back, "quantity = fulfilment_lots.quantity - r.units, held = fulfilment_lots.held - r.held");
    }

    private static List<Part> Take(IEnumerable<Row> rows, int line, long units)
    {
        var taken = new List<Part>();
        foreach (var row in rows.Where(r => r.Line == line && r.Rest > 0))
        {
            long some = Math.Min(units, row.Rest);
            if (some == 0) break;
            long held = Math.Min(row.Held, some);
            (row.Rest, row.Held) = (row.Rest - some, row.Held - held);
            units -= some;
            taken.Add(new Part(row, some, held));
        }
        return taken;
    }

    private static Task Write(Work work, FulfilmentId release, IReadOnlyList<Part> rows, string change) => rows.Count == 0 ? Task.CompletedTask : work.Execute(
        $"""
        update fulfilment_lots set {change} from @rows r where fulfilment_lots.merchant_id = @merchant and fulfilment_lots.fulfilment_id = @id and fulfilment_lots.line_no = r.line_no
           and fulfilment_lots.bin = r.bin and fulfilment_lots.lot = r.lot and fulfilment_lots.serial = r.serial
        """,
        Rows.Of(rows.GroupBy(x => x.Row).ToList()).Int("line_no", g => g.Key.Line).Text("bin", g => g.Key.Bin).Text("lot", g => g.Key.Lot).Text("serial", g => g.Key.Serial).Long("units", g => g.Sum(x => x.Units)).Long("held", g => g.Sum(x => x.Held)),
        ("id", release.Value));
}
