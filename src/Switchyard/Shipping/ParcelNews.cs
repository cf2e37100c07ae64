using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>One thing a carrier told of a parcel, in our vocabulary.</summary>
/// <param name="Kind">The name of a <see cref="ScanKind"/>.</param>
public sealed record ParcelNote(string Kind, string? Place, DateTimeOffset At);

/// <summary>What may be told of a labelled parcel to whoever waits for it.</summary>
/// <param name="Url">The carrier's page; only one that begins with https.</param>
/// <param name="Notes">The newest first.</param>
public sealed record ParcelNews(PackageId Package, string? Url, DateTimeOffset? Eta, IReadOnlyList<ParcelNote> Notes)
{
    private const long MostNotes = 200;

    /// <summary>Of every parcel of an order that has a label that counts.</summary>
    public static async Task<IReadOnlyList<ParcelNews>> Of(Work work, OrderId order)
    {
        var batch = work.Batch();
        var labels = batch.Query("select id, package_id, tracking_url, eta_ms from carrier_labels where merchant_id = @merchant and order_id = @order and state in ('booked', 'manifested')",
            row => (Id: row.Uuid(), Package: new PackageId(row.Uuid()), Url: row.TextOrNull(), Eta: row.InstantOrNull()), ("order", order.Value));
        var scans = batch.Query(
            """
            select s.label_id, s.kind, s.place, s.at_ms from carrier_labels l join parcel_scans s on s.label_id = l.id
             where l.merchant_id = @merchant and l.order_id = @order and l.state in ('booked', 'manifested') order by s.at_ms desc, s.scan_key limit @most
            """, row => (Label: row.Uuid(), Note: new ParcelNote(row.Text(), row.TextOrNull(), row.Instant())), ("order", order.Value), ("most", MostNotes));
        await batch.Run();
        var of = scans.ToLookup(s => s.Label, s => s.Note);
        return [.. labels.Select(l => new ParcelNews(l.Package, l.Url?.StartsWith("https://", StringComparison.Ordinal) == true ? l.Url : null, l.Eta, [.. of[l.Id]]))];
    }
}
