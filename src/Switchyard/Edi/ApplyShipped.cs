using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>What a 3PL has sent (945) of a release it was given (940): its parcels leave, and what it had not is looked for elsewhere.</summary>
public sealed class ApplyShipped(Db db, FindGoods goods, ReportAsPartner report, TimeProvider clock)
{
    internal async Task<Applied> Handle(MessageAtHand message)
    {
        var (document, faults) = ReadSets.Shipped(message.Set);
        if (document is null) return Applied.Failed(null, faults);
        var partner = message.Partner;
        var release = await Release(partner, document.Release);
        if (release is null) return Applied.Failed(document.Release, new EdiFault("W0602", "edi.unknown_release", $"No release {document.Release} was sent to this partner."));
        var view = await db.Read(partner.Actor, work => FulfilmentRoom.Find(work, partner.Actor, release.Value), snapshot: true);
        if (view is null || view.Node != partner.Node) return Applied.Failed(document.Release, new EdiFault("W0602", "edi.unknown_release", "The release is not of this partner's node."));
        var all = document.Parcels.SelectMany(p => p.Lines).ToList();
        var skus = await goods.Skus(partner, [.. all.Select(l => l.Numbers)]);
        var lineOf = new Dictionary<ShippedLine, int>(ReferenceEqualityComparer.Instance);
        foreach (var (line, sku) in all.Zip(skus))
        {
            var found = view.Lines.FirstOrDefault(l => line.Line == Text.Invariant(l.Line) && (sku is null || Text.Key(l.Sku) == Text.Key(sku)))
                ?? view.Lines.FirstOrDefault(l => sku is not null && Text.Key(l.Sku) == Text.Key(sku));
            if (found is null) return Applied.Failed(document.Release, new EdiFault("W12", "edi.unknown_goods", $"The release has no line of {string.Join(", ", line.Numbers.Select(n => n.Value))}."));
            lineOf[line] = found.Line;
        }
        if (all.Find(l => partner.Settings.Profile.UnitsEach(l.Unit) is null) is { } odd)
            return Applied.Failed(document.Release, new EdiFault("W1205", "edi.unknown_unit", $"Unit {odd.Unit} is not agreed with the partner."));
        long Units(ShippedLine line, long count) => count * partner.Settings.Profile.UnitsEach(line.Unit)!.Value;
        var parcels = document.Parcels.Select(p => new ReportAsPartner.Parcel(document.Carrier ?? "other", document.Service, p.Tracking,
            [.. p.Lines.Where(l => l.Shipped > 0).GroupBy(l => lineOf[l]).Select(g => new PartBody(g.Key, g.Sum(l => Units(l, l.Shipped))))])).Where(p => p.Lines.Count > 0).ToList();
        // A line may be spread over parcels, each of which says how much was ordered in all. What the 3PL sends later is not missing.
        var missing = all.Where(l => l.Ordered is not null).GroupBy(l => lineOf[l]).Where(g => !g.Any(l => l.Follows)).Select(g => (Line: g.Key, Units: g.Max(l => Units(l, l.Ordered!.Value)) - g.Sum(l => Units(l, l.Shipped)))).Where(m => m.Units > 0)
            .Select(m => new PartBody(m.Line, m.Units)).ToList();
        var left = document.ShippedOn is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : (DateTimeOffset?)null;
        // The report is known by what it says: sent again in another interchange it is the same, and a second part of the release is another.
        string id = $"edi:{partner.Code}:{Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { document.Release, document.Reference, document.ShippedOn, parcels, missing }, Json.Options)))[..32]}";
        var error = await report.Handle(partner.Actor, release.Value, id, parcels, left < view.OfferedAt || left > clock.GetUtcNow() ? null : left, missing);
        return error is null ? new Applied([], document.Release, view.Order.Value, release.Value.Value) : Applied.Of(error, document.Release);
    }

    private Task<FulfilmentId?> Release(EdiPartner partner, string number) => db.Read(partner.Actor, async work => (await work.Query(
        "select fulfilment_id from edi_messages where merchant_id = @merchant and partner_id = @partner and set_code = '940' and reference = @number and direction = 'out' and fulfilment_id is not null limit 1",
        row => (FulfilmentId?)new FulfilmentId(row.Uuid()), ("partner", partner.Id), ("number", number))).FirstOrDefault());
}
