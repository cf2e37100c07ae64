using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Finishes manifests whose carrier did not answer, and voids labels that were booked unheard when another carrier had taken the parcel. Safe to run twice.</summary>
public sealed class KeepManifests(Db db, CarrierDesk desk, CarrierPatience patience, TimeProvider clock, ILogger<KeepManifests> log) : BackgroundService
{
    private const int MostAtOnce = 50;

    /// <param name="No">Which try it is: only the last one writes what the carrier answered.</param>
    private sealed record Taken(Guid Account, int No, bool IsClosed, bool IsLeaving);
    private sealed record Lost(LabelId Label, Guid Account, long Merchant, string Reference, int Tries, long DueMs, long SinceMs);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(TimeSpan.FromSeconds(10), clock, () => Turn(), log, "Manifests were not looked at", stoppingToken);

    internal async Task Turn()
    {
        var (asked, lost) = await db.ReadAll(async work =>
        {
            var batch = work.Batch();
            var manifests = batch.Query(
                """
                select id, merchant_id, due_at_ms from carrier_manifests /* house */ where state = 'asked' and due_at_ms <= @now
                 union all select id, merchant_id, due_at_ms from carrier_manifests where is_leaving and state = 'closed' and due_at_ms <= @now order by 3 limit @most
                """, row => (Id: new ManifestId(row.Uuid()), Merchant: row.Long()), ("now", Now), ("most", (long)MostAtOnce));
            var orphans = batch.Query(
                "select label_id, account_id, merchant_id, reference, tries, due_at_ms, since_ms from carrier_orphans /* house */ where state = 'open' and due_at_ms <= @now order by due_at_ms limit @most",
                row => new Lost(new LabelId(row.Uuid()), row.Uuid(), row.Long(), row.Text(), row.Int(), row.Long(), row.Long()), ("now", Now), ("most", (long)MostAtOnce));
            await batch.Run();
            return (manifests, orphans);
        });
        foreach (var (id, merchant) in asked) await Finish(Actor.House("system:shipping", merchant), id);
        foreach (var orphan in lost) await LookFor(orphan);
    }

    /// <summary>Asks the carrier to close the list, writes what it answers, and lets the parcels leave that leave with it. A refusal gives the labels back.</summary>
    /// <param name="isFirst">Whoever made the list begins at once, if nobody has begun.</param>
    internal async Task Finish(Actor actor, ManifestId id, bool isFirst = false)
    {
        var house = Actor.House("system:shipping", actor.Merchant);
        // Nobody asks while another may still be answered.
        var taken = await Write(house, async work => await work.Query(
            """
            select account_id, tries, state = 'closed', is_leaving from carrier_manifests
             where merchant_id = @merchant and id = @id and (state = 'asked' or state = 'closed' and is_leaving) and (due_at_ms <= @now or @first and tries = 0) for update
            """, row => new Taken(row.Uuid(), row.Int() + 1, row.Bool(), row.Bool()), ("id", id.Value), ("now", Now), ("first", isFirst)) is [var found]
            && await work.Execute("update carrier_manifests set tries = @no, due_at_ms = @due where merchant_id = @merchant and id = @id",
                ("no", found.No), ("due", Now + (long)patience.Lease.TotalMilliseconds), ("id", id.Value)) == 1 ? found : null);
        if (taken is null) return;
        var (account, labels, ssccs) = await db.Read(house, async work => (await CarrierAccount.Find(work, taken.Account),
            await work.Query($"{CarrierLabel.Select} where l.merchant_id = @merchant and l.manifest_id = @id order by l.id", CarrierLabel.Read, ("id", id.Value)), await LabelSql.Ssccs(work, id)));
        if (!taken.IsClosed)
        {
            var answer = account is null ? ShippingErrorsNoAccount : await desk.Of(account).Close(desk.Call(account, CancellationToken.None), [.. labels.Select(l => l.Key with { Sscc = ssccs.GetValueOrDefault(l.Package.Value) })], taken.No > 1);
            if (!await Write(house, work => Note(work, id, taken.No, answer))) return;
        }
        if (!taken.IsLeaving) return;
        foreach (var label in labels) await Write(actor with { Stamp = null }, work => ManifestSql.Load(work, actor, label, clock.GetUtcNow()));
        await Write(house, work => work.Execute("update carrier_manifests set is_leaving = false where merchant_id = @merchant and id = @id and state = 'closed'", ("id", id.Value)));
    }

    private static readonly AdapterAnswer<CarrierList> ShippingErrorsNoAccount = new AdapterFault(FaultKind.Refused, "The account is not there any more.");

