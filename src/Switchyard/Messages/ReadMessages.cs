using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Orders;

namespace Switchyard.Messages;

/// <summary>What was sent to customers: all of it, of one order, one of them as it was sent; and sending one again or anew.</summary>
public static class ReadMessages
{
    /// <param name="About">Empty: the whole order; else the release with the number of its package, or of its shipment after an s, or the version of the promise after a v.</param>
    /// <param name="Copy">0: sent by itself; above: asked for by a person.</param>
    /// <param name="State">kept: not sent, since the account keeps messages. skipped: not sent, see <c>reason</c>. failed: given up, see <c>fault</c>.</param>
    /// <param name="Reason">Why it was not to be sent.</param>
    /// <param name="Fault">Why the last try failed.</param>
    /// <param name="To">The address; absent once forgotten, 180 days after it ended.</param>
    public sealed record MessageView(MessageId Id, OrderId Order, string Kind, string About, int Copy, [property: Words(typeof(MessageState))] string State,
        [property: Words("noAddress", "badAddress", "kindOff", "channelOff", "optedOut", "stale", "overtaken", "split", "noLink")] string? Reason, string? Fault, string? To, string? Language, string? Subject, int Tries,
        DateTimeOffset? NextTryAt, string AskedBy, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt)
    {
        public string Object => "message";
    }

    /// <param name="Page">What it says; absent before it was written, and once forgotten.</param>
    /// <param name="Plain">The part for who reads no HTML.</param>
    public sealed record MessageDetail(MessageView Message, MailPage? Page, string? Plain);

    /// <param name="Kind">trackingLink, or a kind about the whole order: confirmation.</param>
    public sealed record SendRequest(string? Kind = null);

