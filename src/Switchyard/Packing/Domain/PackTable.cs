using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>A parcel on the packing table.</summary>
/// <param name="Suggested">The packaging the engine named for it, when it was asked.</param>
public sealed record TableParcel(int No, string? Packaging, string? Suggested, IReadOnlyList<TableLine> Lines, long? WeighedGrams, string? WeightReason)
{
    /// <summary>What the scale said last, where that is too far off and nobody has given a reason yet; it is not sealed so.</summary>
    public long? RefusedGrams { get; init; }
}

public sealed record TableLine(int Line, long Quantity)
{
    /// <summary>Of goods whose lots or serial numbers are kept: which lie in it.</summary>
    public IReadOnlyList<TableUnit> Units { get; init; } = [];
}

/// <summary>Units of one lot, or the one with a serial number; a text that is empty is not known.</summary>
public sealed record TableUnit(string Lot, string Serial, long Quantity);

/// <summary>A line of the release as the packer sees it.</summary>
/// <param name="Text">What is written on it for this customer; never mixed up with another line.</param>
public sealed record PackLine(int Line, string Sku, long Picked, string? Text, bool ShipsAlone, long WeightGrams)
{
    public bool HasLots { get; init; }
    public bool HasSerials { get; init; }

    /// <summary>What was read when it was picked.</summary>
    public IReadOnlyList<TableUnit> Noted { get; init; } = [];
}

/// <summary>What lies on the packing table for one release: pure, each change gives a new table or says why not.</summary>
public sealed record PackTable(IReadOnlyList<TableParcel> Parcels, IReadOnlyList<string> Done)
{
    public const int MostCommands = 2_000, MostParcels = 100;
    public static readonly PackTable Empty = new([], []);

    public long InParcels(int line) => Parcels.Sum(p => p.Lines.Where(l => l.Line == line).Sum(l => l.Quantity));

    public bool Knows(string? command) => command is not null && Done.Contains(command);

    public PackTable After(string? command) => command is null ? this : this with { Done = [.. Done.TakeLast(MostCommands - 1), command] };

    /// <summary>Begins the next parcel, or says in what a parcel goes.</summary>
    public Result<PackTable> Take(int? parcel, string? packaging, string? suggested)
    {
        if (parcel is null)
            return Parcels.Count >= MostParcels ? PackingErrors.NoSuchParcel(Parcels.Count + 1) : this with { Parcels = [.. Parcels, new TableParcel(Parcels.Count + 1, packaging, suggested, [], null, null)] };
        return Change(parcel.Value, p => p with { Packaging = packaging, Suggested = suggested ?? p.Suggested, WeighedGrams = null, WeightReason = null, RefusedGrams = null });
    }

    /// <summary>Puts scanned units of a product into a parcel, the last one when none is named.</summary>
    /// <param name="unit">The lot and serial number that were read with it.</param>
    /// <remarks>Errors: packing.wrong_item, packing.too_many, packing.which_line, packing.ships_alone, packing.no_such_parcel, and those of <see cref="UnitsOf"/>.</remarks>
    public Result<PackTable> Put(IReadOnlyList<PackLine> lines, string sku, string code, long quantity, int? line, int? parcel, (string? Lot, string? Serial) unit = default)
    {
        var alike = lines.Where(l => Text.Key(l.Sku) == Text.Key(sku) && (line is null || l.Line == line)).ToList();
        if (alike.Count == 0) return PackingErrors.WrongItem(code);
        var open = alike.Where(l => l.Picked > InParcels(l.Line)).ToList();
        if (open.Count == 0) return PackingErrors.TooMany(alike[0].Sku, 0);
        if (open.Count > 1 && open.Any(l => l.Text is not null)) return PackingErrors.WhichLine(open[0].Sku);
        var at = open.Find(l => l.Picked - InParcels(l.Line) >= quantity);
        if (at is null) return PackingErrors.TooMany(open[0].Sku, open.Max(l => l.Picked - InParcels(l.Line)));
        var table = Parcels.Count == 0 && (parcel is null or 1) ? Take(null, null, null).Value : this;
        int no = parcel ?? table.Parcels.Count;
        if (table.Parcels.FirstOrDefault(p => p.No == no) is { } into)
        {
            bool isMixed = into.Lines.Any(l => l.Line != at.Line && lines.First(o => o.Line == l.Line).ShipsAlone) || at.ShipsAlone && (into.Lines.Count > 0 || quantity > 1);
            if (isMixed) return PackingErrors.ShipsAlone(at.Sku);
        }
        var units = UnitsOf(at, quantity, unit.Lot ?? "", unit.Serial ?? "");
        if (units.Error is { } unclear) return unclear;
        return table.Change(no, p => p with { Lines = Add(p.Lines, at.Line, quantity, units.Value), WeighedGrams = null, WeightReason = null, RefusedGrams = null });
    }

