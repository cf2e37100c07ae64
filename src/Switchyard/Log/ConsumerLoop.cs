using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>
/// One consumer in one process: waits for entries, takes the lease, handles them in slices, and gives the lease back when it
/// has caught up. What fails is set aside with all that follows of its aggregate, and tried again; the rest goes on.
/// </summary>
internal sealed class ConsumerLoop(EventConsumer consumer, Db db, CommitHorizon horizon, ConsumerPace pace, TimeProvider clock, ILogger log)
{
    private const int MostErrorLength = 2000;
    private readonly string[] _kinds = [.. consumer.Kinds ?? []];
    private ConsumerLease? _lease;
    private long _position;
    private bool _isSure;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
    private long LeaseMs => (long)pace.Lease.TotalMilliseconds;

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try { await Turn(stop); }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { break; }
            catch (LeaseLostException) { (_lease, _isSure) = (null, false); }
            catch (AwayException e)
            {
                log.LogWarning("Consumer {Consumer} waits at {Position}: {Why}", consumer.Name, _position, e.Message);
                _isSure = false;
                await Task.Delay(pace.Poll, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
#pragma warning disable CA1031 // the process edge: a consumer outlives whatever its database or its handler does
            catch (Exception e)
            {
                // The lease is kept: it still fences others out. Whether the last commit came through is read, not guessed.
                log.LogError(e, "Consumer {Consumer} stopped at {Position} and tries again", consumer.Name, _position);
                _isSure = false;
                await Task.Delay(pace.Poll, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        try { await GiveBack(); }
        catch (Exception e) { log.LogInformation(e, "Consumer {Consumer} could not give its lease back; it runs out by itself", consumer.Name); }
#pragma warning restore CA1031
    }

    /// <summary>Waits until there is something to do, and does all there is, unless another process does it.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        if (!_isSure) _position = await ReadPosition();
        _isSure = true;
        long reach = await horizon.WaitBeyond(_position, pace.Poll, stop);
        if (reach <= _position && !await HasDue()) { await GiveBack(); return; }
        if (_lease is null)
        {
            _lease = await Claim();
            if (_lease is not { } taken) { _isSure = false; await Task.Delay(pace.Poll / 2, stop); return; }
            _position = taken.Position;
        }
        bool more = true;
        while (more && !stop.IsCancellationRequested)
        {
            bool retried = await RetryDue(_lease, stop);
            more = await Step(_lease, stop) || retried;
        }
        await Task.Delay(pace.BetweenBatches, stop);
    }

    internal Task<ConsumerLease?> Claim() => db.WriteAll(async work =>
    {
        await ConsumersSql.Register(work, consumer.Name, Now);
        return await ConsumersSql.Claim(work, consumer.Name, Now, LeaseMs);
    });

    private async Task GiveBack()
    {
        if (_lease is not { } lease) return;
        _lease = null;
        await db.WriteAll(async work => { await ConsumersSql.Release(work, lease); return 0; });
    }

    private Task<long> ReadPosition() =>
        db.ReadAll(work => work.Scalar("select position from consumers where name = @name", ("name", consumer.Name)));

    /// <summary>Handles the next slice; false when it was the last for now.</summary>
    internal async Task<bool> Step(ConsumerLease lease, CancellationToken stop)
    {
        long reach = await horizon.Read(), upTo = FeedQuery.UpTo(_position, reach);
        if (upTo <= _position) return false;
        var events = await db.ReadAll(work => EventsSql.OfHouse(work, _position, upTo, pace.BatchSize, _kinds));
        bool isFull = events.Count == pace.BatchSize;
        if (isFull) upTo = events[^1].Position;
        try { await Apply(lease, events, upTo, stop); }
        catch (Exception e) when (events.Count > 0 && IsFault(e, stop))
        {
            // One of them is at fault: each alone, so that only that one and its followers are set aside.
            foreach (var entry in events) await ApplyOrPark(lease, entry, stop);
            await Apply(lease, [], upTo, stop);
        }
        return isFull || upTo < reach;
    }

    private async Task Apply(ConsumerLease lease, IReadOnlyList<LoggedEvent> events, long upTo, CancellationToken stop)
    {
        // Only the holder of the lease parks, so what is free now stays free until the transaction below.
        var blocked = events.Count == 0 ? [] : await db.ReadAll(work => ConsumersSql.Blocked(work, consumer.Name, events));
        var free = blocked.Count == 0 ? events : [.. events.Where(e => !blocked.Contains(e.Aggregate))];
        await Deliver(lease, free, stop);
        await db.WriteAll(async work =>
        {
            await ConsumersSql.Hold(work, lease);
            if (free.Count < events.Count)
                await ConsumersSql.Park(work, consumer.Name, [.. events.Where(e => blocked.Contains(e.Aggregate))], "Waits behind an earlier entry.", 0, null, Now);
            if (free.Count > 0) await consumer.Handle(work, free);
            await ConsumersSql.Move(work, lease, upTo, Now, LeaseMs);
            return 0;
        });
        _position = upTo;
    }

    private async Task ApplyOrPark(ConsumerLease lease, LoggedEvent entry, CancellationToken stop)
    {
        try { await Apply(lease, [entry], entry.Position, stop); }
        catch (Exception e) when (IsFault(e, stop))
        {
            log.LogWarning(e, "Consumer {Consumer} failed at entry {Position}", consumer.Name, entry.Position);
            await db.WriteAll(async work =>
            {
                await ConsumersSql.Hold(work, lease);
                await ConsumersSql.Park(work, consumer.Name, [entry], Shown(e), 1, NextTry(1), Now);
                await ConsumersSql.Move(work, lease, entry.Position, Now, LeaseMs);
                return 0;
            });
            _position = entry.Position;
        }
    }

    private Task<bool> HasDue() => db.ReadAll(async work => (await ConsumersSql.Due(work, consumer.Name, Now, 1)).Count > 0);

    /// <summary>Tries the parked entries whose time has come, each with those that wait behind it.</summary>
    private async Task<bool> RetryDue(ConsumerLease lease, CancellationToken stop)
    {
        var due = await db.ReadAll(work => ConsumersSql.Due(work, consumer.Name, Now, pace.BatchSize));
        foreach (var (position, attempts) in due)
        {
            var entries = await db.ReadAll(work => ConsumersSql.Chain(work, consumer.Name, position, pace.BatchSize));
            if (stop.IsCancellationRequested) return false;
            if (entries.FirstOrDefault()?.Position != position) { await Failed(lease, position, "The entry is no longer on the log.", null); continue; }
            var fault = await Retry(lease, entries, stop);
            if (fault is not null && entries.Count > 1) fault = await Retry(lease, entries[..1], stop);
            if (fault is not null) await Failed(lease, position, Shown(fault), attempts + 1);
        }
        return due.Count > 0;
    }

    private Task Failed(ConsumerLease lease, long position, string error, int? attempts) => db.WriteAll(async work =>
    {
        await ConsumersSql.Hold(work, lease);
        await ConsumersSql.Failed(work, consumer.Name, position, error, attempts ?? pace.Backoff.Count + 1, attempts is { } n ? NextTry(n) : null);
        return 0;
    });

    private async Task<Exception?> Retry(ConsumerLease lease, List<LoggedEvent> entries, CancellationToken stop)
    {
        try
        {
            await Deliver(lease, entries, stop);
            await db.WriteAll(async work =>
            {
                await ConsumersSql.Hold(work, lease);
                if (await ConsumersSql.Unpark(work, consumer.Name, entries) < entries.Count) throw new ChainChangedException();
                await consumer.Handle(work, entries);
                await ConsumersSql.Move(work, lease, _position, Now, LeaseMs);
                return 0;
            });
            return null;
        }
        catch (ChainChangedException) { return null; }
        catch (Exception e) when (IsFault(e, stop)) { return e; }
    }

    /// <summary>Reaches outside. A delivery may take longer than a lease lasts, so the lease is renewed meanwhile.</summary>
    private async Task Deliver(ConsumerLease lease, IReadOnlyList<LoggedEvent> events, CancellationToken stop)
    {
        if (consumer.Deliver is not { } deliver || events.Count == 0) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(pace.LongestDelivery);
        var delivery = deliver(events, patience.Token);
        try
        {
            while (await Task.WhenAny(delivery, Task.Delay(pace.Lease / 3, CancellationToken.None)) != delivery)
                await db.WriteAll(work => ConsumersSql.Renew(work, lease, Now, LeaseMs));
        }
        catch
        {
            await patience.CancelAsync();
            await delivery.ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
        await delivery;
    }

    // A database that is busy or gone is nobody's fault: the turn ends and is taken again.
    private static bool IsFault(Exception e, CancellationToken stop) =>
        e is not LeaseLostException and not WriterFullException and not AwayException && !stop.IsCancellationRequested
        && !Dialect.IsRetryable(e) && !Dialect.IsLockTimeout(e) && !Dialect.IsUnavailable(e);

    private long? NextTry(int attempts) => attempts > pace.Backoff.Count ? null : Now + (long)pace.Backoff[attempts - 1].TotalMilliseconds;

    private static string Shown(Exception e)
    {
        string text = $"{e.GetType().Name}: {e.Message}".Replace("\0", "", StringComparison.Ordinal);
        return text.Length <= MostErrorLength ? text : text[..MostErrorLength];
    }

    /// <summary>Somebody discarded one of the entries meanwhile; the next round sees what is left.</summary>
    private sealed class ChainChangedException() : Exception("A parked entry was discarded meanwhile.");
}
