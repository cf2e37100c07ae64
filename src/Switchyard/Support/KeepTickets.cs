using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Messages;

namespace Switchyard.Support;

/// <summary>
/// Opens a ticket for each trouble that a desk wants to hear of, and closes it with a note when the trouble is mended: outside of any transaction, each by a key that
/// never changes, so that what may have been done unheard is found and not done again.
/// </summary>
internal sealed class KeepTickets(Db db, SupportDesks desks, DeskPatience patience, IConfiguration configuration, TimeProvider clock, ILogger<KeepTickets> log) : BackgroundService
{
    private const string Refused = "desk_ticket_parked";
    private const int MostAtOnce = 32;
    private readonly ConcurrentDictionary<(Guid, long), byte> _running = new();
    private readonly string? _address = PublicUrl.Tidy(configuration["SWITCHYARD_PUBLIC_URL"]);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "Tickets of troubles were not kept", stoppingToken);

    /// <summary>Opens and closes all that is due, until nothing is.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        if (!await db.ReadAll(TicketRows.IsWanted)) return;
        await db.WriteAll(async work => { await TicketRows.Find(work, Now); return 0; });
        while (!stop.IsCancellationRequested)
        {
            var due = await db.ReadAll(work => TicketRows.Due(work, Now, MostAtOnce));
            if (due.Count == 0) return;
            // A desk that is slow keeps no other one waiting; its own tickets come one after another.
            await Task.WhenAll(due.GroupBy(d => d.Desk).Select(async own => { foreach (var (desk, trouble, merchant) in own) await Keep(desk, trouble, merchant, stop); }));
        }
    }

    private async Task Keep(Guid id, long trouble, long merchant, CancellationToken stop)
    {
        if (!_running.TryAdd((id, trouble), 0)) return;
        var house = Actor.House("system:support", merchant);
        try
        {
            var claimed = await db.Write<List<DueTicket>>(house, async work => await TicketRows.Claim(work, id, trouble, Now, Now + (long)patience.Lease.TotalMilliseconds));
            if (claimed is not { IsOk: true, Value: [var due] }) return;
            var (desk, about) = await db.Read(house, async work => (await Desk.Find(work, id), await TicketRows.Trouble(work, trouble)));
            if (desk is null || about is null) return;
            if (due.State == "waiting") await Open(house, desk, due, about, stop);
            else await Close(house, desk, due, stop);
        }
#pragma warning disable CA1031 // one of them keeps no other from its ticket; its lease runs out and it is tried again
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(e, "The ticket of trouble {Trouble} could not be kept", trouble);
        }
#pragma warning restore CA1031
        finally { _running.TryRemove((id, trouble), out _); }
    }

    private async Task Open(Actor house, Desk desk, DueTicket due, TicketTrouble about, CancellationToken stop)
    {
        var (title, next) = TroubleKinds.All[about.Kind];
        string subject = about.Number is null ? title : $"{title}: {about.Number}";
        string page = _address is null ? "" : about.Order is { } order ? $"\n\n{_address}/orders/{order}" : $"\n\n{_address}/exceptions";
        var said = await desks.Of(desk).Open(desks.Call(desk, stop, mayWait: true), new NewTicket(Key(due), subject, $"{about.Detail}\n\n{next}{page}", about.Number));
        if (said.Fault is { } fault) await Failed(house, desk, due, fault);
        else await Settle(house, desk, due, "open", said.Value, null, 0, false);
    }

    private async Task Close(Actor house, Desk desk, DueTicket due, CancellationToken stop)
    {
        // What a person wrote about how it was mended stays here: it may name people.
        var said = await desks.Of(desk).Write(desks.Call(desk, stop, mayWait: true), due.Ticket!,
            new DeskNote(Key(due) + "/mended", "The trouble is mended in Switchyard.", IsPublic: false, Closes: true));
        if (said.Fault is { } fault) await Failed(house, desk, due, fault);
        else await Settle(house, desk, due, "closed", null, null, 0, false);
    }

    private Task Failed(Actor house, Desk desk, DueTicket due, AdapterFault fault)
    {
        // What waits its turn, or was not sent at all, is no try in vain: an outage parks nothing.
        bool counts = fault.Kind is not (FaultKind.Throttled or FaultKind.NotSent), isOver = !fault.PassesBy || counts && due.Tries + 1 >= patience.MostTries;
        var wait = counts ? patience.Waits[Math.Min(due.Tries, patience.Waits.Count - 1)] : patience.Poll;
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        return Settle(house, desk, due, isOver ? "parked" : due.State, null, fault.Words.Length > 500 ? fault.Words[..500] : fault.Words,
            Now + (long)wait.TotalMilliseconds, counts);
    }

    private async Task Settle(Actor house, Desk desk, DueTicket due, string state, DeskTicket? ticket, string? said, long dueMs, bool counts)
    {
        var done = await db.Write<int>(house, async work =>
        {
            await TicketRows.Met(work, due.Desk, state is "open" or "closed" ? null : said, Now);
            int settled = await TicketRows.Settle(work, due, state, ticket, said, dueMs, counts, Now);
            if (settled > 0) await Tell(work, house, desk, state, said);
            return settled;
        });
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }

    // One trouble for a desk, however many tickets it does not take; it is over when the last of them is.
    private async Task Tell(Work work, Actor house, Desk desk, string state, string? said)
    {
        var batch = work.Batch();
        string subject = desk.Id.ToString();
        if (state == "parked") ExceptionsRoom.Raise(batch, [new Trouble(Refused, subject, $"{desk.Name} does not take a ticket: {said}")], clock.GetUtcNow());
        else if (state is "open" or "closed" && await TicketRows.Parked(work, desk.Id.Value) == 0)
            ExceptionsRoom.Mend(batch, [(Refused, subject)], house, "The desk takes its tickets again.", clock.GetUtcNow());
        else return;
        await batch.Run();
    }

    // The same at every desk of every house, so that two that share an account at the vendor do not take each other's.
    private static string Key(DueTicket due) => $"switchyard:{new DeskId(due.Desk)}:{due.Trouble}";
}
