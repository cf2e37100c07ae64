using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>
/// Tells channels what they may sell. Listings that something changed of are taken for a lease, as many as the channel takes at once; what may be promised is read for all of them in one look, and what the
/// channel shows is read before it is told: a sale of which no order has come is never written over. Where the channel compares, it refuses what it does not expect, and is looked at again; where it takes
/// a difference instead of a quantity, a sale in between stays in it and is seen in its answer; where it can do neither, it is not believed until its orders were asked for.
/// </summary>
internal sealed class KeepStockPushed(Db db, ConnectorDesk desk, StockAsk ask, MarkListings marks, ConnectorPatience patience, TimeProvider clock, ILogger<KeepStockPushed> log) : BackgroundService
{
    private const int MostLooks = 3, FaultsUntilTold = 5;
    public const string Trouble = "stock_not_told";
    private readonly OnePerConnection _pushed = new(log, "Stock could not be told to a channel");

    private sealed record Wish(DirtyListing Listing, StockPlan Plan, long Shows, string? Version, long Taken, long Beyond, bool IsFresh);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var marked = marks.Marked.Next;
            try
            {
                foreach (var (id, merchant) in await db.ReadAll(work => StockRows.Due(work, Now))) _pushed.Start(id, () => All(id, merchant, stoppingToken), stoppingToken);
            }
#pragma warning disable CA1031 // the process edge: the database may be away for a while
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Stock of channels was not looked at; the next turn tries again"); }
#pragma warning restore CA1031
            try
            {
                await Task.Delay(patience.BetweenPushes, stoppingToken);
                await Task.WhenAny([marked, Task.Delay(patience.Poll, stoppingToken), .. _pushed.Running]);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        }
        await _pushed.Idle();
    }

    private async Task All(Guid id, long merchant, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await Turn(id, merchant, stop) > 0) await Task.Delay(patience.BetweenPushes, stop);
    }

    /// <summary>Looks at the next few listings of a connection; says how many of them.</summary>
    internal async Task<int> Turn(Guid id, long merchant, CancellationToken stop)
    {
        var house = HouseWork.Of(merchant);
        if (await db.Read(house, work => Connection.Find(work, id)) is not { State: "live", WatermarkMs: not null } connection) return 0;
        var channel = desk.Of(connection);
        var claimed = await db.Do(house, work => StockRows.Claim(work, id, channel.MostWishes, Now, Now + (long)patience.Lease.TotalMilliseconds));
        if (claimed.Count == 0) return 0;
        IReadOnlyList<DirtyListing> left = claimed;
        for (int look = 1; left.Count > 0; look++)
        {
            left = await Look(house, connection, channel, left, stop);
            if (look < MostLooks || left.Count == 0) continue;
            await db.Do(house, work => StockRows.Later(work, id, left, "The channel sells faster than it can be told.", Now + (long)patience.Poll.TotalMilliseconds, counts: false, restores: true));
            break;
        }
        return claimed.Count;
    }

    /// <returns>Those that the channel showed something else of meanwhile.</returns>
    private async Task<IReadOnlyList<DirtyListing>> Look(Actor house, Connection connection, ISalesChannel channel, IReadOnlyList<DirtyListing> listings, CancellationToken stop)
    {
        long since = Now;
        // First what is known of its orders, then the books: these have all that is known.
        var known = listings.Any(l => l.IsUnproved || l.DoubtedAtMs is not null) ? await db.Read(house, work => StockRows.Known(work, connection.Id.Value)) : default;
        var ceilings = await Ceilings(house, connection, listings, known.KnownAtMs);
        var moment = await ask.Read(connection, listings);
        var facts = listings.ToDictionary(l => l.Id, l => new StockFacts(moment.Free[l.Product], l.Rule, l.Expects - moment.Taken.GetValueOrDefault(l.Id), null));
        var asIs = listings.Where(l => facts[l.Id].IsAsExpected && l is { IsCompared: false, IsUnproved: false, Doubt: 0 }).ToList();
        var results = asIs.ConvertAll(l => new StockResult(l, "same", null, facts[l.Id].Expects + moment.Beyond.GetValueOrDefault(l.Id), moment.Position, 0, false));
        var doubtful = listings.Except(asIs).ToList();
        if (doubtful.Count == 0) { await Settle(house, connection, results, since); return []; }

        var call = desk.Call(connection, stop);
        var said = await channel.Stock(call, [.. doubtful.Select(l => l.Key)]);
        if (said.Fault is { } unseen) { await Settle(house, connection, results, since); await Failed(house, connection, doubtful, unseen); return []; }
        var shown = said.Value.GroupBy(s => s.Listing).ToDictionary(g => g.Key, g => g.Last());
        // What was sold since the look is not written over where the channel compares, or is told a difference.
        bool isSafe = channel.Manifest.Can.Contains("compareStock") || channel.Manifest.Can.Contains("adjustStock");
        var wishes = new List<Wish>();
        foreach (var listing in doubtful)
        {
            if (!shown.TryGetValue(listing.Id, out var stock)) { results.Add(new StockResult(listing, "gone", null, null, listing.CountedFrom, 0, false, "The channel has no such listing any more.")); continue; }
            var plan = StockPlan.Of(facts[listing.Id] with { Shows = stock.Quantity, Ceiling = ceilings.TryGetValue(listing.Id, out long ceiling) ? ceiling : null, Doubt = listing.Doubt });
            long beyond = moment.Beyond.GetValueOrDefault(listing.Id);
            bool isFresh = ceilings.ContainsKey(listing.Id) || moment.Taken.GetValueOrDefault(listing.Id) > 0;
            // Of what it sold before it was told for the first time nothing shows until its orders come.
            if (plan.Quantity == stock.Quantity) results.Add(new StockResult(listing, "same", stock.Quantity, plan.Expects + beyond, moment.Position, plan.Unseen, listing.Expects is null || !IsProved(listing), null, Again(plan), isFresh));
            else wishes.Add(new Wish(listing, plan, stock.Quantity, stock.Version, moment.Taken.GetValueOrDefault(listing.Id), beyond, isFresh));
        }
        if (wishes.Count == 0) { await Settle(house, connection, results, since); return []; }

        await db.Do(house, work => StockRows.Intend(work, connection.Id.Value, [.. wishes.Select(w => (w.Listing.Id, w.Plan.Expects + w.Taken))], moment.Position));
        var pushed = await channel.Push(call, [.. wishes.Select(w => new StockWish(w.Listing.Key, w.Plan.Quantity, w.Shows, w.Version, $"{connection.Id}/{w.Listing.Dirt}"))]);
        if (pushed.Fault is { } fault) { await Settle(house, connection, results, since); await Failed(house, connection, [.. wishes.Select(w => w.Listing)], fault); return []; }
        var outcomes = pushed.Value.GroupBy(o => o.Listing).ToDictionary(g => g.Key, g => g.Last());
        var clashes = new List<DirtyListing>();
        foreach (var wish in wishes)
        {
            var outcome = outcomes.GetValueOrDefault(wish.Listing.Id) ?? new StockOutcome(wish.Listing.Id, "refused", Words: "The channel said nothing of it.");
            switch (outcome.Kind)
            {
                // It shows something else than it was to: it sold meanwhile, and is looked at again at once; one that says the same odd figure again is not asked without end.
                case "done" when outcome.Shows is { } shown_ && shown_ != wish.Plan.Quantity:
                    long odd = wish.Listing.IsUnproved && wish.Listing.Shows == shown_ ? Now + (long)patience.Doubt.TotalMilliseconds : Now;
                    results.Add(new StockResult(wish.Listing, "told", shown_, wish.Plan.Expects + wish.Beyond, moment.Position, wish.Plan.Unseen, true, null, odd, wish.IsFresh));
                    break;
                case "done":
                    var later = Again(wish.Plan) ?? Later(wish.Listing);
                    results.Add(new StockResult(wish.Listing, "told", wish.Plan.Quantity, wish.Plan.Expects + wish.Beyond, moment.Position, wish.Plan.Unseen, IsUnproved(wish) || later is not null, null, later, wish.IsFresh));
                    break;
                case "clash": clashes.Add(wish.Listing); break;
                case "gone": results.Add(new StockResult(wish.Listing, "gone", null, wish.Listing.Expects, wish.Listing.CountedFrom, 0, false, Text.Cut(outcome.Words, 500))); break;
                default: results.Add(new StockResult(wish.Listing, "refused", wish.Shows, wish.Listing.Expects, wish.Listing.CountedFrom, wish.Plan.Unseen, wish.Listing.IsUnproved, Text.Cut(outcome.Words, 500), Now + Wait(wish.Listing.Tries))); break;
            }
        }
        await Settle(house, connection, results, since);
        return clashes;

        bool IsUnproved(Wish wish) => !isSafe || wish.Listing.Expects is null || !IsProved(wish.Listing);

        // All it sold before it was told is known by now: nothing was written over.
        bool IsProved(DirtyListing listing) => !listing.IsUnproved || known is { IsWaiting: false, KnownAtMs: { } at } && at > (listing.PushedAtMs ?? 0);
    }

    // Of an earlier try nobody knows whether it was done: should it be done yet, it is seen.
    private long? Later(DirtyListing listing) => listing.Tries > 0 ? Now + (long)patience.Lease.TotalMilliseconds : null;

    // What it seems to have sold is looked at again: its orders come, or nobody sold it.
    private long? Again(StockPlan plan) => plan.Unseen > 0 ? Now + (long)patience.Doubt.TotalMilliseconds : null;

    /// <summary>Of listings in doubt for long whose channel was asked for all its orders since: what may still be unknown of their sales is what waits to be taken in.</summary>
    private async Task<IReadOnlyDictionary<string, long>> Ceilings(Actor house, Connection connection, List<DirtyListing> listings, long? knownAtMs)
    {
        var old = listings.Where(l => l.DoubtedAtMs is { } since && Now - since >= (long)patience.Doubt.TotalMilliseconds && knownAtMs >= since + (long)patience.Doubt.TotalMilliseconds).ToList();
        if (old.Count == 0) return new Dictionary<string, long>();
        var lines = (await db.Read(house, work => StockRows.Untaken(work, connection.Id.Value))).SelectMany(t => ToldOrders.ReadOrNull(t)?.Lines ?? []).Where(l => l.IsOurs).ToList();
        return old.ToDictionary(l => l.Id, l => lines.Where(x => x.ListingId == l.Id || x.ListingId is null && x.Sku == l.Sku).Sum(x => x.Quantity - x.Cancelled));
    }

    private async Task Settle(Actor house, Connection connection, List<StockResult> results, long since)
    {
        if (results.Count == 0) return;
        var now = clock.GetUtcNow();
        long nowMs = now.ToUnixTimeMilliseconds();
        var told = results.Where(r => r.Kind == "told").ToList();
        await db.Do(house, async work =>
        {
            await StockRows.Settle(work, connection.Id.Value, results, nowMs, since);
            await StockLags.Note(work, connection.Id.Value, [.. told.Where(r => r.Listing.TimedSinceMs is not null).Select(r => Math.Max(0, nowMs - r.Listing.TimedSinceMs!.Value))], now);
            await MessageTally.Add(work, connection.Id.Value, [("stockCorrected", told.Count(r => r.Listing is { IsCompared: true, Expects: not null })), ("stockTold", told.Count)], now);
            if (results.Exists(r => r.Unseen > 0)) await StockRows.AskBy(work, connection.Id.Value, nowMs);
            else if (told.Exists(r => r.IsUnproved)) await StockRows.AskBy(work, connection.Id.Value, nowMs + (long)patience.AskAfterPush.TotalMilliseconds);
            await Tell(work, house, connection, results, now);
            return 0;
        });
    }

    private static async Task Tell(Work work, Actor house, Connection connection, List<StockResult> results, DateTimeOffset now)
    {
        var refused = results.Where(r => r.Kind == "refused" && r.Listing.Tries + 1 == FaultsUntilTold).ToList();
        var mended = results.Where(r => r.Kind is "told" or "same" or "gone" && r.Listing.Tries >= FaultsUntilTold).ToList();
        if (refused.Count + mended.Count == 0) return;
        var batch = work.Batch();
        if (refused.Count > 0)
            ExceptionsRoom.Raise(batch, [.. refused.Select(r => new Trouble(Trouble, $"{connection.Id}/{r.Listing.Id}", $"{connection.Channel} does not take the stock of {r.Listing.Sku ?? r.Listing.Id}: {r.Said}", Sku: r.Listing.Product))], now);
        if (mended.Count > 0)
            ExceptionsRoom.Mend(batch, [.. mended.Select(r => (Trouble, $"{connection.Id}/{r.Listing.Id}")).Append((Trouble, connection.Id.ToString()))], house, "The channel takes it again.", now);
        await batch.Run();
    }

    private Task Failed(Actor house, Connection connection, IReadOnlyList<DirtyListing> listings, AdapterFault fault) => db.Do(house, async work =>
    {
        // What waits its turn, or was not sent at all, is no try in vain.
        bool counts = fault.Kind is not (FaultKind.Throttled or FaultKind.NotSent);
        long tries = listings.Min(l => l.Tries), wait = Math.Max(counts ? Wait(tries) : (long)patience.Poll.TotalMilliseconds, (long)(fault.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds);
        await StockRows.Later(work, connection.Id.Value, listings, Text.Cut(fault.Words, 500) ?? "", Now + wait, counts, restores: !fault.IsOpen);
        if (counts && tries + 1 == FaultsUntilTold)
        {
            var batch = work.Batch();
            ExceptionsRoom.Raise(batch, [new Trouble(Trouble, connection.Id.ToString(), $"{connection.Channel} cannot be told its stock: {Text.Cut(fault.Words, 500)}")], clock.GetUtcNow());
            await batch.Run();
        }
        return 0;
    });

    private long Wait(long tries) => (long)patience.Waits[(int)Math.Min(tries, patience.Waits.Count - 1)].TotalMilliseconds;
}
