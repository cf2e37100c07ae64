using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Connectors;

/// <summary>Shows what a channel told of its orders and what became of it, and has an order taken in again.</summary>
public static class ReadToldOrders
{
    private static readonly string[] States = ["waiting", "taken", "ignored", "parked"];

    /// <param name="Number">What its buyer calls it.</param>
    /// <param name="OrderId">Our order, once it is taken in.</param>
    /// <param name="State">waiting: to be taken in; taken: as it was told last; ignored: nothing of it is ours to do; parked: a person is asked.</param>
    /// <param name="Said">Why it waits, is ignored or parked.</param>
    /// <param name="IsBefore">Placed before we went live: its buyer and the channel hear from the system before.</param>
    public sealed record ToldOrder(string Object, string ExternalId, string? Number, OrderId? OrderId, string? OrderNumber, [Words("waiting", "taken", "ignored", "parked")] string State, string? Said, int Tries,
        bool IsBefore, DateTimeOffset? ToldAt, DateTimeOffset ChangedAt)
    {
        /// <summary>As it was told last, in our words; only of one order read by itself.</summary>
        public JsonNode? Told { get; init; }

        /// <summary>As it was taken in last.</summary>
        public JsonNode? Taken { get; init; }
    }

    /// <param name="Orders">That are taken in again.</param>
    public sealed record Replayed(string Object, int Orders);