    private const string Columns = "m.id, m.order_id, m.kind, m.about, m.copy_no, m.state, m.reason, m.fault, m.recipient, m.language, m.subject, m.tries, m.due_at_ms, m.asked_by, m.created_at_ms, m.settled_at_ms";
    private const int MostOfOrder = 250, MostCopies = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/messages", async (string? state, string? kind, int? limit, string? after, Db db, Actor actor) => (await List(state, kind, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("messages.list").WithTags("Messages").WithSummary("List messages to customers, newest first").Produces<Page<MessageView>>().ProducesProblem(400);
        routes.MapGet("/messages/{id}", async (string id, Db db, Actor actor) => (await Find(id, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("messages.read").WithTags("Messages").WithSummary("Read a message as it was sent").Produces<MessageDetail>().ProducesProblem(404);
        routes.MapPost("/messages/{id}/resend", async (string id, Db db, TimeProvider clock, Actor actor) => (await Resend(id, db, clock, actor)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("messages.resend").WithTags("Messages").WithSummary("Send the news of a message again, as it is now").Produces<MessageView>()
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
        routes.MapGet("/orders/{id}/messages", async (string id, Db db, Actor actor) => (await OfOrder(id, db, actor)).ToHttp())
            .Requires(Permission.CustomersRead).WithName("messages.ofOrder").WithTags("Messages").WithSummary("List what the order's customer was sent, newest first").Produces<Page<MessageView>>().ProducesProblem(404);
        routes.MapPost("/orders/{id}/messages", async (string id, SendRequest body, Db db, PublicUrl url, TimeProvider clock, Actor actor) => (await Send(id, body, db, url, clock, actor)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("messages.send").WithTags("Messages").WithSummary("Send the order's customer the link to its page, or the confirmation").Produces<MessageView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
    }

    private static async Task<Result<Page<MessageView>>> List(string? state, string? kind, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null || Enum.GetValues<MessageState>().Any(s => MessageStates.Name(s) == state), "#state", "field.not_one_of", "state is waiting, sent, kept, skipped or failed.");
        checks.That(kind is null || MessageKind.Find(kind) is not null, "#kind", "field.not_one_of", $"kind is one of {string.Join(", ", MessageKind.All.Select(k => k.Name))}.");
        string text = "";
        MessageId before = default;
        checks.That(Cursor.TryDecode(after, out text) && (text.Length == 0 || MessageId.TryParse(text, null, out before)), "#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        // Those of orders that the caller's nodes have nothing to do with are not theirs to read.
        if (actor.Nodes is not null) return new Page<MessageView>([], null, false);
        (string, object?)[] asked = [("limit", most + 1L), .. text.Length > 0 ? [("before", before.Value)] : Array.Empty<(string, object?)>(), .. state is null ? [] : new (string, object?)[] { ("state", state) }, .. kind is null ? [] : new (string, object?)[] { ("kind", kind) }];
        var found = await db.Read(actor, work => work.Query(
            $"""
            select {Columns} from messages m where m.merchant_id = @merchant {(text.Length > 0 ? "and m.id < @before" : "")} {(state is null ? "" : "and m.state = @state")}
               {(kind is null ? "" : "and m.kind = @kind")} order by m.id desc limit @limit
            """, Read, asked));
        return Page<MessageView>.Of(found, most, m => m.Id.ToString());
    }

    private static async Task<Result<Page<MessageView>>> OfOrder(string id, Db db, Actor actor) => await db.Read(actor, async work =>
    {
        if (await Order(work, actor, id) is not { } order) return (Result<Page<MessageView>>)OrderErrors.NotFound(id);
        var found = await work.Query($"select {Columns} from messages m where m.merchant_id = @merchant and m.order_id = @order order by m.id desc limit @limit", Read, ("order", order.Id.Value), ("limit", (long)MostOfOrder));
        return new Page<MessageView>(found, null, false);
    }, snapshot: true);

    private static Task<Result<MessageDetail>> Find(string id, Db db, Actor actor) => db.Read(actor, async work =>
    {
        if (await One(work, actor, id) is not { } message) return (Result<MessageDetail>)MessagesErrors.NotFound;
        string? body = (await work.Query("select body from messages where merchant_id = @merchant and id = @id", row => row.TextOrNull(), ("id", message.Id.Value)))[0];
        var page = body is null ? null : JsonSerializer.Deserialize<MailPage>(body, Json.Options);
        return new MessageDetail(message, page, page is null ? null : MailPaper.Text(page));
    }, snapshot: true);

    /// <remarks>Errors: messages.not_found, messages.no_account, messages.no_address, messages.too_often.</remarks>
    public static Task<Result<MessageView>> Resend(string id, Db db, TimeProvider clock, Actor actor) => db.Write<MessageView>(actor, async work =>
        await One(work, actor, id) is not { } message ? MessagesErrors.NotFound : await Again(work, actor, message.Order, message.Kind, message.About, message.Id, clock.GetUtcNow()));

    /// <remarks>Errors: orders.not_found, messages.no_account, messages.no_address, messages.no_public_url, messages.page_off, messages.too_often, request.invalid.</remarks>
    public static async Task<Result<MessageView>> Send(string id, SendRequest body, Db db, PublicUrl url, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Kind is MessageKind.TrackingLink or MessageKind.Confirmation, "/kind", "field.not_one_of", "kind is trackingLink or confirmation. Others are sent again from a message that was made.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<MessageView>(actor, async work =>
        {
            if (await Order(work, actor, id) is not { } order) return OrderErrors.NotFound(id);
            if (body.Kind == MessageKind.TrackingLink && await MessageSettings.Load(work) is var settings && (!settings.Body.HasTrackingPage || url.Of(settings) is null))
                return settings.Body.HasTrackingPage ? MessagesErrors.NoPublicUrl : MessagesErrors.PageOff;
            return await Again(work, actor, order.Id, body.Kind!, "", null, clock.GetUtcNow());
        });
    }

    private static async Task<Result<MessageView>> Again(Work work, Actor actor, OrderId id, string kind, string about, MessageId? mends, DateTimeOffset now)
    {
        if (await MessageAccount.Find(work, MessageAccount.Mail, locked: true) is not { IsActive: true }) return MessagesErrors.NoAccount;
        if (MailAddress.Tidy((await Order(work, actor with { Nodes = null }, id.ToString()))?.Customer?.Email) is null) return MessagesErrors.NoAddress;
        // Under the account's lock nobody else counts copies.
        long copies = await work.Scalar("select count(*) from messages where merchant_id = @merchant and order_id = @order and copy_no > 0 and created_at_ms > @since",
            ("order", id.Value), ("since", now.AddDays(-1).ToUnixTimeMilliseconds()));
        if (copies >= MostCopies) return MessagesErrors.TooOften;
        var made = MessageId.New(now);
        await work.Execute(
            """
            insert into messages (id, merchant_id, order_id, kind, about, copy_no, state, event_at_ms, due_at_ms, asked_by, created_at_ms)
            select @id, @merchant, @order, @kind, @about, coalesce(max(copy_no), 0) + 1, 'waiting', @now, @now, @by, @now from messages
             where merchant_id = @merchant and order_id = @order and kind = @kind and about = @about
            """, ("id", made.Value), ("order", id.Value), ("kind", kind), ("about", about), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id));
        if (mends is { } first)
        {
            var batch = work.Batch();
            ExceptionsRoom.Mend(batch, [("message_failed", first.ToString())], actor, "Sent again", now);
            await batch.Run();
        }
        await EventLog.Append(work, actor, now, new Happening("message", made.ToString(), "MessageAskedAgain", new { id = made, order = id, kind }));
        return (await One(work, actor with { Nodes = null }, made.ToString()))!;
    }

    private static async Task<MessageView?> One(Work work, Actor actor, string id)
    {
        if (!MessageId.TryParse(id, null, out var known)) return null;
        var found = await work.Find($"select {Columns} from messages m where m.merchant_id = @merchant and m.id = @id", Read, ("id", known.Value));
        return found is null || actor.Nodes is not null && await Order(work, actor, found.Order.ToString()) is null ? null : found;
    }

    private static async Task<OrderView?> Order(Work work, Actor actor, string id) =>
        OrderId.TryParse(id, null, out var order) ? (await FindOrder.Read(work, actor, [order], withPlan: false)).FirstOrDefault() : null;

    private static MessageView Read(Row row)
    {
        var (id, order, kind, about, copy, state) = (new MessageId(row.Uuid()), new OrderId(row.Uuid()), row.Text(), row.Text(), row.Int(), row.Text());
        var (reason, fault, to, language, subject, tries) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Int());
        var (due, by, created, settled) = (row.Instant(), row.Text(), row.Instant(), row.InstantOrNull());
        return new MessageView(id, order, kind, about, copy, state, reason, fault, to?.Split(' ', 2)[0], language, subject, tries, state == "waiting" ? due : null, by, created, settled);
    }
}
