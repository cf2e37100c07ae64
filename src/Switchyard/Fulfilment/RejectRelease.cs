using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>A node says no to a release: it is given to the next one, and where goods are missing or damaged the shelf is to be counted.</summary>
public static class RejectRelease
{
    /// <param name="Reason">missing, damaged, busy, closed or other.</param>
    /// <param name="Lines">With missing and damaged: which units; all, when left out.</param>
    public sealed record Request([Words("missing", "damaged", "busy", "closed", "other")] string? Reason, string? Note, IReadOnlyList<PartBody?>? Lines);

    internal static readonly string[] Reasons = ["missing", "damaged", "busy", "closed", "other"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/fulfilments/{id}/reject", async (string id, Request? body, ChangeRelease change, Replan replan, Actor actor, HttpContext http) =>
            {
                var checks = new Checks();
                checks.That(Reasons.Contains(body?.Reason), "/reason", "field.unknown_value", $"reason must be one of {string.Join(", ", Reasons)}.");
                checks.Text(body?.Note, "/note", 500);
                ReleaseParts.Check(checks, body?.Lines, "/lines");
                if (checks.AnyFault) return checks.ToError().ToHttp();
                var settings = await replan.Settings(actor);
                return await change.Http(id, actor, http, desk => Handle(desk, body!, settings), null, work => Rivals(work, actor, id, body!.Reason!));
            })
            .IsChange(Permission.FulfilmentWork, "reject", "Reject a release");

    internal static async Task<IReadOnlyCollection<OrderId>> Rivals(Work work, Actor actor, string id, string reason)
    {
        if (!IsAboutGoods(reason) || !FulfilmentId.TryParse(id, null, out var release) || await ChangeRelease.Find(work, actor, release) is null) return [];
        return await RouteAnew.Rivals(work, await work.Query("select sku_id, node_id from fulfilment_lines where fulfilment_id = @id and merchant_id = @merchant",
            row => (row.Long(), row.Long()), ("id", release.Value)));
    }

    /// <remarks>Errors: fulfilment.cannot_move, fulfilment.no_such_line, fulfilment.not_that_many.</remarks>
    internal static async Task<Error?> Handle(ChangeRelease.Desk desk, Request body, MerchantSettings settings)
    {
        var (open, release) = (desk.Work, desk.Release);
        if (desk.Cannot(FulfilmentOrderState.Rejected) is { } refused) return refused;
        var bad = IsAboutGoods(body.Reason!) ? ReleaseParts.Of(release, body.Lines, ReleaseUnits.Open, "/lines") : new List<(ReleaseLine, long)>();
        if (bad.Error is { } error) return error;
        string reason = $"{release.Node.Code} rejected {release.Number}: {body.Reason}{(body.Note is null ? "" : ", " + body.Note)}.";

        await open.LockStock(release.Lines.Select(l => l.SkuId));
        var anew = new RouteAnew(open, settings, reason);
        foreach (var (line, units) in bad.Value) anew.SetAside(release, line, Math.Min(units, anew.OnShelf(line.SkuId, release.Node.Id)));
        PassOver(open, anew, release, ReleaseUnits.Rejected, FulfilmentOrderState.Rejected, body.Reason!);
        open.Tell(release, "FulfilmentRejected", body.Note, new { reason = body.Reason });
        await anew.Run(desk.Order, Excluded(open, desk.Order));
        return null;
    }

    /// <summary>The node does not get this work: its units look for another.</summary>
    internal static void PassOver(OpenWork open, RouteAnew anew, OpenRelease release, ReleaseUnits to, FulfilmentOrderState state, string reason)
    {
        foreach (var line in release.Lines.Where(l => l[ReleaseUnits.Open] > 0).ToList()) anew.Lose(release, line, to, line[ReleaseUnits.Open]);
        release.MoveTo(state);
        (release.Reason, release.AnswerByMs) = (reason, null);
    }

    /// <summary>Nodes that have said no to this order, or nothing at all: they are not asked again for it.</summary>
    internal static HashSet<long> Excluded(OpenWork open, OpenOrder order) =>
        [.. open.Of(order).Where(r => r.State == FulfilmentOrderState.Rejected || r.Sum(ReleaseUnits.Rejected) > 0 || r is { State: FulfilmentOrderState.Cancelled, Reason: NoAnswer }).Select(r => r.Node.Id)];

    /// <summary>Why a release was taken from a node that did not answer.</summary>
    internal const string NoAnswer = "noAnswer";

    internal static bool IsAboutGoods(string reason) => reason is "missing" or "damaged";
}
