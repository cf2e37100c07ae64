using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Messages;

namespace Switchyard.Support;

/// <summary>
/// Opens a ticket for each trouble that a desk wants to hear of, and closes it with a note when the trouble is mended: outside of any transaction, each by a key that
/// never changes, so that what may have been done unheard is found and not done again.
/// </summary>
internal sealed class KeepTickets(Db db, SupportDesks desks, DeskPatience patience, IConfiguration configuration, TimeProvider clock, ILogger<KeepTickets> log) : BackgroundService
{
    private const string Refused = "desk_ticket_parked";
    private const int MostOfDesk = 8, MostDetail = 2_000;

    // Kinds whose detail ends in a vendor's own words.
    private static readonly HashSet<string> OthersWords =
        ["label_failed", "label_not_voided", "channel_order_parked", "channel_task_parked", "stock_not_told", "edi_failed", "message_failed", "parcel_exception"];
    private readonly ConcurrentDictionary<(Guid, long), byte> _running = new();
    private readonly string? _address = PublicUrl.Tidy(configuration["SWITCHYARD_PUBLIC_URL"]);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "Tickets of troubles were not kept", stoppingToken);

    /// <summary>Opens and closes what is due, some of each desk; what is left is due in the next round.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        if (!await db.ReadAll(TicketRows.IsWanted)) return;
        if (await db.ReadAll(TicketRows.IsNew))
            foreach (var (desk, merchant) in await db.WriteAll(work => TicketRows.Find(work, Now))) await Dropped(desk, merchant);
        var due = await db.ReadAll(work => TicketRows.Due(work, Now, MostOfDesk));
        // A desk that is slow keeps no other one waiting; its own tickets come one after another, until it is of no use now.
        await Task.WhenAll(due.GroupBy(d => d.Desk).Select(async own =>
        {
            foreach (var (desk, trouble, merchant) in own)
                if (stop.IsCancellationRequested || !await Keep(desk, trouble, merchant, stop)) return;
        }));
    }

    /// <returns>False: the desk is to be left alone for this turn.</returns>
    private async Task<bool> Keep(Guid id, long trouble, long merchant, CancellationToken stop)
    {
        if (!_running.TryAdd((id, trouble), 0)) return true;
        var house = Actor.House("system:support", merchant);
        try
        {
            var claimed = await db.Write<List<DueTicket>>(house, async work => await TicketRows.Claim(work, id, trouble, Now, Now + (long)patience.Lease.TotalMilliseconds));
            if (claimed is not { IsOk: true, Value: [var due] }) return true;
            var (desk, about) = await db.Read(house, async work => (await Desk.Find(work, id), await TicketRows.Trouble(work, trouble)));
            if (desk is null || about is null) return true;
            if (due is { State: "waiting", IsFirst: true } && !about.IsOpen) { await Settle(house, desk, due, "dropped", null, null, 0, false, isUnasked: true); return true; }
            // It ends before the lease does, so that no other process does the same beside it.
            using var longest = new CancellationTokenSource(patience.Longest, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, longest.Token);
            var call = desks.Call(desk, either.Token, mayWait: true);
            AdapterFault? fault;
            try { fault = due.State == "waiting" ? await Open(house, desk, due, about, call) : await Close(house, desk, due, call); }
            catch (OperationCanceledException) when (longest.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                fault = new AdapterFault(FaultKind.Unknown, "It took too long.");
            }
            if (fault is null) return true;
            await Failed(house, desk, due, fault, call.HasWritten);
            return !fault.PassesBy;
        }
#pragma warning disable CA1031 // one of them keeps no other from its ticket; its lease runs out and it is tried again
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(e, "The ticket of trouble {Trouble} could not be kept", trouble);
            return true;
        }
