using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>
/// Has labels made and taken back. What will be asked is written first, then the carrier is asked outside of any transaction, then the answer is
/// written. A carrier that may have made a label unheard is asked for it before it is asked again. Several processes share the work by leases.
/// </summary>
public sealed class RunLabels(Db db, CarrierDesk desk, CarrierPatience patience, TimeProvider clock, ILogger<RunLabels> log) : BackgroundService
{
    private readonly ConcurrentDictionary<LabelId, Lazy<Task>> _running = new();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Works on it now and waits a little; how it stands then, or null when somebody else works on it for longer.</summary>
    internal async Task<CarrierLabel?> Soon(Actor actor, LabelId id)
    {
        var work = Start(id, actor.Merchant, isAsked: true);
        await Task.WhenAny(work, Task.Delay(patience.AtOnce));
        return await db.Read(actor, w => CarrierLabel.Find(w, id));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "Labels were not looked at", stoppingToken);
        await Task.WhenAny(Task.WhenAll(_running.Values.Select(r => r.Value)), Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None));
    }

    /// <summary>Starts what is due, as far as there is room.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        int room = patience.MostAtOnce - _running.Count;
        if (room <= 0 || stop.IsCancellationRequested) return;
        foreach (var (id, merchant) in await db.ReadAll(work => LabelSql.Due(work, Now, room))) _ = Start(id, merchant, isAsked: false);
    }

    // A run begins when it stands in the list, so that none ends before it stands there and stays for ever.
    private Task Start(LabelId id, long merchant, bool isAsked) => _running.GetOrAdd(id, _ => new Lazy<Task>(() => Task.Run(async () =>
    {
        try { await Run(id, Actor.House("system:shipping", merchant), isAsked); }
#pragma warning disable CA1031 // a label whose books are wrong keeps no other from being made; its lease runs out and it is tried again
        catch (Exception e) { log.LogError(e, "The label {Label} could not be worked on", id); }
#pragma warning restore CA1031
        finally { _running.TryRemove(id, out Lazy<Task>? _); }
    }))).Value;

    private async Task Run(LabelId id, Actor actor, bool isAsked)
    {
        var claimed = await Write(actor, work => LabelSql.Claim(work, id, Now, patience.Lease, isAsked));
        if (claimed is null) return;
        if (claimed.State == LabelState.Voiding) await Void(claimed, actor);
        else await Make(claimed, actor);
    }

    private async Task Void(CarrierLabel label, Actor actor)
    {
        var account = await db.Read(actor, work => CarrierAccount.Find(work, label.Account!.Value));
        AdapterAnswer<Done> answer = account is null ? new Done() : await desk.Of(account).Void(desk.Call(account, CancellationToken.None), label.Key);
        if (answer.Fault is { PassesBy: true } fault && label.Tries < patience.MostTries)
        {
            await Write(actor, async work => { await LabelSql.Later(work, label, fault.Words, Due(label, fault), decideAnew: false); return 0; });
            return;
        }
        await db.Write<Done>(actor, async work =>
        {
            // The order is locked before the label, as everywhere.
            var (parcel, now) = (await PackageDesk.Find(work, actor, label.Package), clock.GetUtcNow());
            if (parcel is { State: PackageState.Labelled } && (parcel.IsUnlabelling || answer.IsOk && parcel.Tracking == label.Tracking))
                await PackageDesk.Label(work, actor, parcel, account?.Name ?? "", label.Service, answer.IsOk ? null : label.Tracking, account is not null && desk.Follows(account), now);
            // Taken over by another process: it ends there.
            if (await LabelSql.Hold(work, label) is not { State: LabelState.Voiding }) return ShippingErrors.NoSuchLabel;
            await LabelSql.Voided(work, label, answer.Fault?.Words, parcel?.State == PackageState.Voided, now);
            return new Done();
        });
    }

    private async Task Make(CarrierLabel label, Actor actor)
    {
        var (parcel, accounts) = await db.Read(actor, async work => (await PackageDesk.Find(work, actor, label.Package), await CarrierAccount.All(work)));
        if (parcel is null || parcel.State != PackageState.Labelled)
        {
            await Write(actor, async work => { await LabelSql.TakeBack(work, label, clock.GetUtcNow()); return 0; });
            return;
        }
        if (await desk.Consign(actor, parcel, label.Reference) is not { } consigned) { await Give(label, actor, "The order or the node is not there.", isFinal: true); return; }
        var decision = label.Decision;
        if (decision is null)
        {
            var asked = accounts.Where(a => a.IsFor(label.Node) && (label.Account is null || a.Id.Value == label.Account)).ToList();
            decision = await desk.Quote(asked, consigned.What, consigned.Zone, label.Policy, label.Method, label.PromisedBy, CancellationToken.None);
            if (label is { Service: { } only, Account: not null }) decision = decision with { Quotes = [.. decision.Quotes.Where(q => !q.CanGo || q.Service == only)] };
            await Write(actor, async work => { await LabelSql.KeepDecision(work, label, decision); return 0; });
        }
        await Try(label, actor, decision, consigned.What, accounts);
    }

    // One choice after the other; a carrier that surely did not book it lets the next one have it at once.
    private async Task Try(CarrierLabel label, Actor actor, ServiceDecision decision, Consignment what, List<CarrierAccount> accounts)
    {
        var choices = decision.Choices.ToList();
        string said = decision.Quotes.FirstOrDefault(q => q.Said is not null) is { } failed ? $"{failed.Account}: {failed.Said}" : "No service of any account takes it.";
        bool mayPass = decision.Quotes.Any(q => q.Reason == "carrierFailed");
        // A carrier that may have it already comes before any choice.
        var open = label.AskedAccount is { } before ? accounts.Find(a => a.Id.Value == before) : null;
        int no = label.ChoiceNo;
        if (open is not null)
        {
            var found = await desk.Of(open).Find(desk.Call(open, CancellationToken.None), label.Reference);
            if (found is { IsOk: true, Value: { } label1 }) { await Keep(label, actor, open, choices.FirstOrDefault(c => c.Account == open.Code && c.Service == label1.Service) ?? choices.ElementAtOrDefault(no), label1, what); return; }
            bool isYoung = Now - (label.AskedAtMs ?? Now) < patience.BeforeNext.TotalMilliseconds;
            if (found.Fault is { } fault)
            {
                if (isYoung || no + 1 >= choices.Count) { await Give(label, actor, $"{open.Code}: {fault.Words}", isFinal: false, fault); return; }
                no++;
                int next = no;
                await Write(actor, async work => { await LabelSql.Next(work, label, next, open.Id.Value, $"{open.Code}: {fault.Words}", Now); return 0; });
            }
            // "Not there" may mean "not yet": a gateway gave up, and the carrier is still at it. It gets its time, and is looked after when it is asked again.
            else if (isYoung) { await Give(label, actor, $"{open.Code}: It did not answer, and has no label yet.", isFinal: false); return; }
            else await Write(actor, async work => { await LabelSql.LookFor(work, label, open.Id.Value, Now); return 0; });
        }
        for (; no < choices.Count; no++)
        {
            var choice = choices[no];
            if (accounts.Find(a => a.Code == choice.Account) is not { IsActive: true } account) continue;
            int mine = no;
            var (mayHaveIt, voidingKey) = await db.Read(actor, work => LabelSql.Orphan(work, label, account.Id.Value));
            if (voidingKey is not null) { (said, mayPass) = ($"{account.Code}: An earlier label is being taken back there.", true); continue; }
            if (mayHaveIt)
            {
                // It was left behind here once: perhaps it has the label after all.
                var left = await desk.Of(account).Find(desk.Call(account, CancellationToken.None), label.Reference);
                if (left is { IsOk: true, Value: { } there }) { await Keep(label, actor, account, choice, there, what); return; }
                if (left.Fault is { } silent) { (said, mayPass) = ($"{account.Code}: {silent.Words}", true); continue; }
            }
            if (!await Write(actor, work => LabelSql.KeepIntent(work, label, account.Id.Value, mine, Now, patience.Lease))) return;
            var (booked, fault) = await Ask(account, desk.WithCustoms(what, account), choice, label.Reference);
            if (booked is not null) { await Keep(label, actor, account, choice, booked, what); return; }
            said = $"{account.Code}: {fault!.Words}";
            if (fault.IsOpen) { await Give(label, actor, said, isFinal: false, fault); return; }
            mayPass |= fault.PassesBy;
            await Write(actor, async work => { await LabelSql.Next(work, label, mine + 1, null, said, Now); return 0; });
        }
        await Give(label, actor, said, isFinal: !mayPass, decideAnew: true);
    }

    // A time-out is followed by the question whether it was done; only then is it known or left open.
    private async Task<(BookedLabel?, AdapterFault?)> Ask(CarrierAccount account, Consignment what, ServiceQuote choice, string reference)
    {
        var carrier = desk.Of(account);
        var booked = await carrier.Book(desk.Call(account, CancellationToken.None), what, choice);
        if (booked.IsOk) return (booked.Value, null);
        if (!booked.Fault!.IsOpen) return (null, booked.Fault);
        var found = await carrier.Find(desk.Call(account, CancellationToken.None), reference);
        return found.IsOk && found.Value is { } first ? (first, null) : (null, booked.Fault);
    }

    private async Task Keep(CarrierLabel label, Actor actor, CarrierAccount account, ServiceQuote? choice, BookedLabel booked, Consignment what)
    {
        var customs = desk.WithCustoms(what, account).Customs;
        var kept = await db.Write<Done>(actor, async work =>
        {
            var parcel = await PackageDesk.Find(work, actor, label.Package);
            bool isOn = parcel is not null && await PackageDesk.Label(work, actor, parcel, account.Name, booked.Service ?? choice?.Service, booked.Tracking, desk.Follows(account), clock.GetUtcNow());
            // Taken back meanwhile, or taken over by a process that finds the same label: all of this is undone, and the carrier is asked for it there.
            if (await LabelSql.Hold(work, label) is not { State: LabelState.Wanted } || (await LabelSql.Orphan(work, label, account.Id.Value)).Voiding == booked.CarrierKey) return ShippingErrors.NoSuchLabel;
            await LabelSql.Book(work, label, account.Id.Value, choice, booked, customs, isForNothing: !isOn, desk.Follows(account), Now);
            return new Done();
        });
        // Unless it is the one that counts in the end, it is voided.
        if (!kept.IsOk) await Write(actor, async work => { await LabelSql.LookFor(work, label, account.Id.Value, Now); return 0; });
    }

    private Task<int> Give(CarrierLabel label, Actor actor, string said, bool isFinal, AdapterFault? fault = null, bool decideAnew = false) => Write(actor, async work =>
    {
        if (isFinal || label.Tries + 1 >= patience.MostTries) await LabelSql.Fail(work, label, said, clock.GetUtcNow());
        else await LabelSql.Later(work, label, said, Due(label, fault), decideAnew);
        return 0;
    });

    private long Due(CarrierLabel label, AdapterFault? fault)
    {
        var wait = patience.Waits[Math.Min(label.Tries, patience.Waits.Count - 1)];
        return Now + (long)(fault?.RetryAfter is { } asked && asked > wait ? asked : wait).TotalMilliseconds;
    }

    private async Task<T> Write<T>(Actor actor, Func<Work, Task<T>> body)
    {
        var done = await db.Write<Box<T>>(actor, async work => new Box<T>(await body(work)));
        return done.Error is { } error ? throw new InvalidOperationException(error.Detail) : done.Value.Value;
    }

    private sealed record Box<T>(T Value);
}
