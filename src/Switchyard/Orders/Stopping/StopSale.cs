using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>
/// Stops a SKU from sale everywhere at once: from the commit on nothing of it is promised, reserved or taken in, whatever lies on the shelves, and
/// <see cref="PullStopped"/> holds the orders that have it and takes its releases back. Said again, it looks once more. Resuming releases them by itself.
/// </summary>
public static class StopSale
{
    /// <param name="Releases">pull: releases nobody has begun are taken back and begun ones asked to stop; leave: what nodes were given goes on.</param>
    /// <param name="Until">When it is sold again by itself; by hand when not said.</param>
    /// <param name="Node">Only what lies at this node: orders that have units there get them from elsewhere, or wait. Left out: everywhere.</param>
    public sealed record Request(string? Reason, [Words("pull", "leave")] string? Releases, string? Until, string? Node = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/products/{sku}/stop-sale", async (string sku, Request body, Db db, TimeProvider clock, Actor actor) => (await Stop(sku, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("sales.stop").WithTags("Inventory").WithSummary("Stop a SKU from sale everywhere at once, or at one node")
            .Produces<ReadSaleStop.View>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        routes.MapPost("/products/{sku}/resume-sale", async (string sku, [FromQuery] string? node, Db db, TimeProvider clock, Actor actor) => (await Resume(sku, node, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("sales.resume").WithTags("Inventory").WithSummary("Sell a stopped SKU again, everywhere or at the node where it was stopped")
            .Produces<ReadSaleStop.View>().ProducesProblem(403).ProducesProblem(404);
    }

    /// <remarks>Errors: orders.whole_house_only, inventory.unknown_sku, nodes.no_such_node.</remarks>
    public static async Task<Result<ReadSaleStop.View>> Stop(string sku, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500, required: true);
        checks.That(body.Releases is null or "pull" or "leave", "/releases", "field.unknown_value", "releases must be pull or leave.");
        DateTimeOffset until = default;
        if (body.Until is not null && !ReadClosing.TryRead(body.Until, out until)) checks.Fault("/until", "field.malformed", "An instant is written like 2026-03-01T09:30:00Z, with its offset.");
        else checks.That(body.Until is null || until > now, "/until", "field.in_the_past", "until must be to come.");
        checks.Text(body.Node, "/node", 64);
        if (checks.AnyFault) return checks.ToError();
        if (body.Node is null && actor.Nodes is not null) return ReadSaleStop.WholeHouseOnly;
        return await db.Write<ReadSaleStop.View>(actor, async work =>
        {
            if (await SaleSwitch.Find(work, sku) is not { } product) return ReadSaleStop.NoSuchSku(sku);
            var at = await ReadSaleStop.At(work, actor, body.Node);
            if (at.Error is { } nowhere) return nowhere;
            await work.Execute(
                """
                insert into sale_stops (merchant_id, sku_id, node_id, reason, releases, until_ms, started_by, started_at_ms, updated_at_ms)
                values (@merchant, @sku, @node::bigint, @reason, @releases, @until::bigint, @by, @now, @now)
                    on conflict (merchant_id, sku_id, coalesce(node_id, 0)) where state <> 'resumed'
                    do update set state = 'running', after_order = null, pass_changed = 0, reason = excluded.reason, releases = excluded.releases, until_ms = excluded.until_ms,
                       updated_at_ms = excluded.updated_at_ms
                """, ("sku", product.Id), ("node", at.Value), ("reason", body.Reason), ("releases", body.Releases ?? "pull"), ("until", body.Until is null ? null : until.ToUnixTimeMilliseconds()),
                ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await ForgetFailures(work, product.Id, at.Value);
            await Switch(work, actor, product.Id, at.Value, isStopped: true, body.Reason!, now);
            await EventLog.Append(work, actor, now, new Happening("product", product.Sku, "SaleStopped", new { product.Sku, node = body.Node, releases = body.Releases ?? "pull", until = body.Until }, body.Reason));
            return (await ReadSaleStop.Load(work, product.Id, at.Value, null, 0))!;
        });
    }

    /// <param name="nodeCode">Where it was stopped; null: the stop everywhere.</param>
    /// <remarks>Errors: orders.whole_house_only, inventory.unknown_sku, nodes.no_such_node, orders.sale_not_stopped.</remarks>
    public static async Task<Result<ReadSaleStop.View>> Resume(string sku, string? nodeCode, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        if (nodeCode is null && actor.Nodes is not null) return ReadSaleStop.WholeHouseOnly;
        return await db.Write<ReadSaleStop.View>(actor, async work =>
        {
            if (await SaleSwitch.Find(work, sku) is not { } product) return ReadSaleStop.NoSuchSku(sku);
            var at = await ReadSaleStop.At(work, actor, nodeCode);
            if (at.Error is { } nowhere) return nowhere;
            if (await ReadSaleStop.Load(work, product.Id, at.Value, null, 0) is not { State: not "resumed" } stop) return ReadSaleStop.NotStopped(sku);
            if (stop.State == "resuming") return stop;
            await work.Execute(
                """
                update sale_stops set state = 'resuming', after_order = null, pass_changed = 0, resumed_at_ms = @now, updated_at_ms = @now
                 where merchant_id = @merchant and sku_id = @sku and coalesce(node_id, 0) = @node and state in ('running', 'stopped')
                """, ("sku", product.Id), ("node", at.Value ?? 0), ("now", now.ToUnixTimeMilliseconds()));
            await ForgetFailures(work, product.Id, at.Value);
            await Switch(work, actor, product.Id, at.Value, isStopped: false, "It is sold again.", now);
            await EventLog.Append(work, actor, now, new Happening("product", product.Sku, "SaleResumed", new { product.Sku, node = nodeCode }));
            return (await ReadSaleStop.Load(work, product.Id, at.Value, null, 0))!;
        });
    }

    // Said anew, every order is tried at once.
    private static Task ForgetFailures(Work work, long sku, long? node) => work.Execute(
        """
        delete from pass_failures where merchant_id = @merchant and kind = 'stop'
           and pass_id in (select id from sale_stops where merchant_id = @merchant and sku_id = @sku and coalesce(node_id, 0) = @node and state <> 'resumed')
        """, ("sku", sku), ("node", node ?? 0));

    /// <summary>
    /// Whoever holds the stock when this asks for it has committed when it gets it, so <see cref="PullStopped"/> finds his order; whoever comes later
    /// finds the version of the catalogue changed, reads the product again, and is refused or held.
    /// </summary>
    internal static async Task Switch(Work work, Actor actor, long sku, long? node, bool isStopped, string reason, DateTimeOffset now)
    {
        if (node is { } only)                                                     // where there is none of it yet it is stopped before it comes
        {
            var batch = work.Batch();
            StockSheet.QueueCreate(batch, [(sku, only)]);
            await batch.Run();
        }
        var sheet = await StockSheet.Lock(work, [sku], now);
        await Follow(work, sheet, actor, sku, reason);
        await sheet.Write(work);
        if (node is null) await SaleSwitch.Set(work, sku, isStopped, now);
    }

    /// <summary>Brings the locked rows of a SKU to what its stops say, the one everywhere and those at nodes.</summary>
    /// <returns>Rows that were not so already.</returns>
    internal static async Task<int> Follow(Work work, StockSheet sheet, Actor actor, long sku, string reason)
    {
        var live = (await work.Query("select coalesce(node_id, 0) from sale_stops where merchant_id = @merchant and sku_id = @sku and state <> 'resumed' and state in ('running', 'stopped')",
            row => row.Long(), ("sku", sku))).ToHashSet();
        return sheet.StopSale(sku, node => live.Contains(0) || live.Contains(node),
            isStopped => new Movement(isStopped ? MovementKind.SaleStopped : MovementKind.SaleResumed, actor.Id, Reason: reason));
    }
}