    /// <summary>Which units these are: asked for where lots or serial numbers are kept, and held against what was read when they were picked.</summary>
    /// <remarks>Errors: packing.serial_wanted, packing.serial_twice, packing.wrong_serial, packing.lot_wanted, packing.wrong_lot.</remarks>
    private Result<IReadOnlyList<TableUnit>> UnitsOf(PackLine line, long quantity, string lot, string serial)
    {
        if (line.HasSerials)
        {
            if (serial.Length == 0 || quantity != 1) return PackingErrors.SerialWanted(line.Line, line.Sku);
            if (Units(line.Line).Any(u => u.Serial == serial)) return PackingErrors.SerialTwice(serial);
            var known = line.Noted.Where(n => n.Serial.Length > 0).ToList();
            // Only when each unit was read at picking must it be one of them.
            if (known.Sum(n => n.Quantity) >= line.Picked && known.TrueForAll(n => n.Serial != serial)) return PackingErrors.WrongSerial(serial);
            return new[] { new TableUnit(lot.Length > 0 ? lot : known.Find(n => n.Serial == serial)?.Lot ?? "", serial, 1) };
        }
        if (!line.HasLots) return Array.Empty<TableUnit>();
        var lots = line.Noted.Where(n => n.Lot.Length > 0).GroupBy(n => n.Lot).ToDictionary(g => g.Key, g => g.Sum(n => n.Quantity));
        if (lot.Length == 0 && lots.Count == 1 && lots.Values.Single() >= line.Picked) lot = lots.Keys.Single();
        if (lot.Length == 0) return PackingErrors.LotWanted(line.Line, line.Sku, [.. lots.Keys.Order(StringComparer.Ordinal)]);
        if (lots.Values.Sum() >= line.Picked && lots.GetValueOrDefault(lot) < quantity + Units(line.Line).Where(u => u.Lot == lot).Sum(u => u.Quantity)) return PackingErrors.WrongLot(lot);
        return new[] { new TableUnit(lot, "", quantity) };
    }

    private IEnumerable<TableUnit> Units(int line) => Parcels.SelectMany(p => p.Lines).Where(l => l.Line == line).SelectMany(l => l.Units);

    /// <param name="serial">Which unit, where serial numbers are kept; else the one that went in last.</param>
    /// <remarks>Errors: packing.no_such_parcel, packing.not_in_parcel.</remarks>
    public Result<PackTable> TakeOut(int line, long quantity, int parcel, string? serial = null)
    {
        if (Parcels.FirstOrDefault(p => p.No == parcel) is not { } from) return PackingErrors.NoSuchParcel(parcel);
        if (from.Lines.Where(l => l.Line == line).Sum(l => l.Quantity) < quantity) return PackingErrors.NotInParcel(line);
        if (serial is not null && (quantity != 1 || !from.Lines.Any(l => l.Line == line && l.Units.Any(u => u.Serial == serial)))) return PackingErrors.NotInParcel(line);
        return Change(parcel, p => p with { Lines = Less(p.Lines, line, quantity, serial), WeighedGrams = null, WeightReason = null, RefusedGrams = null });
    }

    /// <param name="expected">Null when a weight is not known: then any will do.</param>
    /// <remarks>Errors: packing.no_such_parcel, packing.out_of_tolerance unless a reason is given.</remarks>
    public Result<PackTable> Weigh(int parcel, long grams, string? reason, long? expected, long toleranceGrams)
    {
        if (expected is { } should && Math.Abs(should - grams) > toleranceGrams && string.IsNullOrWhiteSpace(reason)) return PackingErrors.OutOfTolerance(should, grams);
        return Change(parcel, p => p with { WeighedGrams = grams, WeightReason = reason, RefusedGrams = null });
    }

    /// <summary>Keeps in mind a weight that was refused, until the parcel is weighed again, the weight is given a reason, or what lies in it changes.</summary>
    public Result<PackTable> Refuse(int parcel, long grams) => Change(parcel, p => p with { WeighedGrams = null, WeightReason = null, RefusedGrams = grams });

    /// <summary>What a parcel should weigh; null when a product in it has no weight.</summary>
    public static long? Expected(TableParcel parcel, IReadOnlyList<PackLine> lines, long emptyGrams)
    {
        long grams = emptyGrams;
        foreach (var part in parcel.Lines)
        {
            if (lines.FirstOrDefault(l => l.Line == part.Line) is not { WeightGrams: > 0 } line) return null;
            grams += line.WeightGrams * part.Quantity;
        }
        return grams;
    }

    private Result<PackTable> Change(int no, Func<TableParcel, TableParcel> change) =>
        Parcels.Any(p => p.No == no) ? this with { Parcels = [.. Parcels.Select(p => p.No == no ? change(p) : p)] } : PackingErrors.NoSuchParcel(no);

    private static IReadOnlyList<TableLine> Add(IReadOnlyList<TableLine> lines, int line, long quantity, IReadOnlyList<TableUnit> units)
    {
        var before = lines.FirstOrDefault(l => l.Line == line) ?? new TableLine(line, 0);
        return [.. lines.Where(l => l.Line != line), before with { Quantity = before.Quantity + quantity, Units = [.. before.Units, .. units] }];
    }

    // What went in last comes out first, unless it is said which.
    private static IReadOnlyList<TableLine> Less(IReadOnlyList<TableLine> lines, int line, long quantity, string? serial)
    {
        var left = new List<TableLine>();
        foreach (var part in lines)
        {
            if (part.Line != line) { left.Add(part); continue; }
            if (part.Quantity == quantity) continue;
            var units = new List<TableUnit>();
            long over = part.Units.Sum(u => u.Quantity) - (part.Quantity - quantity);
            foreach (var unit in part.Units.Where(u => u.Serial == serial).Concat(part.Units.Where(u => u.Serial != serial).Reverse()).ToList())
            {
                long gone = Math.Clamp(over, 0, unit.Quantity);
                over -= gone;
                if (unit.Quantity > gone) units.Insert(0, unit with { Quantity = unit.Quantity - gone });
            }
            left.Add(part with { Quantity = part.Quantity - quantity, Units = units });
        }
        return left;
    }
}
