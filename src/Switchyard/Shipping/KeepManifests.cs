using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Finishes manifests whose carrier did not answer, and voids labels that were booked unheard when another carrier had taken the parcel. Safe to run twice.</summary>
public sealed class KeepManifests(Db db, CarrierDesk desk, CarrierPatience patience, TimeProvider clock, ILogger<KeepManifests> log) : BackgroundService
{
    private const int MostAtOnce = 50;

    private sealed record Asked(ManifestId Id, long Merchant, Guid Account, int Tries, bool IsAgain);
    private sealed record Lost(LabelId Label, Guid Account, long Merchant, string Reference, int Tries);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(TimeSpan.FromSeconds(10), clock, () => Turn(), log, "Manifests were not looked at", stoppingToken);

    internal async Task Turn()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (asked, lost) = await db.ReadAll(async work =>
        {
            var batch = work.Batch();
            var manifests = batch.Query("select id, merchant_id from carrier_manifests /* house */ where state = 'asked' and due_at_ms <= @now order by due_at_ms limit @most",
                row => (Id: new ManifestId(row.Uuid()), Merchant: row.Long()), ("now", now), ("most", (long)MostAtOnce));
            var orphans = batch.Query("select label_id, account_id, merchant_id, reference, tries from carrier_orphans /* house */ where state = 'open' and due_at_ms <= @now order by due_at_ms limit @most",
                row => new Lost(new LabelId(row.Uuid()), row.Uuid(), row.Long(), row.Text(), row.Int()), ("now", now), ("most", (long)MostAtOnce));
            await batch.Run();
            return (manifests, orphans);
        });
        foreach (var (id, merchant) in asked) await Finish(Actor.House("system:shipping", merchant), id, allLeave: false);
        foreach (var orphan in lost) await VoidUnheard(orphan);
    }

    /// <summary>Asks the carrier to close the list, and writes what it answers. A refusal gives the labels back.</summary>
    internal async Task Finish(Actor actor, ManifestId id, bool allLeave)
    {
        var house = Actor.House("system:shipping", actor.Merchant);
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var asked = await Write(house, async work => (await work.Query("select account_id, tries, due_at_ms > created_at_ms + 120000 from carrier_manifests where merchant_id = @merchant and id = @id and state = 'asked' for update",
                row => new Asked(id, house.Merchant, row.Uuid(), row.Int(), row.Bool()), ("id", id.Value))) is [var found]
            && await work.Execute("update carrier_manifests set tries = tries + 1, due_at_ms = @due where merchant_id = @merchant and id = @id", ("due", now + 60_000L * (1 + found.Tries)), ("id", id.Value)) == 1 ? found : null);
        if (asked is null) return;
        var (account, labels) = await db.Read(house, async work => (await CarrierAccount.Find(work, asked.Account),
            await work.Query($"{CarrierLabel.Select} where l.merchant_id = @merchant and l.manifest_id = @id order by l.id", CarrierLabel.Read, ("id", id.Value))));
        var answer = account is null ? ShippingErrorsNoAccount : await desk.Of(account).Close(desk.Call(account, CancellationToken.None), [.. labels.Select(l => l.Key)], asked.Tries > 0);
        await Write(house, async work => { await Note(work, id, answer); return 0; });
        if (!allLeave || !answer.IsOk) return;
        foreach (var label in labels) await Write(actor with { Stamp = null }, work => ManifestSql.Load(work, actor, label, clock.GetUtcNow()));
    }

    private static readonly CarrierAnswer<CarrierList> ShippingErrorsNoAccount = new CarrierFault(FaultKind.Refused, "The account is not there any more.");

    private async Task Note(Work work, ManifestId id, CarrierAnswer<CarrierList> answer)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (answer.Fault is { } fault && (fault.IsOpen || fault.Kind == FaultKind.Throttled))
        {
            await work.Execute("update carrier_manifests set fault = @fault where merchant_id = @merchant and id = @id and state = 'asked'", ("fault", fault.Words), ("id", id.Value));
            return;
        }
        int changed = await work.Execute(
            """
            update carrier_manifests set state = @state, number = @number::text, document = @document::bytea, format = @format::text, fault = @fault::text, closed_at_ms = @now
             where merchant_id = @merchant and id = @id and state = 'asked'
            """, ("state", answer.IsOk ? "closed" : "refused"), ("number", answer.IsOk ? answer.Value.Number : null), ("document", answer.IsOk ? answer.Value.Document : null),
            ("format", answer.IsOk ? answer.Value.Format : null), ("fault", answer.Fault?.Words), ("now", now), ("id", id.Value));
        if (changed == 1 && !answer.IsOk)
            await work.Execute("update carrier_labels set state = 'booked', manifest_id = null, version = version + 1 where merchant_id = @merchant and manifest_id = @id and scanned_at_ms is null", ("id", id.Value));
    }

    // Whoever did not answer may have booked it all the same: it is looked for over a day, and voided.
    private async Task VoidUnheard(Lost lost)
    {
        var house = Actor.House("system:shipping", lost.Merchant);
        var account = await db.Read(house, work => CarrierAccount.Find(work, lost.Account));
        string? end = account is null ? "none" : null;
        if (account is not null)
        {
            var found = await desk.Of(account).Find(desk.Call(account, CancellationToken.None), lost.Reference);
            if (found is { IsOk: true, Value: { } booked })
            {
                // Whoever asks this carrier for the label again takes the orphan away first; then it is no business of ours.
                if (await Write(house, work => Mark(work, lost, "open", "voided")) == 0) return;
                var gone = await desk.Of(account).Void(desk.Call(account, CancellationToken.None), new LabelKey(lost.Reference, booked.CarrierKey, booked.Tracking, booked.Service));
                if (gone.Fault is { PassesBy: true }) await Write(house, work => Mark(work, lost, "voided", "open"));
                else return;
            }
            else if (found.IsOk && lost.Tries >= 5) end = "none";
        }
        var wait = patience.Waits[Math.Min(lost.Tries, patience.Waits.Count - 1)];
        await Write(house, async work => await work.Execute(
            "update carrier_orphans set state = coalesce(@end::text, state), tries = tries + 1, due_at_ms = @due where merchant_id = @merchant and label_id = @label and account_id = @account",
            ("end", end), ("due", clock.GetUtcNow().ToUnixTimeMilliseconds() + (long)wait.TotalMilliseconds), ("label", lost.Label.Value), ("account", lost.Account)));
    }

    private static Task<int> Mark(Work work, Lost lost, string from, string to) => work.Execute(
        "update carrier_orphans set state = @to where merchant_id = @merchant and label_id = @label and account_id = @account and state = @from",
        ("to", to), ("from", from), ("label", lost.Label.Value), ("account", lost.Account));

    private async Task<T> Write<T>(Actor actor, Func<Work, Task<T>> body)
    {
        var done = await db.Write<Box<T>>(actor, async work => new Box<T>(await body(work)));
        return done.Error is { } error ? throw new InvalidOperationException(error.Detail) : done.Value.Value;
    }

    private sealed record Box<T>(T Value);
}
