using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>Shows what happened to an order and what people noted on it, the newest first.</summary>
public static class ReadTimeline
{
    /// <param name="Actor">Who: user:…, key:…, system:….</param>
    /// <param name="Note">The note an entry tells of, as it is now; null when it was taken away.</param>
    public sealed record Entry(long Seq, string Kind, string Actor, string? Reason, DateTimeOffset At, JsonElement Payload, NoteView? Note)
    {
        /// <summary>The contact an entry tells of.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ContactView? Contact { get; init; }
    }

    private sealed record NotePart(int? Note);
    private sealed record ContactPart(int? Contact);
    private sealed record CartPart(string? MadeBy, DateTimeOffset MadeAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/orders/{id}/timeline", async (string id, int? limit, string? after, long? since, Actor actor, Db db, FindOrder find) => (await Handle(id, limit, after, since, actor, db, find)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.timeline").WithSummary("What happened to an order, newest first, with its notes").WithTags("Orders")
            .WithDescription("The cart it was made of is its oldest entry, with seq 0. since: only what came after that entry, such as the seq of the order as it was read before somebody else changed it.")
            .Produces<Page<Entry>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/orders/{id}/notes", async (string id, Actor actor, Db db, FindOrder find) => (await Notes(id, actor, db, find)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.notes").WithSummary("The notes on an order, pinned ones first").WithTags("Orders")
            .Produces<Page<NoteView>>().ProducesProblem(404);
    }

    /// <remarks>Errors: orders.not_found, request.invalid with #limit, #after.</remarks>
    public static async Task<Result<Page<Entry>>> Handle(string id, int? limit, string? after, long? since, Actor actor, Db db, FindOrder find)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        if (!OrderId.TryParse(id, null, out var order) || await find.Find(actor, order) is not { } view) return OrderErrors.NotFound(id);
        return await db.Read<Result<Page<Entry>>>(actor, async work =>
        {
            var events = await AggregateTimeline.Newest(work, "order", order.ToString(), before, most + 1, since ?? 0);
            var notes = (await NoteOrder.OfOrder(work, order)).ToDictionary(n => n.Note);
            var contacts = events.Any(e => e.Kind == "OrderContacted") ? (await ContactOrder.OfOrder(work, order)).ToDictionary(c => c.Contact) : [];
            var page = Page<Entry>.Of(events.ConvertAll(e => new Entry(e.Seq, e.Kind, e.Actor, e.Reason, DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs),
                EventView.Of(e).Payload, e.Kind == "OrderNoted" && e.Read<NotePart>().Note is { } no ? notes.GetValueOrDefault(no) : null)
            {
                Contact = e.Kind == "OrderContacted" && e.Read<ContactPart>().Contact is { } which ? contacts.GetValueOrDefault(which) : null,
            }), most, e => Text.Invariant(e.Seq));
            // Where it all began: before its first entry, and so below it.
            if (page.HasMore || since is not null || view.ExternalId is not { } external || (await AggregateTimeline.Newest(work, "cart", $"{view.Channel}/{external}", long.MaxValue, 1)).SingleOrDefault() is not { } cart) return page;
            var begun = new Entry(0, cart.Kind, cart.Read<CartPart>().MadeBy ?? cart.Actor, null, cart.Read<CartPart>().MadeAt, EventView.Of(cart).Payload, null);
            return page with { Data = [.. page.Data, begun] };
        }, snapshot: true);
    }

    private static async Task<Result<Page<NoteView>>> Notes(string id, Actor actor, Db db, FindOrder find)
    {
        if (!OrderId.TryParse(id, null, out var order) || await find.Find(actor, order) is null) return OrderErrors.NotFound(id);
        var notes = await db.Read(actor, work => NoteOrder.OfOrder(work, order));
        return new Page<NoteView>([.. notes.OrderByDescending(n => n.IsPinned).ThenByDescending(n => n.Note)], null, false);
    }
}
