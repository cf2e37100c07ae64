using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A customer asked about an order.</summary>
/// <param name="Contact">Counted from 1 on each order.</param>
/// <param name="At">When the customer asked.</param>
/// <param name="Reference">The helpdesk's number of it.</param>
public sealed record ContactView(OrderId Order, int Contact, [property: Words("whereIsIt", "change", "complaint", "other")] string Kind,
    [property: Words("phone", "mail", "chat", "social", "store", "other")] string Medium, string Note, string? Reference, DateTimeOffset At, string MadeBy)
{
    [JsonPropertyOrder(-1)]
    public string Object => "contact";
}

/// <summary>Notes that a customer asked about an order: by whoever answered, or by the helpdesk's own webhook. The same reference is noted once.</summary>
public static class ContactOrder
{
    public const int MostContacts = 500, MostLength = 10_000;
    private static readonly string[] Kinds = ["whereIsIt", "change", "complaint", "other"], Media = ["phone", "mail", "chat", "social", "store", "other"];

    /// <param name="Kind">whereIsIt: where the order is; change: to change it; complaint; other.</param>
    /// <param name="Medium">phone, mail, chat, social, store, other; other when left out.</param>
    /// <param name="At">Now, when left out.</param>
    public sealed record Request([property: Words("whereIsIt", "change", "complaint", "other")] string? Kind, [property: Words("phone", "mail", "chat", "social", "store", "other")] string? Medium = null,
        string? Note = null, string? Reference = null, DateTimeOffset? At = null);