#pragma warning restore CA1031
        finally { _running.TryRemove((id, trouble), out _); }
    }

    private async Task<AdapterFault?> Open(Actor house, Desk desk, DueTicket due, TicketTrouble about, DeskCall call)
    {
        var (title, next) = TroubleKinds.All[about.Kind];
        string subject = about.Number is null ? title : $"{title}: {about.Number}";
        string page = _address is null ? "" : about.Order is { } order ? $"\n\n{_address}/orders/{order}" : $"\n\n{_address}/exceptions";
        // What a vendor said in its own words may repeat an address.
        string detail = OthersWords.Contains(about.Kind) ? "" : (about.Detail.Length > MostDetail ? about.Detail[..MostDetail] : about.Detail) + "\n\n";
        var said = await desks.Of(desk).Open(call, new NewTicket(Key(due), subject, $"{detail}{next}{page}", about.Number));
        if (said.Fault is not null) return said.Fault;
        await Settle(house, desk, due, "open", said.Value, null, 0, false, isUnasked: false);
        return null;
    }

    private async Task<AdapterFault?> Close(Actor house, Desk desk, DueTicket due, DeskCall call)
    {
        // What a person wrote about how it was mended stays here: it may name people.
        var said = await desks.Of(desk).Write(call, due.Ticket!, new DeskNote(Key(due) + "/mended", "The trouble is mended in Switchyard.", IsPublic: false, Closes: true));
        if (said.Fault is not null) return said.Fault;
        await Settle(house, desk, due, "closed", null, null, 0, false, isUnasked: false);
        return null;
    }

    private Task Failed(Actor house, Desk desk, DueTicket due, AdapterFault fault, bool hasWritten)
    {
        // What waits its turn, was not sent at all, or was not let in is no try in vain: neither an outage nor credentials that ran out park anything.
        bool isShut = fault.Kind is FaultKind.Unauthorized, counts = !isShut && fault.Kind is not (FaultKind.Throttled or FaultKind.NotSent);
        bool isOver = !fault.PassesBy || counts && due.Tries + 1 >= patience.MostTries;
        var wait = isShut ? patience.Waits[^1] : counts ? patience.Waits[Math.Min(due.Tries, patience.Waits.Count - 1)] : patience.Poll;
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        return Settle(house, desk, due, isOver ? "parked" : due.State, null, fault.Words.Length > 500 ? fault.Words[..500] : fault.Words,
            Now + (long)wait.TotalMilliseconds, counts, due.IsFirst && !hasWritten, fault.Kind);
    }

    private async Task Dropped(Guid id, long merchant)
    {
        var house = Actor.House("system:support", merchant);
        var told = await db.Write<Done>(house, async work =>
        {
            if (await Desk.Find(work, id) is { } desk) await Tell(work, house, desk, "dropped", null, isShut: false);
            return new Done();
        });
        if (told.Error is { } error) throw new InvalidOperationException(error.Detail);
    }

    private async Task Settle(Actor house, Desk desk, DueTicket due, string state, DeskTicket? ticket, string? said, long dueMs, bool counts, bool isUnasked, FaultKind? fault = null)
    {
        var done = await db.Write<int>(house, async work =>
        {
            // Whoever waits for its turn has not met the desk.
            if (fault is not FaultKind.Throttled && state != "dropped") await TicketRows.Met(work, due.Desk, state is "open" or "closed" ? null : said, Now);
            int settled = await TicketRows.Settle(work, due, state, ticket, said, dueMs, counts, isUnasked, Now);
            if (settled > 0) await Tell(work, house, desk, state, said, fault is FaultKind.Unauthorized);
            return settled;
        });
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }

    // One trouble for a desk, however many tickets it does not take; it is over when the last of them is.
    private async Task Tell(Work work, Actor house, Desk desk, string state, string? said, bool isShut)
    {
        var batch = work.Batch();
        string subject = desk.Id.ToString();
        if (state == "parked" || isShut) ExceptionsRoom.Raise(batch, [new Trouble(Refused, subject, $"{desk.Name} does not take a ticket: {said}")], clock.GetUtcNow());
        else if (state is "open" or "closed" or "dropped" && await TicketRows.Parked(work, desk.Id.Value) == 0)
            ExceptionsRoom.Mend(batch, [(Refused, subject)], house, "The desk takes its tickets again.", clock.GetUtcNow());
        else return;
        await batch.Run();
    }

    // The same at every desk of every house, so that two that share an account at the vendor do not take each other's.
    private static string Key(DueTicket due) => $"switchyard:{new DeskId(due.Desk)}:{due.Trouble}";
}
