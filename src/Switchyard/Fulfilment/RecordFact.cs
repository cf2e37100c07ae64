using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// Records what the world tells of goods: shipped, delivered, lost, sent back. A fact is never refused for what our books say; where it
/// contradicts them the books follow it and somebody is told. The same fact twice changes nothing.
/// </summary>
public static class RecordFact
{
    public enum FactKind { Shipped, Delivered, Lost, SentBack }

    /// <param name="Id">The teller's own id of the fact; without it the same content is the same fact.</param>
    /// <param name="Node">For an order: where it happened.</param>
    /// <param name="Lines">Which units; all of the release or order that it can mean, when left out.</param>
    public sealed record Request(FactKind? Kind, string? Id, DateTimeOffset? At, string? Node, string? Carrier, string? Service, string? Tracking, IReadOnlyList<PartBody?>? Lines);

    /// <param name="IsNew">False: it was told before.</param>
    public sealed record Response(string Object, OrderId Order, bool IsNew, IReadOnlyList<FulfilmentView> Fulfilments);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fulfilments/{id}/facts", async (string id, Request body, Db db, TimeProvider clock, Actor actor) =>
                (FulfilmentId.TryParse(id, null, out var release) ? await Handle(null, release, body, db, clock, actor) : FulfilmentErrors.NotFound).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("fulfilment.recordFact").WithTags("Fulfilment").WithSummary("Record what happened to a release")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/orders/{id}/facts", async (string id, Request body, Db db, TimeProvider clock, Actor actor) =>
                (OrderId.TryParse(id, null, out var order) ? await Handle(order, null, body, db, clock, actor) : OrderErrors.NotFound(id)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("fulfilment.recordOrderFact").WithTags("Fulfilment").WithSummary("Record what happened to the goods of an order")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: fulfilment.not_found, orders.not_found, fulfilment.no_such_node, fulfilment.no_such_line.</remarks>
    public static Task<Result<Response>> Handle(OrderId? order, FulfilmentId? release, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Kind is not null, "/kind", "field.required", "kind is required: shipped, delivered, lost or sentBack.");
        checks.Text(body.Id, "/id", 200);
        checks.Text(body.Node, "/node", 64);
        checks.Text(body.Carrier, "/carrier", 100);
        checks.Text(body.Service, "/service", 100);
        checks.Text(body.Tracking, "/tracking", 100);
        ReleaseParts.Check(checks, body.Lines, "/lines");
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<Response>(actor, async work =>
        {
            var id = order ?? await ChangeRelease.Find(work, actor, release!.Value);
            if (id is null) return FulfilmentErrors.NotFound;
            if (order is not null && await OpenOrder.Lock(work, actor, id.Value, now) is null) return OrderErrors.NotFound(id.Value.ToString());
            var open = await OpenWork.Lock(work, actor, [id.Value], now);
            long? node = null;
            if (body.Node is { } code && (node = await ReadQueue.NodeOf(work, actor, code)) is null) return FulfilmentErrors.NoSuchNode("/node");
            var told = open.Orders[0];
            for (int i = 0; i < (body.Lines?.Count ?? 0); i++)
                if (told.Line(body.Lines![i]!.Line!.Value) is not { HoldsStock: true, SkuId: not null }) return FulfilmentErrors.NoSuchLine($"/lines/{i}/line");
            bool isNew = await Remember(work, told.Id, release, body, now);
            if (isNew)
            {
                await new FactsOfGoods(open, told, body, (body.At ?? now) is var at && at > now ? now : at).Follow(release, node);
                if (open.Sheet is not null) foreach (var one in open.Releases.Where(r => r.State != FulfilmentOrderState.Cancelled).ToList()) await ReleaseLots.Gone(open, one);
                await open.Save();
            }
            return new Response("fact", told.Id, isNew, await FulfilmentReader.OfOrders(work, [told.Id]));
        });
    }

    private static async Task<bool> Remember(Work work, OrderId order, FulfilmentId? release, Request body, DateTimeOffset now) => await work.Execute(
        """
        insert into fulfilment_facts (merchant_id, fact_key, order_id, fulfilment_id, kind, at_ms, recorded_at_ms)
        values (@merchant, @key, @order, @release, @kind, @at, @now) on conflict (merchant_id, fact_key) do nothing
        """, ("key", Key(order, release, body)), ("order", order.Value), ("release", release?.Value), ("kind", body.Kind.ToString()),
        ("at", (body.At ?? now).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds())) == 1;

    // By the teller's id within the order, else by what was told.
    private static string Key(OrderId order, FulfilmentId? release, Request body)
    {
        string content = body.Id is { } id ? $"id {id}" : JsonSerializer.Serialize(body with { Carrier = null, Service = null }, Json.Options);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{order} {(body.Id is null ? release?.ToString() : "")} {content}")));
        return Convert.ToHexString(hash);
    }
}
