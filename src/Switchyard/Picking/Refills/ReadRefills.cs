using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>Units that are brought to a face from one bin.</summary>
/// <param name="Id">The task; null while nobody has made one.</param>
/// <param name="State">planned: no task yet; open; taken.</param>
/// <param name="Operative">Whose task it is, as the log names them; null: anybody's.</param>
public sealed record RefillSource(RefillId? Id, string From, string? Lot, long Quantity, [Words("planned", "open", "taken")] string State, string? Operative, string? OperativeName);

/// <summary>A face that is to be filled.</summary>
/// <param name="Wanted">Units that orders need from it.</param>
/// <param name="OnTheWay">Units that somebody is bringing.</param>
/// <param name="Reason">short: a picker found fewer than the books said; orders: they need more than is there; minimum; topUp: somebody asked.</param>
/// <param name="Lacking">Units that are needed and that no reserve bin has.</param>
public sealed record RefillNeed(string Object, string Sku, string Name, string? Picture, string Bin, string? Zone, long Min, long Max, long Units, long Wanted, long OnTheWay,
    [Words("short", "orders", "minimum", "topUp")] string Reason, bool IsUrgent, IReadOnlyList<RefillSource> Sources, long Lacking);

/// <summary>Lists the faces of a node that are to be filled, the most urgent first, and from where.</summary>
public static class ReadRefills
{
    public const int Most = 500;

    /// <param name="Urgent">Faces that orders wait for.</param>
    /// <param name="Needs">The most urgent first, at most 500.</param>
    public sealed record Response(string Object, string Node, int Faces, int Urgent, int Filled, IReadOnlyList<RefillNeed> Needs, bool HasMore);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/refills", async (string code, [FromQuery] string? sku, Db db, TimeProvider clock, Actor actor) => (await Handle(code, sku, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("picking.refills").WithTags("Picking").WithSummary("List the pick faces that are to be filled, the most urgent first")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node; request.invalid with pointer #sku.</remarks>
    public static async Task<Result<Response>> Handle(string code, string? sku, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(sku, "#sku", 200);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var faces = await FaceRows.Find(work, node.Id, null, onlyNeeds: true);
            if (sku is not null) faces = [.. faces.Where(f => Text.Key(f.Sku) == Text.Key(sku))];
            return await Answer(work, node, await FaceRows.Plan(work, node.Id, faces, clock.GetUtcNow()));
        }, snapshot: true);
    }

    internal static async Task<Response> Answer(Work work, (long Id, string Code) node, IReadOnlyList<FacePlan> plans)
    {
        var needs = plans.Where(p => p.Need.Reason is not null).OrderByDescending(p => p.Need.IsUrgent).ThenBy(p => p.Need.Cover).ThenByDescending(p => p.Need.Wanted - p.Need.Units)
            .ThenBy(p => p.Face.WalkOrder).ThenBy(p => p.Face.Sku, StringComparer.Ordinal).ToList();
        var names = (await work.Query("select actor, name from operatives where merchant_id = @merchant and node_id = @node", row => (Actor: row.Text(), Name: row.Text()), ("node", node.Id))).ToDictionary(o => o.Actor, o => o.Name);
        var pictures = await ProductPictures.Of(work, needs.Take(Most).Select(n => n.Face.SkuId));
        long filled = await work.Scalar("select count(*) from pick_faces where merchant_id = @merchant and node_id = @node", ("node", node.Id));
        return new Response("refills", node.Code, (int)filled, needs.Count(n => n.Need.IsUrgent), needs.Count(n => n.Live.Count > 0), [.. needs.Take(Most).Select(n => View(n, names, pictures))], needs.Count > Most);
    }

    private static RefillNeed View(FacePlan plan, Dictionary<string, string> names, IReadOnlyDictionary<long, string> pictures)
    {
        var (face, need) = (plan.Face, plan.Need);
        var open = plan.Live.Where(l => l.State == "open" && l.To == face.Bin).ToDictionary(l => (l.From, l.Lot));
        var taken = plan.Live.Where(l => l.State == "taken").ToList();
        List<RefillSource> sources =
        [
            .. taken.Select(l => new RefillSource(l.Id, l.From, Said(l.Lot), l.Quantity, "taken", l.Operative, names.GetValueOrDefault(l.Operative))),
            .. plan.Parts.Where(p => !taken.Exists(l => (l.From, l.Lot) == (p.Place.Bin, p.Place.Lot))).Select(p => open.TryGetValue((p.Place.Bin, p.Place.Lot), out var task)
                ? new RefillSource(task.Id, task.From, Said(task.Lot), p.Units, "open", Said(task.Operative), names.GetValueOrDefault(task.Operative))
                : new RefillSource(null, p.Place.Bin, Said(p.Place.Lot), p.Units, "planned", null, null)),
        ];
        return new RefillNeed("refillNeed", face.Sku, face.Name, pictures.GetValueOrDefault(face.SkuId), face.Bin, Said(face.Zone), face.Min, face.Max, face.Units, need.Wanted, need.OnTheWay,
            SettleRefills.Name(need.Reason!.Value), need.IsUrgent, sources, Math.Max(0, Math.Min(Math.Max(face.Min, need.Wanted), face.Max) - face.Units - sources.Sum(s => s.Quantity)));
    }

    internal static string? Said(string text) => text.Length == 0 ? null : text;
}
