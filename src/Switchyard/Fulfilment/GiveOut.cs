using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>Makes releases of claims on which nobody works, and takes each as far as it may go by itself: scheduled, offered, accepted.</summary>
internal static class GiveOut
{
    /// <summary>Idle units of one line's claim at a node.</summary>
    public sealed record Part(OpenLine Line, long Node, long Units);

    /// <summary>What of an order may be released: idle claims of lines that no hold stops and whose date has come.</summary>
    public static List<Part> Free(OpenOrder order) =>
        [.. order.Lines.Where(l => l.HoldsStock && !order.IsHeld(l) && !order.IsTooEarly(l)).SelectMany(l => l.Claims.Where(c => c.Value.Idle > 0).Select(c => new Part(l, c.Key, c.Value.Idle)))];

    /// <summary>One release a node and way to the customer, with everything of it that is given.</summary>
    public static async Task<IReadOnlyList<OpenRelease>> Make(OpenWork open, OpenOrder order, IReadOnlyList<Part> parts, DateTimeOffset? fulfilAt = null, OpenRelease? from = null,
        bool isHeld = false, bool isMoved = false)
    {
        await open.LoadNodes(parts.Select(p => p.Node));
        await open.LoadClasses();
        if (!isMoved) parts = await HoldForCustoms.Clear(open, order, parts);
        var made = new List<OpenRelease>();
        foreach (var part in parts.GroupBy(p => (p.Node, Way: order.WayOf(p.Line))).OrderBy(g => g.Key.Node).ThenBy(g => g.Min(p => p.Line.LineNo)))
        {
            var release = open.New(order, open.Node(part.Key.Node), part.Key.Way.Method, fulfilAt, from);
            foreach (var (line, _, units) in part) open.Begin(release, line, units);
            open.Tell(release, "FulfilmentReleased", null, new { fulfilAt, lines = part.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
            made.Add(release);
        }
        if (!isHeld) await Advance(open, made);
        return made;
    }

    /// <summary>Schedules, or offers, what is planned; at a node that accepts by default it is accepted at once. Held ones and those beyond a node's day stay planned.</summary>
    public static async Task Advance(OpenWork open, IReadOnlyList<OpenRelease> releases)
    {
        var room = await Room(open, releases);
        foreach (var release in releases.Where(r => r.State is FulfilmentOrderState.Planned or FulfilmentOrderState.Scheduled))
        {
            if (release.FulfilAtMs > open.NowMs)
            {
                if (release.State == FulfilmentOrderState.Planned) release.MoveTo(FulfilmentOrderState.Scheduled);
                continue;
            }
            if (IsStopped(open.OrderOf(release), release) || room[release.Node.Id] <= 0) continue;
            room[release.Node.Id]--;
            Offer(open, release);
        }
    }

    /// <summary>Does a hold on the whole order or on this release stop it?</summary>
    public static bool IsStopped(OpenOrder order, OpenRelease release) =>
        order.Holds.Any(h => h.FulfilmentId == release.Id.Value || h is { FulfilmentId: null, LineNo: null });

    public static void Offer(OpenWork open, OpenRelease release)
    {
        release.MoveTo(FulfilmentOrderState.Offered);
        release.OfferedAtMs = open.NowMs;
        if (release.Node.AcceptsByDefault) { Accept(open, release, "The node accepts by default."); return; }
        release.AnswerByMs = open.NowMs + release.Node.AcceptMinutes * 60_000;
        open.Tell(release, "FulfilmentOffered", null, new { answerBy = DateTimeOffset.FromUnixTimeMilliseconds(release.AnswerByMs.Value) });
    }

    public static void Accept(OpenWork open, OpenRelease release, string? reason = null)
    {
        release.MoveTo(FulfilmentOrderState.Accepted);
        release.AnswerByMs = null;
        open.Tell(release, "FulfilmentAccepted", reason);
    }

    /// <summary>How many more releases each node takes today, its own day.</summary>
    private static async Task<Dictionary<long, long>> Room(OpenWork open, IReadOnlyList<OpenRelease> releases)
    {
        var nodes = releases.Select(r => r.Node).DistinctBy(n => n.Id).ToList();
        var room = nodes.ToDictionary(n => n.Id, n => n.DailyCapacity ?? long.MaxValue);
        var bound = nodes.Where(n => n.DailyCapacity is not null).ToList();
        if (bound.Count == 0) return room;
        foreach (var (node, offered) in await open.Work.Query(
            """
            select r.id, count(*) from @rows r join fulfilment_orders f on f.node_id = r.id and f.offered_at_ms >= r.start_ms
             where f.merchant_id = @merchant group by r.id
            """, Database.Rows.Of(bound).Long("id", n => n.Id).Long("start_ms", n => StartOfDay(n.TimeZone, open.Now)), row => (row.Long(), row.Long())))
            room[node] -= offered;
        return room;
    }

    /// <summary>When the day it is now at a node began there.</summary>
    internal static long StartOfDay(string zone, DateTimeOffset now)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return there.InstantOf(TimeZoneInfo.ConvertTime(now, there).Date).ToUnixTimeMilliseconds();
    }
}
