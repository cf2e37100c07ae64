using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>What was sent to a webhook, newest first, and what its receiver answered at each try.</summary>
public static class ReadDeliveries
{
    /// <param name="Event">Also the webhook-id that the receiver sees.</param>
    /// <param name="State"><c>waiting</c>, <c>delivered</c>, <c>failed</c> (given up) or <c>discarded</c>.</param>
    /// <param name="Attempts">Tries in all.</param>
    /// <param name="Error">Why the last try failed.</param>
    public sealed record DeliveryView(string Object, string Event, long Position, string Kind, string AggregateKind, string AggregateId, long Seq, [Words("waiting", "delivered", "failed", "discarded")] string State, int Attempts,
        DateTimeOffset QueuedAt, DateTimeOffset? LastTriedAt, DateTimeOffset? NextTryAt, int? Status, string? Error);

    /// <param name="Response">The beginning of what the receiver answered.</param>
    public sealed record AttemptView(int Number, DateTimeOffset At, long DurationMs, int? Status, string? Error, string Response);
    public sealed record DeliveryDetail(DeliveryView Delivery, IReadOnlyList<AttemptView> Attempts);

    internal const string Columns = "position, kind, aggregate_kind, aggregate_id, seq, state, attempts, created_at_ms, last_tried_at_ms, next_try_at_ms, status, error";
    private static readonly string[] States = ["waiting", "delivered", "failed", "discarded"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhooks/{id}/deliveries", async (string id, string? state, string? kind, int? limit, string? after, Db db, Actor actor) =>
                (await List(id, state, kind, limit, after, db, actor)).ToHttp())
            .Requires(Permission.WebhooksRead).WithName("webhooks.deliveries").WithTags("Webhooks").WithSummary("What was sent to a webhook, newest first")
            .Produces<Page<DeliveryView>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        routes.MapGet("/webhooks/{id}/deliveries/{event}", async (string id, string @event, Db db, Actor actor) => (await Find(id, @event, db, actor)).ToHttp())
            .Requires(Permission.WebhooksRead).WithName("webhooks.delivery").WithTags("Webhooks").WithSummary("One delivery with every try")
            .Produces<DeliveryDetail>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    public static async Task<Result<Page<DeliveryView>>> List(string id, string? state, string? kind, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null || States.Contains(state), "#state", "field.not_one_of", $"state is one of {string.Join(", ", States)}.");
        checks.That(kind is null || Text.IsCode(kind), "#kind", "field.malformed", "kind is the name of an event.");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read(actor, async work =>
        {
            if (await Webhook.Find(work, actor, id) is not { } webhook) return (Result<Page<DeliveryView>>)WebhookErrors.NotFound(id);
            var found = await work.Query(
                $"""
                select {Columns} from webhook_deliveries where merchant_id = @merchant and endpoint_id = @id and position < @before
                   {(state is null ? "" : "and state = @state")} {(kind is null ? "" : "and kind = @kind")} order by position desc limit @limit
                """, Read, [("id", webhook.Id.Value), ("before", before), ("limit", most + 1L), .. Given("state", state), .. Given("kind", kind)]);
            return Page<DeliveryView>.Of(found, most, d => Text.Invariant(d.Position));
        });
    }

    public static Task<Result<DeliveryDetail>> Find(string id, string @event, Db db, Actor actor) => db.Read(actor, async work =>
    {
        if (await Webhook.Find(work, actor, id) is not { } webhook) return (Result<DeliveryDetail>)WebhookErrors.NotFound(id);
        if (await FindOne(work, webhook, @event) is not { } delivery) return WebhookErrors.NoSuchDelivery(@event);
        var attempts = await work.Query(
            """
            select attempt_no, at_ms, duration_ms, status, error, response from webhook_attempts
             where merchant_id = @merchant and endpoint_id = @id and position = @position order by attempt_no desc limit 250
            """, row => new AttemptView(row.Int(), row.Instant(), row.Long(), row.IntOrNull(), row.TextOrNull(), row.Text()),
            ("id", webhook.Id.Value), ("position", delivery.Position));
        return new DeliveryDetail(delivery, attempts);
    });

    internal static async Task<DeliveryView?> FindOne(Work work, Webhook webhook, string @event) =>
        @event.StartsWith("evt_", StringComparison.Ordinal) && long.TryParse(@event.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out long position)
            ? await work.Find($"select {Columns} from webhook_deliveries where merchant_id = @merchant and endpoint_id = @id and position = @position",
                Read, ("id", webhook.Id.Value), ("position", position)) : null;

    internal static DeliveryView Read(Row row)
    {
        long position = row.Long();
        return new DeliveryView("webhookDelivery", "evt_" + Text.Invariant(position), position, row.Text(), row.Text(), row.Text(), row.Long(), row.Text(), row.Int(),
            row.Instant(), row.InstantOrNull(), row.InstantOrNull(), row.IntOrNull(), row.TextOrNull());
    }

    private static (string, object?)[] Given(string name, string? value) => value is null ? [] : [(name, value)];
}