    /// <returns>The list is closed, by this answer.</returns>
    private async Task<bool> Note(Work work, ManifestId id, int no, AdapterAnswer<CarrierList> answer)
    {
        if (answer.Fault is { } fault && (fault.IsOpen || fault.Kind == FaultKind.Throttled))
        {
            await work.Execute("update carrier_manifests set fault = @fault, due_at_ms = @due where merchant_id = @merchant and id = @id and state = 'asked' and tries = @no",
                ("fault", fault.Words), ("due", Now + 60_000L * no), ("id", id.Value), ("no", no));
            return false;
        }
        int changed = await work.Execute(
            """
            update carrier_manifests set state = @state, number = @number::text, document = @document::bytea, format = @format::text, fault = @fault::text, closed_at_ms = @now,
                   is_leaving = is_leaving and @state = 'closed'
             where merchant_id = @merchant and id = @id and state = 'asked' and tries = @no
            """, ("state", answer.IsOk ? "closed" : "refused"), ("number", answer.IsOk ? answer.Value.Number : null), ("document", answer.IsOk ? answer.Value.Document : null),
            ("format", answer.IsOk ? answer.Value.Format : null), ("fault", answer.Fault?.Words), ("now", Now), ("id", id.Value), ("no", no));
        if (changed == 1 && !answer.IsOk)
            await work.Execute(
                "update carrier_labels set state = 'booked', manifest_id = null, void_refused_ms = null, version = version + 1 where merchant_id = @merchant and manifest_id = @id and scanned_at_ms is null",
                ("id", id.Value));
        return changed == 1 && answer.IsOk;
    }

    // Whoever did not answer may have booked it all the same: what is there under the reference, and is not the label that counts, is voided.
    private async Task LookFor(Lost lost)
    {
        var house = Actor.House("system:shipping", lost.Merchant);
        if (!await Write(house, async work => await ChangeIf(work, lost, "due_at_ms = @next", "due_at_ms = @due", ("next", Now + (long)patience.Lease.TotalMilliseconds), ("due", lost.DueMs)) == 1)) return;
        if (await db.Read(house, work => CarrierAccount.Find(work, lost.Account)) is not { } account) { await Write(house, work => Change(work, lost, "state = 'none', voiding_key = null")); return; }
        var found = await desk.Of(account).Find(desk.Call(account, CancellationToken.None), lost.Reference);
        if (!found.IsOk) { await Later(house, lost); return; }
        string? key = found.Value is { } there && await Write(house, work => Mark(work, lost, there.CarrierKey)) ? there.CarrierKey : null;
        if (key is null)
        {
            // What was being voided is not there any more: that is done. Else it may come yet, for a while.
            if (!await Write(house, async work => await ChangeIf(work, lost, "state = 'voided', voiding_key = null", "voiding_key <> @key", ("key", found.Value?.CarrierKey ?? "")) == 1)
                && Now - lost.SinceMs >= patience.LookFor.TotalMilliseconds) await Write(house, work => Change(work, lost, "state = 'none'"));
            else await Later(house, lost);
            return;
        }
        var gone = await desk.Of(account).Void(desk.Call(account, CancellationToken.None), new LabelKey(lost.Reference, key, found.Value!.Tracking, found.Value.Service));
        if (gone.Fault is { PassesBy: true }) await Later(house, lost);
        else await Write(house, async work =>
        {
            if (gone.Fault is { } refusal && await CarrierLabel.Find(work, lost.Label) is { } label) await LabelSql.NotVoidedElsewhere(work, label, account.Code, found.Value.Tracking, refusal.Words, clock.GetUtcNow());
            return await Change(work, lost, gone.IsOk ? "state = 'voided', voiding_key = null" : "state = 'none', voiding_key = null");
        });
    }

    // Decided under the label's lock: the one that counts, or that is being asked for, is not touched, and what is touched nobody takes for ours.
    private static async Task<bool> Mark(Work work, Lost lost, string key)
    {
        if (await CarrierLabel.Find(work, lost.Label, locked: true) is not { } label) return false;
        bool isAsked = label.State is LabelState.Wanted or LabelState.Failed && label.AskedAccount == lost.Account;
        bool isOurs = label.State is not (LabelState.Wanted or LabelState.Failed or LabelState.Cancelled) && label.Account == lost.Account && label.CarrierKey == key;
        return !isAsked && !isOurs && await Change(work, lost, "voiding_key = @key", ("key", key)) == 1;
    }

    private Task Later(Actor house, Lost lost) => Write(house, work => Change(work, lost, "tries = tries + 1, due_at_ms = @next",
        ("next", Now + (long)patience.Waits[Math.Min(lost.Tries, patience.Waits.Count - 1)].TotalMilliseconds)));

    private static Task<int> Change(Work work, Lost lost, string set, params (string, object?)[] arguments) => ChangeIf(work, lost, set, "true", arguments);

    private static Task<int> ChangeIf(Work work, Lost lost, string set, string where, params (string, object?)[] arguments) => work.Execute(
        $"update carrier_orphans set {set} where merchant_id = @merchant and label_id = @label and account_id = @account and state = 'open' and {where}",
        [.. arguments, ("label", lost.Label.Value), ("account", lost.Account)]);

    private async Task<T> Write<T>(Actor actor, Func<Work, Task<T>> body)
    {
        var done = await db.Write<Box<T>>(actor, async work => new Box<T>(await body(work)));
        return done.Error is { } error ? throw new InvalidOperationException(error.Detail) : done.Value.Value;
    }

    private sealed record Box<T>(T Value);
}
