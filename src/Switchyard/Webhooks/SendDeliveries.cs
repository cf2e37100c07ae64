using System.Collections.Concurrent;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>
/// Works off what is queued: takes lanes that are due, sends the first delivery of each, and writes what became of them, many in one
/// transaction. Several processes share the work by leases; one killed midway is followed by another that sends the same again.
/// </summary>
public sealed class SendDeliveries(Db db, WebhookMessages messages, OutwardHttp http, WebhookSettings settings, TimeProvider clock, ILogger<SendDeliveries> log) : BackgroundService
{
    private const int MostEndpointsAtOnce = 1_000;
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMilliseconds(50), LastChance = TimeSpan.FromSeconds(2);
    private readonly ConcurrentQueue<Outcome> _done = new();
    private readonly Dictionary<LaneClaim, Task> _sending = [];
    private readonly CancellationTokenSource _cut = new();
    private readonly SemaphoreSlim _ended = new(0);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = db.Pulse.Next;
            bool isFault = false;
            try { await Turn(); }
#pragma warning disable CA1031 // the process edge: the database may be away for a while
            catch (Exception e)
            {
                isFault = true;
                log.LogWarning(e, "Webhooks were not looked at; the next turn tries again");
            }
#pragma warning restore CA1031
            await Rest(isFault ? Task.Delay(settings.Poll, stoppingToken) : commit, stoppingToken);
        }
        await End();
    }

    public override void Dispose()
    {
        _cut.Dispose();
        _ended.Dispose();
        base.Dispose();
    }

    /// <summary>Writes what has ended, and starts what is due.</summary>
    internal async Task Turn()
    {
        while (_ended.Wait(0)) { /* told once for all that have ended */ }
        await KeepOutcomes();
        foreach (var (claim, task) in _sending.Where(s => s.Value.IsCompleted).ToList()) _sending.Remove(claim);
        if (settings.MostAtOnce - _sending.Count is not (> 0 and var free)) return;
        var due = await db.ReadAll(work => DeliveriesSql.Due(work, Now, MostEndpointsAtOnce));
        var wanted = Places(due, free);
        if (wanted.Count == 0) return;
        var failures = due.ToDictionary(d => d.Id, d => d.Failures);
        var deliveries = await db.WriteAll(async work =>
        {
            var claims = await DeliveriesSql.Claim(work, wanted, Now, (long)settings.Lease.TotalMilliseconds);
            return await DeliveriesSql.Heads(work, claims);
        });
        foreach (var (delivery, message) in await messages.For([.. deliveries.Select(d => d with { KnownFailures = failures[d.Claim.Webhook] })]))
            _sending[delivery.Claim] = Task.Run(() => Send(delivery, message));
    }

    // One place after the other for each receiver in turn, so that none waits behind another's backlog. One that seems down has a single place.
    private List<(WebhookId, int)> Places(List<(WebhookId Id, long Failures)> due, int free)
    {
        var taken = _sending.Keys.GroupBy(c => c.Webhook).ToDictionary(g => g.Key, g => g.Count());
        var room = due.Select(d => (d.Id, Most: (RetryPlan.IsFailing(d.Failures) ? 1 : settings.MostAtOncePerEndpoint) - taken.GetValueOrDefault(d.Id))).Where(r => r.Most > 0).ToList();
        var given = new Dictionary<WebhookId, int>();
        for (int round = 1; free > 0 && room.Any(r => r.Most >= round); round++)
            foreach (var (id, _) in room.Where(r => r.Most >= round).Take(free).ToList())
            {
                given[id] = round;
                free--;
            }
        return [.. given.Select(g => (g.Key, g.Value))];
    }

    private async Task Send(Delivery delivery, WebhookMessage message)
    {
        try
        {
            long at = Now;
            var answer = await http.Send(message.ToRequest(clock.GetUtcNow()), settings.Timeout, _cut.Token);
            _done.Enqueue(Judge(delivery, answer, at));
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested) { /* the server stops: the lane is given back and sent again */ }
#pragma warning disable CA1031 // a fault of ours must not leave the lane hanging
        catch (Exception e)
        {
            log.LogError(e, "A delivery to {Webhook} failed", delivery.Claim.Webhook);
            _done.Enqueue(Judge(delivery, new OutwardAnswer(null, "A fault of ours: " + e.Message, "", null, TimeSpan.Zero), Now));
        }
#pragma warning restore CA1031
        finally { _ended.Release(); }
    }

    private Outcome Judge(Delivery delivery, OutwardAnswer answer, long at)
    {
        long now = Now, first = delivery.FirstTriedAtMs ?? at;
        double jitter = unchecked((uint)HashCode.Combine(delivery.Claim.Webhook, delivery.Position, delivery.Attempts)) / (double)uint.MaxValue;
        string? error = answer.IsOk ? null : answer.Fault ?? Words(answer.Status!.Value);
        long? next = answer.IsOk ? null : RetryPlan.Next(settings.Waits, settings.Window, delivery.Tries + 1, first, now, answer.RetryAfter, jitter);
        long? rest = answer.Status is 429 or 503 && answer.RetryAfter is { } asked ? now + (long)Math.Min(asked.TotalMilliseconds, RetryPlan.LongestAsked.TotalMilliseconds) : null;
        bool isGone = answer.Status == 410;
        return new Outcome(delivery, at, answer.Status, error, answer.Body, (long)answer.Took.TotalMilliseconds, answer.IsOk, isGone ? next ?? now : next, rest,
            isGone ? "The receiver answered 410: it is gone." : null);
    }

    internal static string Words(int status) => status switch
    {
        >= 300 and < 400 => $"Answered {status}: redirects are not followed.",
        410 => "Answered 410: the receiver is gone.",
        _ => $"Answered {status}.",
    };

    private async Task KeepOutcomes()
    {
        var outcomes = new List<Outcome>();
        while (_done.TryDequeue(out var outcome)) outcomes.Add(outcome);
        if (outcomes.Count == 0) return;
        List<(WebhookId Id, long Merchant)> failing;
        try
        {
            failing = await db.WriteAll(async work =>
            {
                var held = await DeliveriesSql.Hold(work, [.. outcomes.Select(o => o.Of.Claim)]);
                var ours = outcomes.Where(o => held.Contains(o.Of.Claim)).ToList();
                await DeliveriesSql.Keep(work, ours, Now);
                return await EndpointHealth.Note(work, ours, Now, settings.DisableAfter);
            });
        }
        catch
        {
            foreach (var outcome in outcomes) _done.Enqueue(outcome);       // written in the next turn, unless the lease runs out before
            throw;
        }
        foreach (var outcome in outcomes.Where(o => o.Disables is not null).DistinctBy(o => o.Of.Claim.Webhook))
            await EnableWebhook.Disable(outcome.Of.Claim.Webhook, outcome.Of.Claim.Merchant, outcome.Disables!, db, clock);
        foreach (var (id, merchant) in failing)
            await EnableWebhook.Disable(id, merchant, $"Nothing got through for {settings.DisableAfter.TotalHours:0.#} hours.", db, clock);
    }

    /// <summary>Waits until a send has ended, something was committed, or it is time to look; never for less than a moment, however much is written.</summary>
    private async Task Rest(Task commit, CancellationToken stop)
    {
        try
        {
            await Task.Delay(BetweenTurns, stop);
            var ended = _ended.WaitAsync(settings.Poll, stop);
            await Task.WhenAny(ended, commit);
            if (!ended.IsCompleted) _ended.Release();       // let the waiter go; the next turn takes whatever there is
            await ended;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    private async Task End()
    {
        await Task.WhenAny(Task.WhenAll(_sending.Values), Task.Delay(LastChance));
        await _cut.CancelAsync();
        await Task.WhenAll(_sending.Values);
        try
        {
            await KeepOutcomes();
            await db.WriteAll(async work => { await DeliveriesSql.Release(work, [.. _sending.Keys]); return 0; });
        }
#pragma warning disable CA1031 // the leases run out by themselves
        catch (Exception e) { log.LogInformation(e, "Webhooks in flight could not be given back; they are sent again"); }
#pragma warning restore CA1031
    }
}
