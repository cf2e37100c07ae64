using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Notifications;

namespace Switchyard.Orders;

/// <summary>A note on an order.</summary>
/// <param name="IsForCustomer">The customer may see it; else only people who work here.</param>
/// <param name="Mentions">Names of users it is meant for.</param>
public sealed record NoteView(int Note, string Body, bool IsForCustomer, bool IsPinned, IReadOnlyList<string> Mentions, string Author, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>Puts a note on an order, changes it or takes it away. The log tells that, by whom and when; the text can be erased.</summary>
public static class NoteOrder
{
    public const int MostNotes = 500, MostLength = 10_000, MostMentions = 20;

    public sealed record Request(string? Body, bool? IsForCustomer, bool? IsPinned, IReadOnlyList<string?>? Mentions);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders/{id}/notes", async (string id, Request body, Actor actor, Db db, TimeProvider clock) => (await Add(id, body, actor, db, clock)).ToHttp(201))
            .Requires(Permission.OrdersWrite).WithName("orders.note").WithSummary("Put a note on an order").WithTags("Orders")
            .Produces<NoteView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        routes.MapPut("/orders/{id}/notes/{note:int}", async (string id, int note, Request body, Actor actor, Db db, TimeProvider clock) => (await Change(id, note, body, actor, db, clock)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.changeNote").WithSummary("Change a note; what is absent stays").WithTags("Orders")
            .Produces<NoteView>().ProducesProblem(400).ProducesProblem(404);
        routes.MapDelete("/orders/{id}/notes/{note:int}", async (string id, int note, Actor actor, Db db, TimeProvider clock) => (await Remove(id, note, actor, db, clock)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.removeNote").WithSummary("Take a note away; its text is erased").WithTags("Orders")
            .Produces<Done>().ProducesProblem(404);
    }

    /// <remarks>Errors: orders.not_found, orders.too_many_notes, notes.unknown_user.</remarks>
    public static Task<Result<NoteView>> Add(string id, Request body, Actor actor, Db db, TimeProvider clock) => OnOrder<NoteView>(id, actor, db, clock, Check(body, isNew: true), async (work, order, now) =>
    {
        string[] mentions = Mentions(body);
        if (await Unknown(work, mentions) is { } nobody) return nobody;
        long no = await work.Scalar("select coalesce(max(note_no), 0) + 1 from order_notes where order_id = @id and merchant_id = @merchant", ("id", order.Id.Value));
        if (no > MostNotes) return OrderErrors.TooManyNotes(MostNotes);
        await work.Execute(
            """
            insert into order_notes (order_id, note_no, merchant_id, body, is_for_customer, is_pinned, mentions, author, created_at_ms, updated_at_ms)
            values (@id, @no, @merchant, @body, @customer, @pinned, @mentions, @author, @now, @now)
            """, ("id", order.Id.Value), ("no", (int)no), ("body", body.Body), ("customer", body.IsForCustomer ?? false), ("pinned", body.IsPinned ?? false),
            ("mentions", JsonSerializer.Serialize(mentions, Json.Options)), ("author", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        await Notify(work, actor, order.Id, (int)no, mentions, now);
        order.Tell("OrderNoted", new { note = no, isForCustomer = body.IsForCustomer ?? false, isPinned = body.IsPinned ?? false, mentions = mentions.Length });
        await order.Save(work);
        return (await OfOrder(work, order.Id, (int)no))[0];
    });

    /// <remarks>Errors: orders.not_found, orders.note_not_found, notes.unknown_user.</remarks>
    public static Task<Result<NoteView>> Change(string id, int note, Request body, Actor actor, Db db, TimeProvider clock) => OnOrder<NoteView>(id, actor, db, clock, Check(body, isNew: false), async (work, order, now) =>
    {
        if (await OfOrder(work, order.Id, note) is not [var old]) return OrderErrors.NoSuchNote;
        string[] mentions = body.Mentions is null ? [.. old.Mentions] : Mentions(body);
        if (await Unknown(work, mentions) is { } nobody) return nobody;
        await work.Execute(
            """
            update order_notes set body = @body, is_for_customer = @customer, is_pinned = @pinned, mentions = @mentions, updated_at_ms = @now
             where order_id = @id and merchant_id = @merchant and note_no = @no
            """, ("id", order.Id.Value), ("no", note), ("body", body.Body ?? old.Body), ("customer", body.IsForCustomer ?? old.IsForCustomer),
            ("pinned", body.IsPinned ?? old.IsPinned), ("mentions", JsonSerializer.Serialize(mentions, Json.Options)), ("now", now.ToUnixTimeMilliseconds()));
        await Notify(work, actor, order.Id, note, [.. mentions.Except(old.Mentions, StringComparer.OrdinalIgnoreCase)], now);
        order.Tell("OrderNoteChanged", new { note, isForCustomer = body.IsForCustomer ?? old.IsForCustomer, isPinned = body.IsPinned ?? old.IsPinned });
        await order.Save(work);
        return (await OfOrder(work, order.Id, note))[0];
    });

    /// <remarks>Errors: orders.not_found, orders.note_not_found.</remarks>
    public static Task<Result<Done>> Remove(string id, int note, Actor actor, Db db, TimeProvider clock) => OnOrder<Done>(id, actor, db, clock, null, async (work, order, now) =>
    {
        if (await OfOrder(work, order.Id, note) is not [_]) return OrderErrors.NoSuchNote;
        await work.Execute("update order_notes set body = '', mentions = '[]', deleted_at_ms = @now where order_id = @id and merchant_id = @merchant and note_no = @no",
            ("id", order.Id.Value), ("no", note), ("now", now.ToUnixTimeMilliseconds()));
        order.Tell("OrderNoteRemoved", new { note });
        await order.Save(work);
        return new Done();
    });

    /// <summary>The notes of an order that are there, or just one of them.</summary>
    internal static Task<List<NoteView>> OfOrder(Work work, OrderId id, int? only = null) => work.Query(
        $"""
        select note_no, body, is_for_customer, is_pinned, mentions, author, created_at_ms, updated_at_ms from order_notes
         where order_id = @id and merchant_id = @merchant and deleted_at_ms is null{(only is null ? "" : " and note_no = @only")} order by note_no limit {MostNotes}
        """, row => new NoteView(row.Int(), row.Text(), row.Bool(), row.Bool(), JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, row.Text(), row.Instant(), row.Instant()),
        ("id", id.Value), ("only", only ?? 0));

    private static async Task<Result<T>> OnOrder<T>(string id, Actor actor, Db db, TimeProvider clock, Error? faults, Func<Work, OpenOrder, DateTimeOffset, Task<Result<T>>> change)
    {
        if (faults is not null) return faults;
        if (!OrderId.TryParse(id, null, out var orderId)) return OrderErrors.NotFound(id);
        return await db.Write<T>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            var order = await OpenOrder.Lock(work, actor, orderId, now);
            return order is null ? OrderErrors.NotFound(id) : await change(work, order, now);
        });
    }

    private static Error? Check(Request body, bool isNew)
    {
        var checks = new Checks();
        checks.Text(body.Body, "/body", MostLength, required: isNew || body.Body is not null);
        checks.That((body.Mentions?.Count ?? 0) <= MostMentions, "/mentions", "field.too_many", $"A note may mention at most {MostMentions} people.");
        for (int i = 0; i < Math.Min(body.Mentions?.Count ?? 0, MostMentions); i++) checks.Text(body.Mentions![i], $"/mentions/{i}", 256, required: true);
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static async Task Notify(Work work, Actor actor, OrderId order, int note, string[] mentions, DateTimeOffset now)
    {
        if (mentions.Length == 0) return;
        var people = await UserNames.Find(work, mentions);
        await NotificationsRoom.Tell(work, [.. people.Select(p => new Notice(p.Id, "mention", order.Value, note))], actor.Id, now);
    }

    private static string[] Mentions(Request body) => [.. (body.Mentions ?? []).Select(m => m!.Trim().TrimStart('@')).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static async Task<Error?> Unknown(Work work, string[] mentions) => await UserNames.Unknown(work, mentions) is [var first, ..]
        ? Error.Invalid([new FieldError("/mentions", "notes.unknown_user", $"Nobody here is called {first}.")]) : null;
}
