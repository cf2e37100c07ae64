using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Fulfilment;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>
/// Asks carriers where parcels are, tells somebody of those that stand still, takes those that are silent for long as lost and opens the claim, and takes
/// back labels of packages that were opened again. Safe to run twice and on several processes.
/// </summary>
public sealed class KeepTracking(Db db, CarrierDesk desk, TakeScans take, CarrierPatience patience, TimeProvider clock, ILogger<KeepTracking> log) : BackgroundService
{
    private const int MostAtOnce = 200, MostOfAccount = 60, MostUnheard = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15), Lease = TimeSpan.FromMinutes(5), Rest = TimeSpan.FromMinutes(1);
    private const long Hour = 3_600_000, Day = 24 * Hour;

    private static readonly string UnderWay = string.Join(", ", Enum.GetValues<PackageState>().Where(PackageStates.IsUnderWay).Select(s => $"'{PackageStates.Name(s)}'"));

    /// <param name="SinceMs">When it moved last.</param>
    private sealed record Silent(LabelId Id, long Merchant, long SinceMs, bool IsLost);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Apart, so that a slow carrier holds up nobody's parcels but its own.
        Task.WhenAll(Rounds.Every(Pause, clock, Look, log, "Parcels were not looked at", stoppingToken),
            Rounds.Every(Pause, clock, () => Poll(stoppingToken), log, "Carriers were not asked where parcels are", stoppingToken));

    /// <summary>Everything at once.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        await Poll(stop);
        await Look();
    }

    private async Task Look()
    {
        await NoteLeft();
        await Watch();
        await TakeBackOpened();
    }

    private async Task Poll(CancellationToken stop)
    {
        // Whoever leases a label asks for it; those that were not come to be asked are due again, before those that were.
        var due = await db.WriteAll(async work =>
        {
            var ids = await work.Query(
                """
                select id from carrier_labels /* house */ where poll_at_ms <= @now and id in (
                       select d.id from (select id, row_number() over (partition by account_id order by poll_at_ms, id) as place from carrier_labels where poll_at_ms <= @now) d where d.place <= @each)
                 order by poll_at_ms, id limit @most for update skip locked
                """, row => row.Uuid(), ("now", Now), ("each", (long)MostOfAccount), ("most", (long)MostAtOnce));
            if (ids.Count == 0) return [];
            await work.Execute("update carrier_labels /* house */ set poll_at_ms = @until from @rows r where carrier_labels.id = r.label", Rows.Of(ids).Uuid("label", i => i), ("until", Now + (long)Lease.TotalMilliseconds));
            return (await work.Query($"{CarrierLabel.Select} join @rows r on r.label = l.id /* house */", Rows.Of(ids).Uuid("label", i => i), CarrierLabel.Read)).OrderBy(l => ids.IndexOf(l.Id.Value)).ToList();
        });
        // Carriers beside one another, the parcels of one in turn.
        await Task.WhenAll(due.GroupBy(l => (l.Merchant, l.Account)).Select(labels => AskFor([.. labels], stop)));
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task AskFor(List<CarrierLabel> labels, CancellationToken stop)
    {
        var account = labels[0].Account is { } by ? await db.Read(Actor.House("system:shipping", labels[0].Merchant), work => CarrierAccount.Find(work, by)) : null;
        // Of those that only send messages there is nothing to ask.
        if (account is null || !desk.Of(account).Manifest.Can.Contains("track")) { await Again(labels, patience.TrackEvery); return; }
        long began = Now;
        int unheard = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            if (Now - began > patience.TrackFor.TotalMilliseconds) { await Again(labels[i..], TimeSpan.Zero); return; }
            var told = await desk.Of(account).Track(desk.Call(account, stop, mayWait: true), labels[i].Key);
            if (told.Fault is { Kind: FaultKind.NotSent or FaultKind.Throttled } wait) { await Again(labels[i..], wait.RetryAfter ?? Rest); return; }
            if (told is { IsOk: true, Value.Count: > 0 }) await take.Keep(labels[i].Merchant, labels[i].Id, told.Value);
            await Again([labels[i]], patience.TrackEvery);
            unheard = told.Fault is { PassesBy: true } ? unheard + 1 : 0;
            if (unheard == MostUnheard) { await Again(labels[(i + 1)..], Rest); return; }
        }
    }

    // What has arrived meanwhile is asked about no more.
    private Task Again(IReadOnlyList<CarrierLabel> labels, TimeSpan after) => labels.Count == 0 ? Task.CompletedTask : db.WriteAll(work => work.Execute(
        "update carrier_labels /* house */ set poll_at_ms = @at from @rows r where carrier_labels.id = r.label and carrier_labels.poll_at_ms is not null",
        Rows.Of(labels.ToList()).Uuid("label", l => l.Id.Value), ("at", Now + (long)after.TotalMilliseconds)));

    private async Task Watch()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var silent = await db.ReadAll(work => work.Query(
            $"""
            select l.id, l.merchant_id, l.moved_at_ms, l.moved_at_ms <= @now - a.lost_days * @day from carrier_labels l /* house */ join carrier_accounts a on a.id = l.account_id
              join packages p on p.id = l.package_id and p.state in ({UnderWay})
             where l.poll_at_ms is not null and l.state in ('booked', 'manifested') and l.moved_at_ms <= @now - a.stall_hours * @hour
               and (l.moved_at_ms <= @now - a.lost_days * @day or coalesce(l.stall_told_ms, 0) <> l.moved_at_ms)
             order by l.moved_at_ms limit @most
            """, row => new Silent(new LabelId(row.Uuid()), row.Long(), row.Long(), row.Bool()), ("now", now), ("day", Day), ("hour", Hour), ("most", (long)MostAtOnce)));
        foreach (var parcel in silent)
        {
            var house = Actor.House("system:shipping", parcel.Merchant);
            if (parcel.IsLost) await Lose(db, clock, house, parcel.Id, "silence", parcel.SinceMs);
            else await db.Write<Done>(house, work => Stalled(work, parcel));
        }
    }

    private async Task<Result<Done>> Stalled(Work work, Silent parcel)
    {
        if (await CarrierLabel.Find(work, parcel.Id, locked: true) is not { } label || label.MovedAt?.ToUnixTimeMilliseconds() != parcel.SinceMs) return new Done();
        // Told once, by whichever of two rounds comes first.
        if (await work.Execute("update carrier_labels set stall_told_ms = moved_at_ms where merchant_id = @merchant and id = @id and coalesce(stall_told_ms, 0) <> moved_at_ms", ("id", label.Id.Value)) == 0) return new Done();
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble("parcel_stalled", label.Id.ToString(), $"Nothing was heard of parcel {label.Tracking} with {label.AccountCode} since {label.MovedAt:yyyy-MM-dd HH:mm} UTC.",
            label.Order.Value, label.Fulfilment.Value, Node: label.Node)], clock.GetUtcNow());
        await batch.Run();
        return new Done();
    }

    /// <summary>A parcel is lost: its package is, and the claim is opened, once.</summary>
    /// <param name="silentSince">It counts as lost because it did not move since then, unix milliseconds; one that did meanwhile is left alone.</param>
    /// <remarks>Errors: shipping.no_such_label, fulfilment.nothing_under_way: it arrived or was opened.</remarks>
    internal static Task<Result<Done>> Lose(Db db, TimeProvider clock, Actor actor, LabelId id, string reason, long? silentSince = null) => db.Write<Done>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (await CarrierLabel.Find(work, id) is not { } label || label.Account is not { } by || await CarrierAccount.Find(work, by) is not { } account) return ShippingErrors.NoSuchLabel;
        // The order is locked first. Who lost it before may still open the claim; silence makes lost only what nobody knows better of.
        bool isLost = await PackageDesk.Find(work, actor, label.Package) is { } parcel && await PackageDesk.Track(work, actor, parcel, PackageState.Lost, now, reason, now);
        var held = await CarrierLabel.Find(work, id, locked: true);
        if (silentSince is { } since ? !isLost || held!.MovedAt?.ToUnixTimeMilliseconds() != since || held.DeliveredAt is not null
            : !isLost && (await PackageDesk.Find(work, actor, label.Package))?.State != PackageState.Lost) return FulfilmentRoom.NothingUnderWay;
        await ClaimSql.Open(work, actor, label, account, reason, now);
        await work.Execute("update carrier_labels set is_lost = true, track_kind = 'lost', poll_at_ms = null, version = version + 1 where merchant_id = @merchant and id = @id", ("id", id.Value));
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [("parcel_stalled", id.ToString())], actor, "It counts as lost", now);
        ExceptionsRoom.Raise(batch, [new Trouble("parcel_lost", id.ToString(), $"Parcel {label.Tracking} with {label.AccountCode} counts as lost ({reason}).", label.Order.Value, label.Fulfilment.Value, Node: label.Node)], now);
        await batch.Run();
        return new Done();
    });

    // What was shipped by hand has left as well, and its silence counts from then.
    private async Task NoteLeft()
    {
        var left = await db.ReadAll(work => work.Query(
            """
            select l.id, l.merchant_id, p.state_at_ms from carrier_labels l /* house */ join packages p on p.id = l.package_id
             where l.state in ('booked', 'manifested') and l.scanned_at_ms is null and p.shipment_id is not null order by l.id limit @most
            """, row => (Id: row.Uuid(), Merchant: row.Long(), At: row.Long()), ("most", (long)MostAtOnce)));
        if (left.Count == 0) return;
        await db.WriteAll(work => work.Execute(
            """
            update carrier_labels /* house */ set scanned_at_ms = r.at_ms, moved_at_ms = coalesce(moved_at_ms, r.at_ms), version = version + 1 from @rows r
             where carrier_labels.id = r.label and carrier_labels.scanned_at_ms is null
            """, Rows.Of(left).Uuid("label", l => l.Id).Long("at_ms", l => l.At)));
    }

    // A package that was opened again needs no label. Each is asked for once: what the carrier refuses, or has on its list, a person settles.
    private async Task TakeBackOpened()
    {
        var opened = await db.ReadAll(work => work.Query(
            """
            select l.id, l.merchant_id from carrier_labels l /* house */ join packages p on p.id = l.package_id
             where l.state in ('booked', 'failed', 'manifested') and l.scanned_at_ms is null and l.moved_at_ms is null and l.void_refused_ms is null and p.state = 'voided' order by l.id limit @most
            """, row => (Id: new LabelId(row.Uuid()), Merchant: row.Long()), ("most", (long)MostAtOnce)));
        foreach (var (id, merchant) in opened)
            await db.Write<Done>(Actor.House("system:shipping", merchant), async work =>
            {
                var label = await CarrierLabel.Find(work, id, locked: true);
                if (label is { State: LabelState.Booked or LabelState.Failed }) await LabelSql.TakeBack(work, label, clock.GetUtcNow());
                else if (label is { State: LabelState.Manifested } && await work.Scalar("select count(*) from carrier_labels where merchant_id = @merchant and id = @id and void_refused_ms is null", ("id", id.Value)) > 0)
                    await LabelSql.NotVoided(work, label, "It is on a manifest that the carrier has.", clock.GetUtcNow());
                return new Done();
            });
    }
}