    /// <param name="Order">Its id, or its number with or without #.</param>
    /// <param name="Kind">whereIsIt: where the order is; change: to change it; complaint; other.</param>
    /// <param name="Medium">phone, mail, chat, social, store, other; other when left out.</param>
    public sealed record Told(string? Order, [property: Words("whereIsIt", "change", "complaint", "other")] string? Kind, [property: Words("phone", "mail", "chat", "social", "store", "other")] string? Medium = null,
        string? Note = null, string? Reference = null, DateTimeOffset? At = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders/{id}/contacts", async (string id, Request body, Actor actor, Db db, TimeProvider clock) => (await Add(id, body, actor, db, clock)).ToHttp(201))
            .Requires(Permission.OrdersWrite).WithName("orders.contact").WithSummary("Note that a customer asked about an order").WithTags("Orders")
            .Produces<ContactView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        routes.MapPost("/contacts", async (Told body, Actor actor, Db db, TimeProvider clock) => (await AddByNumber(body, actor, db, clock)).ToHttp(201))
            .Requires(Permission.OrdersWrite).WithName("orders.tellContact").WithSummary("Note that a customer asked about the order of this number, as a helpdesk's webhook does").WithTags("Orders")
            .Produces<ContactView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        routes.MapGet("/orders/{id}/contacts", async (string id, Actor actor, Db db, FindOrder find) => (await List(id, actor, db, find)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.contacts").WithSummary("When and what customers asked about an order, the newest first").WithTags("Orders")
            .Produces<Page<ContactView>>().ProducesProblem(404);
    }

    /// <remarks>Errors: orders.not_found, orders.too_many_contacts, orders.contact_elsewhere; request.invalid.</remarks>
    public static async Task<Result<ContactView>> Add(string id, Request body, Actor actor, Db db, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (Check(body, now) is { } faults) return faults;
        if (!OrderId.TryParse(id, null, out var known)) return OrderErrors.NotFound(id);
        return await db.Write<ContactView>(actor, async work =>
        {
            if (await OpenOrder.Lock(work, actor, known, now) is not { } order) return OrderErrors.NotFound(id);
            string? reference = string.IsNullOrWhiteSpace(body.Reference) ? null : body.Reference.Trim();
            if (reference is not null && await work.Find($"{Select} and c.reference = @reference", Read, ("reference", reference)) is { } told)
                return told.Order == known ? told : OrderErrors.ContactElsewhere;
            int no = (int)await work.Scalar("select coalesce(max(contact_no), 0) + 1 from order_contacts where order_id = @id and merchant_id = @merchant", ("id", known.Value));
            if (no > MostContacts) return OrderErrors.TooManyContacts(MostContacts);
            string medium = body.Medium ?? "other";
            int made = await work.Execute(
                """
                insert into order_contacts (order_id, contact_no, merchant_id, kind, medium, note, reference, at_ms, made_by, recorded_at_ms)
                values (@id, @no, @merchant, @kind, @medium, @note, @reference, @at, @by, @now) on conflict (merchant_id, reference) where reference is not null do nothing
                """, ("id", known.Value), ("no", no), ("kind", body.Kind), ("medium", medium), ("note", body.Note?.Trim() ?? ""), ("reference", reference),
                ("at", (body.At ?? now).ToUnixTimeMilliseconds()), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            // Told of another order in this very moment.
            if (made == 0) return OrderErrors.ContactElsewhere;
            order.Tell("OrderContacted", new { contact = no, kind = body.Kind, medium, reference });
            await order.Save(work);
            return (await OfOrder(work, known, no))[0];
        });
    }

    /// <remarks>Errors: those of <see cref="Add"/>.</remarks>
    private static async Task<Result<ContactView>> AddByNumber(Told body, Actor actor, Db db, TimeProvider clock)
    {
        var checks = new Checks();
        checks.Text(body.Order, "/order", 200, required: true);
        if (checks.AnyFault) return checks.ToError();
        string number = body.Order!.Trim().TrimStart('#');
        string? id = OrderId.TryParse(number, null, out _) ? number
            : (await db.Read(actor, work => work.Query("select id from orders where merchant_id = @merchant and number = @number", row => new OrderId(row.Uuid()), ("number", number)))) is [var found] ? found.ToString() : null;
        return id is null ? OrderErrors.NotFound(body.Order) : await Add(id, new Request(body.Kind, body.Medium, body.Note, body.Reference, body.At), actor, db, clock);
    }

    private static async Task<Result<Page<ContactView>>> List(string id, Actor actor, Db db, FindOrder find)
    {
        if (!OrderId.TryParse(id, null, out var order) || await find.Find(actor, order) is null) return OrderErrors.NotFound(id);
        var contacts = await db.Read(actor, work => OfOrder(work, order));
        return new Page<ContactView>([.. contacts.OrderByDescending(c => c.At).ThenByDescending(c => c.Contact)], null, false);
    }

    /// <summary>The contacts of an order, or just one of them.</summary>
    internal static Task<List<ContactView>> OfOrder(Work work, OrderId id, int? only = null) => work.Query(
        $"{Select} and c.order_id = @id{(only is null ? "" : " and c.contact_no = @only")} order by c.contact_no limit {MostContacts}", Read, ("id", id.Value), ("only", only ?? 0));

    private const string Select = "select c.order_id, c.contact_no, c.kind, c.medium, c.note, c.reference, c.at_ms, c.made_by from order_contacts c where c.merchant_id = @merchant";
    private static ContactView Read(Row row) => new(new OrderId(row.Uuid()), row.Int(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.Instant(), row.Text());

    private static Error? Check(Request body, DateTimeOffset now)
    {
        var checks = new Checks();
        checks.That(body.Kind is not null, "/kind", "field.required", "kind is required.");
        checks.That(body.Kind is null || Kinds.Contains(body.Kind), "/kind", "field.unknown_value", $"kind is one of {string.Join(", ", Kinds)}.");
        checks.That(body.Medium is null || Media.Contains(body.Medium), "/medium", "field.unknown_value", $"medium is one of {string.Join(", ", Media)}.");
        checks.Words(body.Note, "/note", MostLength);
        checks.Text(body.Reference, "/reference", 200);
        checks.That(body.At is null || body.At <= now.AddMinutes(5) && body.At.Value.Year >= 2000, "/at", "field.out_of_range", "at is not in the future.");
        return checks.AnyFault ? checks.ToError() : null;
    }
}