    private const string Columns = "t.external_id, t.told, t.order_id, o.number, t.state, t.said, t.tries, t.is_before, t.told_at_ms, t.changed_at_ms, t.taken, t.created_at_ms";
    private const string From = "channel_orders t left join orders o on o.id = t.order_id and o.merchant_id = @merchant";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connections/{channel}/orders", async (string channel, [FromQuery] string? state, [FromQuery] string? q, [FromQuery] int? limit, [FromQuery] string? after, Actor actor, Db db) => (await List(channel, state, q, limit, after, actor, db)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("connectors.listOrders").WithTags("Connectors").WithSummary("List the orders a channel told of, and what became of each").Produces<Page<ToldOrder>>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        routes.MapGet("/connections/{channel}/orders/{externalId}", async (string channel, string externalId, Actor actor, Db db) => (await One(channel, externalId, actor, db)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("connectors.readOrder").WithTags("Connectors").WithSummary("Read what a channel told of an order").Produces<ToldOrder>().ProducesProblem(403).ProducesProblem(404);
        routes.MapPost("/connections/{channel}/orders/{externalId}/replay", async (string channel, string externalId, Actor actor, Db db, TakeOrders take, TimeProvider clock) => (await Replay(channel, externalId, actor, db, take, clock)).ToHttp(202))
            .Requires(Permission.OrdersWrite).WithName("connectors.replayOrder").WithTags("Connectors").WithSummary("Have an order asked for at its channel and taken in again, all of it").Produces<Replayed>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        routes.MapPost("/connections/{channel}/orders/replay", async (string channel, Actor actor, Db db, TakeOrders take, TimeProvider clock) => (await ReplayAll(channel, actor, db, take, clock)).ToHttp(202))
            .Requires(Permission.OrdersWrite).WithName("connectors.replayOrders").WithTags("Connectors").WithSummary("Have all parked orders of a channel taken in again").Produces<Replayed>(202).ProducesProblem(403).ProducesProblem(404);
    }

    /// <remarks>Errors: connectors.no_such_connection, nodes.only_your_nodes; request.invalid with pointers #state, #q, #limit, #after.</remarks>
    private static async Task<Result<Page<ToldOrder>>> List(string channel, string? state, string? q, int? limit, string? after, Actor actor, Db db)
    {
        if (actor.Nodes is not null) return Sourcing.NodeErrors.OnlyYourNodes;
        var checks = new Checks();
        var paging = Paging.Read(checks, limit, after);
        checks.That(state is null || States.Contains(state), "#state", "field.not_one_of", $"state is one of {string.Join(", ", States)}.");
        checks.Text(q, "#q", 200);
        var (atMs, id) = (long.MaxValue, "");
        if (paging.After.Length > 0 && (paging.After.Split(' ', 2) is not [var ms, var last] || !long.TryParse(ms, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out atMs) || (id = last) is null))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<ToldOrder>>>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            var found = await work.Query(
                $"""
                select {Columns} from {From}
                 where t.merchant_id = @merchant and t.connection_id = @id and (@state = '' or t.state = @state) and (@q = '' or t.external_id = @q or o.number = @q)
                   and (t.created_at_ms < @at or t.created_at_ms = @at and t.external_id < @last)
                 order by t.created_at_ms desc, t.external_id desc limit @limit
                """, row => Read(row, isWhole: false), ("id", connection.Id.Value), ("state", state ?? ""), ("q", q?.Trim() ?? ""), ("at", atMs), ("last", id), ("limit", paging.Limit + 1L));
            var page = Page<(ToldOrder View, long AtMs)>.Of(found, paging.Limit, f => $"{Text.Invariant(f.AtMs)} {f.View.ExternalId}");
            return new Page<ToldOrder>([.. page.Data.Select(f => f.View)], page.Next, page.HasMore);
        }, snapshot: true);
    }

    /// <remarks>Errors: connectors.no_such_connection, connectors.no_such_order, nodes.only_your_nodes.</remarks>
    private static Task<Result<ToldOrder>> One(string channel, string externalId, Actor actor, Db db) => db.Read<Result<ToldOrder>>(actor, async work =>
    {
        if (actor.Nodes is not null) return Sourcing.NodeErrors.OnlyYourNodes;
        if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
        var found = !Text.IsStorable(externalId) ? [] : await work.Query($"select {Columns} from {From} where t.merchant_id = @merchant and t.connection_id = @id and t.external_id = @external",
            row => Read(row, isWhole: true).View, ("id", connection.Id.Value), ("external", externalId));
        return found is [var one] ? one : ConnectorErrors.NoSuchOrder;
    });

    /// <summary>The order is asked for, also one that the channel has told nothing of, and taken in as if it were seen for the first time: what our people changed since gives way.</summary>
    private static async Task<Result<Replayed>> Replay(string channel, string externalId, Actor actor, Db db, TakeOrders take, TimeProvider clock)
    {
        if (actor.Nodes is not null) return Sourcing.NodeErrors.OnlyYourNodes;
        var checks = new Checks();
        checks.Text(externalId, "#externalId", 200, required: true);
        if (checks.AnyFault) return checks.ToError();
        Connection? of = null;
        var done = await db.Write<Replayed>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            of = connection;
            await ToldOrders.Wish(work, connection, [externalId], clock.GetUtcNow());
            // Its goods and where they go are looked at as if never seen; what was paid and given back by then stays known.
            var taken = await work.Query("select taken from channel_orders where merchant_id = @merchant and connection_id = @id and external_id = @external and order_id is not null and taken is not null for update",
                row => row.Text(), ("id", connection.Id.Value), ("external", externalId));
            if (taken is [var json] && ToldOrders.ReadOrNull(json) is { } last)
                await work.Execute("update channel_orders set taken = @taken where merchant_id = @merchant and connection_id = @id and external_id = @external",
                    ("taken", ToldOrders.Text(ChannelChange.Afresh(last))), ("id", connection.Id.Value), ("external", externalId));
            return new Replayed("replayedOrders", 1);
        });
        if (done.IsOk && of is not null) take.Nudge(of);
        return done;
    }

    private static async Task<Result<Replayed>> ReplayAll(string channel, Actor actor, Db db, TakeOrders take, TimeProvider clock)
    {
        if (actor.Nodes is not null) return Sourcing.NodeErrors.OnlyYourNodes;
        Connection? of = null;
        var done = await db.Write<Replayed>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            of = connection;
            int orders = await work.Execute(
                "update channel_orders set state = 'waiting', tries = 0, seen = seen + 1, due_at_ms = @now, changed_at_ms = @now where merchant_id = @merchant and connection_id = @id and state = 'parked'",
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", connection.Id.Value));
            return new Replayed("replayedOrders", orders);
        });
        if (done.IsOk && of is not null) take.Nudge(of);
        return done;
    }

    private static (ToldOrder View, long AtMs) Read(Row row, bool isWhole)
    {
        var (external, told, order, number) = (row.Text(), row.TextOrNull(), row.UuidOrNull(), row.TextOrNull());
        var view = new ToldOrder("channelOrder", external, Number(told), order is { } id ? new OrderId(id) : null, number, row.Text(), row.TextOrNull(), row.Int(), row.Bool(), row.InstantOrNull(), row.Instant())
        {
            Told = isWhole && told is not null ? JsonNode.Parse(told) : null,
        };
        string? taken = row.TextOrNull();
        return (isWhole && taken is not null ? view with { Taken = JsonNode.Parse(taken) } : view, row.Long());
    }

    private static string? Number(string? told)
    {
        if (told is null) return null;
        try
        {
            using var json = JsonDocument.Parse(told);
            return json.RootElement.TryGetProperty("number", out var number) ? number.GetString() : null;
        }
        catch (JsonException) { return null; }
    }
}
