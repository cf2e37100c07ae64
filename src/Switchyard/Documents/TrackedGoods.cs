using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Which lots and serial numbers papers name: of a release what was noted at picking and packing, of a parcel what was read into it; and the SSCC of parcels.</summary>
internal sealed class TrackedGoods
{
    /// <summary>Longer lists end with how many more there are: a slip is no register.</summary>
    private const int Most = 200;

    private readonly ILookup<(Guid Release, Guid? Parcel, int Line), Unit> _units;
    private readonly Dictionary<Guid, string> _ssccs;

    private readonly record struct Unit(string Lot, string Serial, long Quantity);
    private sealed record Read(Guid Release, Guid? Parcel, int Line, Unit Unit);

    private TrackedGoods(IEnumerable<Read> units, Dictionary<Guid, string> ssccs) => (_units, _ssccs) = (units.ToLookup(u => (u.Release, u.Parcel, u.Line), u => u.Unit), ssccs);

    public static async Task<TrackedGoods> Of(Work work, IReadOnlyList<FulfilmentId> releases)
    {
        Rows<Guid> keys() => Rows.Of(releases.Select(r => r.Value).Distinct().ToList()).Uuid("id", i => i);
        var batch = work.Batch();
        var noted = batch.Query(
            """
            select l.fulfilment_id, l.line_no, l.lot, l.serial, sum(l.quantity) from @rows r join fulfilment_lots l on l.fulfilment_id = r.id
             where l.merchant_id = @merchant and (l.lot <> '' or l.serial <> '') and l.quantity > 0 group by l.fulfilment_id, l.line_no, l.lot, l.serial order by l.lot, l.serial
            """, keys(), row => new Read(row.Uuid(), null, row.Int(), new Unit(row.Text(), row.Text(), row.Sum())));
        var packed = batch.Query(
            """
            select u.fulfilment_id, u.package_id, u.line_no, u.lot, u.serial, u.quantity from @rows r join packed_units u on u.fulfilment_id = r.id
             where u.merchant_id = @merchant and (u.lot <> '' or u.serial <> '') order by u.lot, u.serial
            """, keys(), row => new Read(row.Uuid(), row.Uuid(), row.Int(), new Unit(row.Text(), row.Text(), row.Long())));
        var ssccs = batch.Query("select c.package_id, c.sscc from @rows r join package_costs c on c.fulfilment_id = r.id where c.merchant_id = @merchant and c.sscc is not null", keys(),
            row => (Package: row.Uuid(), Sscc: row.Text()));
        await batch.Run();
        return new TrackedGoods(noted.Concat(packed), ssccs.ToDictionary(s => s.Package, s => s.Sscc));
    }

    public string? Sscc(PackageId parcel) => _ssccs.GetValueOrDefault(parcel.Value);

    /// <summary>Serial numbers and lots of a line, each as one text; null where there are none.</summary>
    public (string? Serials, string? Lots) Of(FulfilmentId release, int line, PackageId? parcel = null)
    {
        var units = _units[(release.Value, parcel?.Value, line)].ToList();
        return (Said(units.Where(u => u.Serial.Length > 0).Select(u => u.Serial)),
            Said(units.Where(u => u.Lot.Length > 0).GroupBy(u => u.Lot).Select(g => g.Sum(u => u.Quantity) is > 1 and var many ? $"{g.Key} × {many.ToString(CultureInfo.InvariantCulture)}" : g.Key)));
    }

    /// <summary>Puts them on a line of a paper.</summary>
    public void Put(JsonObject line, FulfilmentId release, int no)
    {
        var (serials, lots) = Of(release, no);
        (line["serials"], line["lots"]) = (serials, lots);
    }

    private static string? Said(IEnumerable<string> texts)
    {
        var all = texts.Distinct().Order(StringComparer.Ordinal).ToList();
        return all.Count == 0 ? null : string.Join(", ", all.Take(Most)) + (all.Count > Most ? $" (+{(all.Count - Most).ToString(CultureInfo.InvariantCulture)})" : "");
    }
}
