using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// The task of whoever asks that fills a face: the one they have, or the next one, which becomes theirs. What is needed no more falls away first. Urgent ones first; among those their
/// own before anybody's, then the emptiest face. One statement takes it, so that none is taken twice.
/// </summary>
public static class TakeRefill
{
    /// <param name="Key">A barcode as scans are compared by.</param>
    /// <param name="Units">Units that one such code stands for: 12 on a case of 12.</param>
    public sealed record Code(string Key, long Units);

    /// <param name="From">Where the units are.</param>
    /// <param name="To">The face.</param>
    /// <param name="Lot">Of this lot only; null where no lots are kept.</param>
    /// <param name="There">Units that the books have of it in the bin where they are.</param>
    /// <param name="AtFace">Units at the face.</param>
    public sealed record Refill(RefillId Id, string Sku, string Name, string? Picture, string From, string? FromZone, string? Lot, string? ExpiresOn, string To, string? ToZone, long Quantity,
        long There, long AtFace, [property: Words("short", "orders", "minimum", "topUp")] string Reason, bool IsUrgent, IReadOnlyList<Code> Codes);

    /// <param name="Task">Null: nothing is to be filled now.</param>
    /// <param name="Waiting">Tasks that somebody may take after this one.</param>
    public sealed record Response(string Object, string Node, Refill? Task, long Waiting);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/nodes/{code}/next-refill", async (string code, Db db, TimeProvider clock, Actor actor) => (await Handle(code, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.nextRefill").WithTags("Picking").WithSummary("Take your task that fills a pick face, or the next one")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Handle(string code, Db db, TimeProvider clock, Actor actor) => db.Write<Response>(actor, async work =>
    {
        if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
        var now = clock.GetUtcNow();
        var needed = (await SettleRefills.Run(work, actor, node.Id, null, now)).Where(p => p.Need.Reason is not null).Select(p => p.Face.SkuId).ToArray();
        await work.Execute(
            """
            update refill_tasks set state = 'gone', ended_at_ms = @now where merchant_id = @merchant and node_id = @node and operative = @me and state = 'taken'
               and sku_id not in (select sku_id from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = any(@needed))
            """, ("node", node.Id), ("me", actor.Id), ("needed", needed), ("now", now.ToUnixTimeMilliseconds()));
        if (await Mine(work, node.Id, actor) is null) await Take(work, node.Id, actor, now);
        var task = await Mine(work, node.Id, actor);
        long waiting = await work.Scalar("select count(*) from refill_tasks where merchant_id = @merchant and node_id = @node and state = 'open' and operative in ('', @me)", ("node", node.Id), ("me", actor.Id));
        return new Response("nextRefill", node.Code, task, waiting);
    });

    private static async Task Take(Work work, long node, Actor actor, DateTimeOffset now)
    {
        var own = await work.Query("select zones from operatives where merchant_id = @merchant and node_id = @node and actor = @me", row => WriteOperatives.Words(row.Text()), ("node", node), ("me", actor.Id));
        string[] zones = [.. own.SelectMany(z => z)];
        await work.Execute(
            """
            update refill_tasks set state = 'taken', operative = @me, taken_at_ms = @now where merchant_id = @merchant and state = 'open' and id = (
                select t.id from refill_tasks t where t.merchant_id = @merchant and t.node_id = @node and t.state = 'open'
                   and (t.operative = @me or t.operative = '' and (@everywhere or t.zone = '' or t.zone = any(@zones)))
                 order by case when t.is_urgent then 0 else 1 end, case when t.operative = @me then 0 else 1 end, t.cover, t.sku_id, t.part_no, t.id limit 1 for update skip locked)
            """, ("node", node), ("me", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("everywhere", zones.Length == 0), ("zones", zones));
    }

    private static async Task<Refill?> Mine(Work work, long node, Actor actor)
    {
        var found = await work.Query(
            """
            select t.id, t.sku_id, p.sku, p.name, t.from_bin, a.zone, t.lot, l.expires_on, t.to_bin, t.zone, t.quantity, t.reason, t.is_urgent,
                   coalesce((select sum(s.quantity) from bin_stock s where s.bin_id = a.id and s.sku_id = t.sku_id and s.lot = t.lot and s.merchant_id = @merchant), 0),
                   coalesce((select sum(s.quantity) from bin_stock s where s.bin_id = b.id and s.sku_id = t.sku_id and s.merchant_id = @merchant), 0)
              from refill_tasks t join products p on p.id = t.sku_id join bins a on a.node_id = t.node_id and a.code = t.from_bin join bins b on b.node_id = t.node_id and b.code = t.to_bin
              left join lots l on l.sku_id = t.sku_id and l.lot = t.lot
             where t.merchant_id = @merchant and t.node_id = @node and t.operative = @me and t.state = 'taken' order by t.taken_at_ms, t.id limit 1
            """,
            row =>
            {
                var (id, product, sku, name, from, fromZone, lot) = (new RefillId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text());
                var (expires, to, zone, units, reason, isUrgent, there, atFace) = (row.TextOrNull(), row.Text(), row.Text(), row.Long(), row.Text(), row.Bool(), row.Sum(), row.Sum());
                return (Goods: product, Task: new Refill(id, sku, name, null, from, ReadRefills.Said(fromZone), ReadRefills.Said(lot), expires, to, ReadRefills.Said(zone), units, there, atFace, reason, isUrgent, []));
            }, ("node", node), ("me", actor.Id));
        if (found.Count == 0) return null;
        var codes = await ScannedCodes.Of(work, [found[0].Task.Sku]);
        return found[0].Task with { Picture = (await ProductPictures.Of(work, [found[0].Goods])).GetValueOrDefault(found[0].Goods), Codes = [.. codes.Select(c => new Code(c.Key, c.Units))] };
    }
}
