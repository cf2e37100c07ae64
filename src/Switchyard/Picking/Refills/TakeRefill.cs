using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// The task of whoever asks that fills a face: the one they have, or the next one, which becomes theirs. What is needed no more, or has nothing left to take, falls away first. Urgent ones first; among those their
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
    public sealed record Response(string Object, string Node, Refill? Task, long Waiting)
    {
        /// <summary>Those that were taken ahead of time, in the order in which they are done.</summary>
        public IReadOnlyList<Refill> Ahead { get; init; } = [];

        /// <summary>Tasks that were theirs and fell away now, since nothing is left in the bin they were to take from.</summary>
        public IReadOnlyList<Fallen> FellAway { get; init; } = [];
    }

    /// <param name="From">The bin that is empty.</param>
    public sealed record Fallen(RefillId Id, string Sku, string Name, string From, string To);

    public const int MostAhead = 4;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/nodes/{code}/next-refill", async (string code, [FromQuery] int? ahead, Db db, TimeProvider clock, Actor actor) => (await Handle(code, ahead, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.nextRefill").WithTags("Picking").WithSummary("Take your task that fills a pick face, or the next one")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <param name="ahead">So many more become theirs with it, for a device that may be out of reach when the first is done.</param>
    /// <remarks>Errors: nodes.no_such_node; request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(string code, int? ahead, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(ahead ?? 0, 0, MostAhead, "#ahead");
        return checks.AnyFault ? checks.ToError() : await db.Write<Response>(actor, work => Run(work, code, ahead ?? 0, clock.GetUtcNow(), actor));
    }

    private static async Task<Result<Response>> Run(Work work, string code, int ahead, DateTimeOffset now, Actor actor)
    {
        if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
        var needed = (await SettleRefills.Run(work, actor, node.Id, null, now)).Where(p => p.Need.Reason is not null).Select(p => p.Face.SkuId).ToArray();
        await work.Execute(
            """
            update refill_tasks set state = 'gone', ended_at_ms = @now where merchant_id = @merchant and node_id = @node and operative = @me and state = 'taken'
               and sku_id not in (select sku_id from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = any(@needed))
            """, ("node", node.Id), ("me", actor.Id), ("needed", needed), ("now", now.ToUnixTimeMilliseconds()));
        var fallen = await Fall(work, node.Id, actor, now);
        await Fit(work, node.Id, actor, now);
        long has = await work.Scalar("select count(*) from refill_tasks where merchant_id = @merchant and node_id = @node and operative = @me and state = 'taken'", ("node", node.Id), ("me", actor.Id));
        for (int n = 0; has + n <= ahead && await Take(work, node.Id, actor, now.AddMilliseconds(n)) > 0; n++) { }
        var tasks = await Mine(work, node.Id, actor, 1 + ahead);
        long waiting = await work.Scalar("select count(*) from refill_tasks where merchant_id = @merchant and node_id = @node and state = 'open' and operative in ('', @me)", ("node", node.Id), ("me", actor.Id));
        return new Response("nextRefill", node.Code, tasks.FirstOrDefault(), waiting) { Ahead = [.. tasks.Skip(1)], FellAway = fallen };
    }

    // Somebody else has emptied the bin meanwhile: the person is told, and the face is planned anew from where there is something.
    private static async Task<IReadOnlyList<Fallen>> Fall(Work work, long node, Actor actor, DateTimeOffset now)
    {
        var empty = await work.Query(
            """
            select t.id, t.sku_id, p.sku, p.name, t.from_bin, t.to_bin from refill_tasks t join products p on p.id = t.sku_id
             where t.merchant_id = @merchant and t.node_id = @node and t.operative = @me and t.state = 'taken'
               and not exists (select 1 from bins a join bin_stock s on s.bin_id = a.id where a.node_id = t.node_id and a.code = t.from_bin and s.sku_id = t.sku_id and s.lot = t.lot and s.merchant_id = @merchant and s.quantity > 0)
             order by t.taken_at_ms, t.id
            """, row => (Id: row.Uuid(), SkuId: row.Long(), Task: (Sku: row.Text(), Name: row.Text(), From: row.Text(), To: row.Text())), ("node", node), ("me", actor.Id));
        if (empty.Count == 0) return [];
        await work.Execute("update refill_tasks set state = 'gone', ended_at_ms = @now from @rows r where refill_tasks.id = r.id and refill_tasks.merchant_id = @merchant and refill_tasks.state = 'taken'",
            Rows.Of(empty).Uuid("id", e => e.Id), ("now", now.ToUnixTimeMilliseconds()));
        await SettleRefills.Run(work, actor, node, [.. empty.Select(e => e.SkuId).Distinct()], now);
        return [.. empty.Select(e => new Fallen(new RefillId(e.Id), e.Task.Sku, e.Task.Name, e.Task.From, e.Task.To))];
    }

    // A face may take less by now than when the task was taken: then so much is asked, and of what fits no more nothing.
    private static async Task Fit(Work work, long node, Actor actor, DateTimeOffset now)
    {
        var mine = await work.Query(
            """
            select t.id, t.sku_id, p.sku, t.to_bin, t.quantity from refill_tasks t join products p on p.id = t.sku_id
             where t.merchant_id = @merchant and t.node_id = @node and t.operative = @me and t.state = 'taken' order by t.taken_at_ms, t.id
            """, row => (Id: row.Uuid(), SkuId: row.Long(), Sku: row.Text(), To: row.Text(), Units: row.Long()), ("node", node), ("me", actor.Id));
        if (mine.Count == 0) return;
        var room = await FaceRows.Rooms(work, node, [.. mine.DistinctBy(t => t.SkuId).Select(t => (t.SkuId, t.Sku, t.To))]);
        var changed = new List<(Guid Id, long Units)>();
        foreach (var task in mine)
        {
            long units = Math.Clamp(room.GetValueOrDefault(task.SkuId, long.MaxValue), 0, task.Units);
            if (units < task.Units) changed.Add((task.Id, units));
            if (room.ContainsKey(task.SkuId)) room[task.SkuId] -= units;
        }
        await work.Execute(
            """
            update refill_tasks set quantity = case when r.units > 0 then r.units else quantity end, state = case when r.units > 0 then state else 'gone' end, ended_at_ms = case when r.units > 0 then ended_at_ms else @now end
              from @rows r where refill_tasks.id = r.id and refill_tasks.merchant_id = @merchant and refill_tasks.state = 'taken'
            """, Rows.Of(changed).Uuid("id", c => c.Id).Long("units", c => c.Units), ("now", now.ToUnixTimeMilliseconds()));
    }

    private static async Task<int> Take(Work work, long node, Actor actor, DateTimeOffset now)
    {
        var own = await work.Query("select zones from operatives where merchant_id = @merchant and node_id = @node and actor = @me", row => WriteOperatives.Words(row.Text()), ("node", node), ("me", actor.Id));
        string[] zones = [.. own.SelectMany(z => z)];
        return await work.Execute(
            """
            update refill_tasks set state = 'taken', operative = @me, taken_at_ms = @now where merchant_id = @merchant and state = 'open' and id = (
                select t.id from refill_tasks t where t.merchant_id = @merchant and t.node_id = @node and t.state = 'open'
                   and (t.operative = @me or t.operative = '' and (@everywhere or t.zone = '' or t.zone = any(@zones)))
                 order by case when t.is_urgent then 0 else 1 end, case when t.operative = @me then 0 else 1 end, t.cover, t.sku_id, t.part_no, t.id limit 1 for update skip locked)
            """, ("node", node), ("me", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("everywhere", zones.Length == 0), ("zones", zones));
    }

    private static async Task<List<Refill>> Mine(Work work, long node, Actor actor, int most)
    {
        var found = await work.Query(
            """
            select t.id, t.sku_id, p.sku, p.name, t.from_bin, a.zone, t.lot, l.expires_on, t.to_bin, t.zone, t.quantity, t.reason, t.is_urgent,
                   coalesce((select sum(s.quantity) from bin_stock s where s.bin_id = a.id and s.sku_id = t.sku_id and s.lot = t.lot and s.merchant_id = @merchant), 0),
                   coalesce((select sum(s.quantity) from bin_stock s where s.bin_id = b.id and s.sku_id = t.sku_id and s.merchant_id = @merchant), 0)
              from refill_tasks t join products p on p.id = t.sku_id join bins a on a.node_id = t.node_id and a.code = t.from_bin join bins b on b.node_id = t.node_id and b.code = t.to_bin
              left join lots l on l.sku_id = t.sku_id and l.lot = t.lot
             where t.merchant_id = @merchant and t.node_id = @node and t.operative = @me and t.state = 'taken' order by t.taken_at_ms, t.id limit @most
            """,
            row =>
            {
                var (id, product, sku, name, from, fromZone, lot) = (new RefillId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text());
                var (expires, to, zone, units, reason, isUrgent, there, atFace) = (row.TextOrNull(), row.Text(), row.Text(), row.Long(), row.Text(), row.Bool(), row.Sum(), row.Sum());
                return (Goods: product, Task: new Refill(id, sku, name, null, from, ReadRefills.Said(fromZone), ReadRefills.Said(lot), expires, to, ReadRefills.Said(zone), units, there, atFace, reason, isUrgent, []));
            }, ("node", node), ("me", actor.Id), ("most", (long)most));
        if (found.Count == 0) return [];
        var codes = (await ScannedCodes.Of(work, found.Select(f => f.Task.Sku).Distinct())).ToLookup(c => c.Sku);
        var pictures = await ProductPictures.Of(work, found.Select(f => f.Goods).Distinct());
        return [.. found.Select(f => f.Task with { Picture = pictures.GetValueOrDefault(f.Goods), Codes = [.. codes[f.Task.Sku].Select(c => new Code(c.Key, c.Units))] })];
    }
}
