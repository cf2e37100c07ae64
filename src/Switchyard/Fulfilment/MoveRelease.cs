using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>Gives a release that has not begun to another node, splits it, merges two, or sets when it begins.</summary>
public static class MoveRelease
{
    /// <param name="Node">Where it goes; the claim on the goods goes with it.</param>
    public sealed record MoveRequest(string? Node, string? Reason);

    /// <param name="Lines">Units that become a release of their own.</param>
    public sealed record SplitRequest(IReadOnlyList<PartBody?>? Lines);

    /// <param name="With">The release whose units are taken over.</param>
    public sealed record MergeRequest(string? With);

    public sealed record ScheduleRequest(DateTimeOffset? FulfilAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/move", async (string id, MoveRequest? body, ChangeRelease change, Replan replan, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.Text(body?.Node, "/node", 64, required: true);
                checks.Text(body?.Reason, "/reason", 500);
                var settings = await replan.Settings(actor);
                return await change.Http(id, actor, http, desk => Move(desk, body!, settings), checks);
            })
            .IsChange(Permission.FulfilmentManage, "move", "Move a release to another node");
        routes.MapPost("/fulfilments/{id}/split", (string id, SplitRequest? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.That(body?.Lines is not null, "/lines", "field.required", "lines is required.");
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                return change.Http(id, actor, http, desk => Split(desk, body!.Lines!), checks);
            })
            .IsChange(Permission.FulfilmentManage, "split", "Make two releases of one");
        routes.MapPost("/fulfilments/{id}/merge", (string id, MergeRequest? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.That(FulfilmentId.TryParse(body?.With, null, out _), "/with", "field.malformed", "with must be a release's id.");
                return change.Http(id, actor, http, desk => Merge(desk, FulfilmentId.Parse(body!.With!, null)), checks);
            })
            .IsChange(Permission.FulfilmentManage, "merge", "Make one release of two");
        routes.MapPost("/fulfilments/{id}/schedule", (string id, ScheduleRequest? body, ChangeRelease change, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.That(body?.FulfilAt is not null, "/fulfilAt", "field.required", "fulfilAt is required.");
                return change.Http(id, actor, http, desk => Schedule(desk, body!.FulfilAt!.Value), checks);
            })
            .IsChange(Permission.FulfilmentManage, "schedule", "Set when work on a release begins");
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.work_has_begun, fulfilment.no_such_node, fulfilment.same_node, fulfilment.collected_here, fulfilment.short_there.</remarks>
    private static async Task<Error?> Move(ChangeRelease.Desk desk, MoveRequest body, MerchantSettings settings)
    {
        var (open, release, order) = (desk.Work, desk.Release, desk.Order);
        if (CannotRearrange(release) is { } refused) return refused;
        var to = (await open.Work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and upper(n.code) = @code and n.is_active",
            row => row.Long(), ("code", Text.Key(body.Node!)))).Cast<long?>().FirstOrDefault();
        if (to is null || !open.Actor.MaySeeNode(to.Value)) return FulfilmentErrors.NoSuchNode("/node");
        if (to == release.Node.Id) return FulfilmentErrors.SameNode;
        if (release.Lines.Any(l => order.WayOf(order.Line(l.LineNo)!).CollectNode is { } store && store != to)) return FulfilmentErrors.CollectedHere(release.Node.Code);

        var parts = release.Lines.Where(l => l[ReleaseUnits.Open] > 0).Select(l => (Line: l, Units: l[ReleaseUnits.Open])).ToList();
        var sheet = await open.LockStock(parts.Select(p => p.Line.SkuId));
        if (parts.GroupBy(p => p.Line.SkuId).Any(g => (sheet.Find(g.Key, to.Value)?.Balance.Available ?? 0) < g.Sum(p => p.Units))) return FulfilmentErrors.ShortThere;
        string reason = body.Reason ?? "Moved to another node.";
        foreach (var (line, units) in parts)
        {
            open.GiveUp(release, line, ReleaseUnits.Cancelled, units, reason);
            order.Claim(order.Line(line.LineNo)!, LineBucket.Unallocated, to.Value, units, sheet, reason);
        }
        Replan.DateMoved(order, settings, [.. parts.Select(p => (p.Line.LineNo, to.Value))], reason);
        release.MoveTo(FulfilmentOrderState.Cancelled);
        (release.Reason, release.AnswerByMs) = ("moved", null);
        open.Tell(release, "FulfilmentMoved", reason, new { to = body.Node });
        var made = await Follow(open, order, release, [.. parts.Select(p => new GiveOut.Part(order.Line(p.Line.LineNo)!, to.Value, p.Units))]);
        CarryHolds(open, order, release, made, isMove: true);
        return null;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.work_has_begun, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    private static async Task<Error?> Split(ChangeRelease.Desk desk, IReadOnlyList<PartBody?> lines)
    {
        var (open, release, order) = (desk.Work, desk.Release, desk.Order);
        if (CannotRearrange(release) is { } refused) return refused;
        var parts = ReleaseParts.Of(release, lines, ReleaseUnits.Open, "/lines");
        if (parts.Error is { } error) return error;
        if (parts.Value.Sum(p => p.Units) == release.Sum(ReleaseUnits.Open))
            return FulfilmentErrors.NotThatMany("/lines", "open; something must stay", release.Sum(ReleaseUnits.Open));
        foreach (var (line, units) in parts.Value) open.Recall(release, line, ReleaseUnits.Open, ReleaseUnits.Cancelled, units);
        open.Tell(release, "FulfilmentSplit", null, new { lines = parts.Value.Select(p => new { line = p.Line.LineNo, quantity = p.Units }) });
        var made = await Follow(open, order, release, [.. parts.Value.Select(p => new GiveOut.Part(order.Line(p.Line.LineNo)!, release.Node.Id, p.Units))]);
        CarryHolds(open, order, release, made, isMove: false);
        return null;
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.work_has_begun, fulfilment.not_alike.</remarks>
    private static Error? Merge(ChangeRelease.Desk desk, FulfilmentId with)
    {
        var (open, release, order) = (desk.Work, desk.Release, desk.Order);
        var other = open.Of(order).FirstOrDefault(r => r.Id == with);
        if (CannotRearrange(release) is { } refused) return refused;
        if (other is null || other == release || CannotRearrange(other) is not null || other.Node.Id != release.Node.Id || other.Method != release.Method)
            return FulfilmentErrors.NotAlike;
        foreach (var line in other.Lines.Where(l => l[ReleaseUnits.Open] > 0).ToList())
        {
            long units = line[ReleaseUnits.Open];
            open.Recall(other, line, ReleaseUnits.Open, ReleaseUnits.Cancelled, units);
            open.Begin(release, order.Line(line.LineNo)!, units);
        }
        other.MoveTo(FulfilmentOrderState.Cancelled);
        (other.Reason, other.AnswerByMs) = ("merged", null);
        open.Tell(release, "FulfilmentMerged", null, new { with = other.Id, number = other.Number });
        CarryHolds(open, order, other, release, isMove: true);
        return null;
    }

    /// <remarks>Errors: fulfilment.cannot_move.</remarks>
    private static async Task<Error?> Schedule(ChangeRelease.Desk desk, DateTimeOffset at)
    {
        var (open, release) = (desk.Work, desk.Release);
        if (release.State != FulfilmentOrderState.Scheduled && desk.Cannot(FulfilmentOrderState.Scheduled) is { } refused) return refused;
        release.FulfilAtMs = ReleaseOrder.Later(at, desk.Order.ReleaseAtMs)!.Value.ToUnixTimeMilliseconds();
        release.Touch();
        open.Tell(release, "FulfilmentScheduled", null, new { fulfilAt = DateTimeOffset.FromUnixTimeMilliseconds(release.FulfilAtMs.Value) });
        await GiveOut.Advance(open, [release]);
        return null;
    }

    private static Error? CannotRearrange(OpenRelease release) =>
        StopWork.HasBegun(release) && release.IsLive && release.State != FulfilmentOrderState.StopAsked ? FulfilmentErrors.WorkHasBegun
        : release.May(FulfilmentOrderState.Cancelled) && release.State != FulfilmentOrderState.StopAsked ? null
        : FulfilmentErrors.CannotMove(release.State, FulfilmentOrderState.Planned);

    private static async Task<OpenRelease> Follow(OpenWork open, OpenOrder order, OpenRelease from, IReadOnlyList<GiveOut.Part> parts)
    {
        var at = from.FulfilAtMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : (DateTimeOffset?)null;
        // A hold on the release stops its parts too, so they are held before they are offered.
        return open.Answer = (await GiveOut.Make(open, order, parts, at, from, isHeld: order.Holds.Any(h => h.FulfilmentId == from.Id.Value), isMoved: true))[0];
    }

    private static void CarryHolds(OpenWork open, OpenOrder order, OpenRelease from, OpenRelease to, bool isMove)
    {
        foreach (var hold in order.Holds.Where(h => h.FulfilmentId == from.Id.Value).ToList())
        {
            order.Hold(hold.Kind, hold.Reason, fulfilment: to.Id.Value, permission: hold.Permission);
            if (isMove) order.CloseHold(hold, "The hold went along with the goods.");
        }
        open.Touch(order);
    }
}
