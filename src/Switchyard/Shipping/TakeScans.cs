using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Fulfilment;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Takes what carriers tell: each scan is kept once, and the parcel is where all of them together say. The same again, in any order, changes nothing.</summary>
public sealed class TakeScans(Db db, TimeProvider clock)
{
    /// <returns>False: the label is not there.</returns>
    internal async Task<bool> Keep(long merchant, LabelId id, IReadOnlyList<ParcelScan> scans)
    {
        var (actor, now) = (Actor.House("system:shipping", merchant), clock.GetUtcNow());
        var label = await db.Read(actor, work => CarrierLabel.Find(work, id));
        if (label is null) return false;
        var kept = await db.Write<Done>(actor, async work =>
        {
            // The order is locked first, through the package, even where the scan moves nothing; scans come seldom.
            if (await PackageDesk.Find(work, actor, label.Package) is not { } parcel) return new Done();
            var told = scans.Select(s => s.Tidied()).DistinctBy(s => s.ScanKey).ToList();
            int fresh = await work.Execute(
                """
                insert into parcel_scans (label_id, scan_key, merchant_id, kind, code, words, place, at_ms, received_at_ms)
                select @label, scan_key, @merchant, kind, code, words, place, at_ms, @now from @rows r where true on conflict do nothing
                """, Rows.Of(told).Text("scan_key", s => s.ScanKey).Text("kind", s => ParcelPosition.Name(s.Kind)).Text("code", s => s.Code).Text("words", s => s.Words)
                    .Text("place", s => s.Place).Instant("at_ms", s => s.At), ("label", id.Value), ("now", now.ToUnixTimeMilliseconds()));
            await Follow(work, actor, label, parcel, told, fresh > 0, now);
            return new Done();
        });
        return kept.IsOk;
    }

    private static async Task Follow(Work work, Actor actor, CarrierLabel label, PackedParcel parcel, IReadOnlyList<ParcelScan> told, bool isNews, DateTimeOffset now)
    {
        var all = await work.Query("select kind, code, words, at_ms, scan_key from parcel_scans where merchant_id = @merchant and label_id = @id",
            row => new ParcelScan("", ParcelPosition.Parse(row.Text()), row.Text(), row.Text(), row.Instant(), null, row.Text()), ("id", label.Id.Value));
        var place = ParcelPosition.Of(all);
        var eta = ParcelPosition.Of(told).Eta;
        // A label that was taken back moves no package any more.
        bool isOpened = false;
        if (ParcelPosition.PackageOf(place.Kind) is { } to && parcel.State != to)
        {
            if (label.State is LabelState.Booked or LabelState.Manifested) await PackageDesk.Track(work, actor, parcel, to, place.At!.Value > now ? now : place.At.Value, null, now);
            isOpened = (await PackageDesk.Find(work, actor, label.Package))?.State == PackageState.Voided;
        }
        bool isEnd = place.Kind is { } kind && ParcelPosition.IsEnd(kind);
        await work.Execute(
            """
            update carrier_labels set track_kind = @kind::text, moved_at_ms = case when @moved then @at::bigint else moved_at_ms end, eta_ms = coalesce(@eta::bigint, eta_ms),
                   delivered_at_ms = case when @kind::text = 'delivered' then @at::bigint else delivered_at_ms end, poll_at_ms = case when @end then null else poll_at_ms end, version = version + 1
             where merchant_id = @merchant and id = @id and (coalesce(track_kind, '') <> coalesce(@kind::text, '') or coalesce(moved_at_ms, 0) <> coalesce(@at::bigint, 0) or @eta::bigint is not null)
            """, ("kind", place.Kind is { } known ? ParcelPosition.Name(known) : null), ("moved", ParcelPosition.HasMoved(place.Kind)), ("at", place.At?.ToUnixTimeMilliseconds()),
            ("eta", eta?.ToUnixTimeMilliseconds()), ("end", isEnd), ("id", label.Id.Value));
        var batch = work.Batch();
        // Told once for each scan: what somebody has dealt with is no news when the carrier is asked again.
        if (isOpened && isNews)
            ExceptionsRoom.Raise(batch, [new Trouble("opened_parcel_moves", label.Id.ToString(), $"{label.AccountCode} tells of parcel {label.Tracking}: {ParcelPosition.Name(place.Kind!.Value)}. Its package was opened here.",
                label.Order.Value, label.Fulfilment.Value, Node: label.Node)], now);
        if (isNews && place.Kind is ScanKind.Exception or ScanKind.Damaged or ScanKind.ReturnedToSender)
            ExceptionsRoom.Raise(batch, [new Trouble("parcel_exception", label.Id.ToString(), $"{label.AccountCode} tells of parcel {label.Tracking}: {ParcelPosition.Name(place.Kind.Value)}.", label.Order.Value,
                label.Fulfilment.Value, Node: label.Node)], now);
        else if (place.Kind is not (ScanKind.Exception or ScanKind.Damaged or ScanKind.ReturnedToSender) && (ParcelPosition.HasMoved(place.Kind) || isEnd))
            ExceptionsRoom.Mend(batch, [("parcel_exception", label.Id.ToString()), ("parcel_stalled", label.Id.ToString())], actor, "The parcel has moved", now);
        await batch.Run();
    }
}
