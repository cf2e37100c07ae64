using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Puts tags on an order and takes them off. Tags compare without case; the first spelling stays.</summary>
public static class TagOrder
{
    public const int MostTags = 50, MostLength = 64;

    public sealed record Request(IReadOnlyList<string?>? Add, IReadOnlyList<string?>? Remove);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/tags", async (string id, Request body, Actor actor, TimeProvider clock, FindOrder find) =>
                (await Handle(id, body, actor, clock, find)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.tag").WithSummary("Put tags on an order, or take them off").WithTags("Orders")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.too_many_tags.</remarks>
    public static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find)
    {
        if (Check(body) is { } faults) return Task.FromResult<Result<OrderView>>(faults);
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, async work =>
        {
            var changed = await Change(work, actor, orderId, Words(body.Add), Words(body.Remove), clock.GetUtcNow());
            return changed.Error is { } error ? error : new Done();
        });
    }

    internal static Error? Check(Request body)
    {
        var checks = new Checks();
        Check(checks, body.Add, "/add");
        Check(checks, body.Remove, "/remove");
        checks.That((body.Add?.Count ?? 0) + (body.Remove?.Count ?? 0) > 0, "/add", "field.required", "Say which tags to add or to remove.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    internal static string[] Words(IReadOnlyList<string?>? tags) => [.. (tags ?? []).Select(t => t!.Trim()).DistinctBy(Text.Key)];

    /// <summary>What was changed in fact; nothing when the order had it all already, and then nothing is written.</summary>
    internal static async Task<Result<(string[] Added, string[] Removed)>> Change(Work work, Actor actor, OrderId id, string[] add, string[] remove, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        var has = (await work.Query("select tag_key, tag from order_tags where order_id = @id and merchant_id = @merchant",
            row => (Key: row.Text(), Tag: row.Text()), ("id", id.Value))).ToDictionary(t => t.Key, t => t.Tag, StringComparer.Ordinal);
        string[] added = [.. add.Where(t => !has.ContainsKey(Text.Key(t)))];
        string[] removed = [.. remove.Select(Text.Key).Where(has.ContainsKey).Except(added.Select(Text.Key)).Select(key => has[key])];
        if (has.Count + added.Length - removed.Length > MostTags) return OrderErrors.TooManyTags(MostTags);
        if (added.Length + removed.Length == 0) return (added, removed);

        var batch = work.Batch();
        batch.Execute(
            """
            insert into order_tags (order_id, tag_key, merchant_id, tag, placed_at_ms)
            select @id, tag_key, @merchant, tag, @placed from @rows r where true on conflict do nothing
            """, Rows.Of(added).Text("tag_key", Text.Key).Text("tag", t => t), ("id", id.Value), ("placed", order.PlacedAtMs));
        batch.Execute("delete from order_tags where order_id = @id and merchant_id = @merchant and tag_key = any(@keys)",
            ("id", id.Value), ("keys", removed.Select(Text.Key).ToArray()));
        await batch.Run();
        order.Tell("OrderTagged", new { added, removed });
        await order.Save(work);
        return (added, removed);
    }

    private static void Check(Checks checks, IReadOnlyList<string?>? tags, string at)
    {
        checks.That((tags?.Count ?? 0) <= MostTags, at, "field.too_many", $"At most {MostTags} tags at once.");
        for (int i = 0; i < Math.Min(tags?.Count ?? 0, MostTags); i++) checks.Text(tags![i], $"{at}/{i}", MostLength, required: true);
    }
}
