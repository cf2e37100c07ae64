using System.Text;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>How many live streams a process carries, and how long it bears with each.</summary>
public sealed class EventStreams
{
    private int _open;

    public int Most { get; set; } = 100;
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A reader that takes nothing for so long is let go; it can resume where it stood.</summary>
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After this the reader has to come back with its key, which may have been revoked meanwhile.</summary>
    public TimeSpan LastsAtMost { get; set; } = TimeSpan.FromMinutes(5);

    public int Open => Volatile.Read(ref _open);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= Most) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);
}

/// <summary>
/// The log as server-sent events. Nothing is kept per reader but its position: what it has not taken is read again from
/// the database, so a slow reader costs no memory.
/// </summary>
public static class FollowEvents
{
    private const int Slice = 100;

    // At most five looks a second for each reader, however much is written.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public static readonly Error TooMany = Error.Busy("events.too_many_streams", "This server carries as many live streams as it can. Try again, or read GET /api/v1/events.", 5);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/events/stream", async (HttpContext http, string? after, string? kind, Db db, CommitHorizon horizon,
                EventStreams streams, Actor actor, IHostApplicationLifetime life) =>
            {
                string? resumed = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } id ? id : after;
                var query = FeedQuery.Parse(resumed, null, kind);
                if (query.Error is { } error) { await Problems.Write(http, error); return; }
                if (!streams.TryEnter()) { await Problems.Write(http, TooMany); return; }
                try { await Follow(http, query.Value, db, horizon, streams, actor, life.ApplicationStopping); }
                finally { streams.Leave(); }
            })
            .Requires(Permission.EventsRead).WithMetadata(new TellsPrices(), new KeepsOwnQueue()).WithName("events.stream").WithSummary("Follow the log live").WithTags("Log")
            .Produces<string>(200, "text/event-stream").ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);

    private static async Task Follow(HttpContext http, FeedQuery query, Db db, CommitHorizon horizon, EventStreams streams, Actor actor, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        end.CancelAfter(streams.LastsAtMost);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";          // nginx must pass each entry on at once
        try
        {
            long after = query.After ?? await horizon.Read();
            // With its place: who is cut off before the first entry resumes here rather than at a later "now".
            await Send(http, $"retry: 2000\nid: {Text.Invariant(after)}\n\n", streams, end.Token);
            while (!end.IsCancellationRequested)
            {
                long reach = await horizon.WaitBeyond(after, streams.Heartbeat, end.Token);
                long upTo = FeedQuery.UpTo(after, reach);
                if (upTo <= after) { await Send(http, ": still here\n\n", streams, end.Token); continue; }
                var found = await db.Read(actor, work => EventsSql.OfMerchant(work, after, upTo, Slice, query.Kinds));
                foreach (var entry in await db.Read(actor, work => SeenEvents.Of(work, actor, found))) await Send(http, Block(entry), streams, end.Token);
                after = found.Count == Slice ? found[^1].Position : upTo;
                if (after >= reach) await Task.Delay(BetweenLooks, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested) { /* the reader left, the server stops, or its time is over */ }
        catch (TimeoutException) { http.Abort(); }
    }

    private static string Block(LoggedEvent entry) =>
        $"id: {Text.Invariant(entry.Position)}\nevent: {entry.Kind}\ndata: {JsonSerializer.Serialize(EventView.Of(entry), Json.Options)}\n\n";

    private static async Task Send(HttpContext http, string text, EventStreams streams, CancellationToken end)
    {
        // Writes and flushes; it waits when the reader's buffers are full.
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text), end).AsTask().WaitAsync(streams.SlowAfter, end);
    }
}
