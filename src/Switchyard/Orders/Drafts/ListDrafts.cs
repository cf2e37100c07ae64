using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>Lists and searches drafts, newest first, by cursor, in the words in which orders are searched; reads one.</summary>
public static class ListDrafts
{
    private static readonly TermTable Words = new("draft_terms", "draft_id", "created_at_ms");
    private static readonly Func<string, string[]> AsItIs = text => [text.Trim()];

    private static readonly FieldCatalogue Fields = new(
    [
        new("number", FieldType.Code, "The draft's number") { Split = text => [text.Trim().TrimStart('#')], HasPrefixes = false },
        new("state", FieldType.Code, "What was decided about it; a quote past its date is expired")
        {
            Split = AsItIs, HasPrefixes = false, Values = ["draft", "quoted", "expired", "accepted", "placed", "abandoned", "open"],
        },
        new("type", FieldType.Code, "sales or wholesale"),
        new("channel", FieldType.Code, "The channel's code") { Split = AsItIs, HasPrefixes = false },
        new("total", FieldType.Money, "What it came to, such as 12.50"),
        new("currency", FieldType.Code, "ISO code") { Split = text => [text.Trim().ToUpperInvariant()], HasPrefixes = false },
        new("created", FieldType.Instant, "When it was made") { Aliases = ["createdAt"] },
        new("validUntil", FieldType.Instant, "Until when it is quoted"),
        new("by", FieldType.Code, "Who made it, such as user:usr_…") { Split = AsItIs, HasPrefixes = false },
        new("name", FieldType.Words, "Words of a name on it") { Split = TermText.Words },
        new("email", FieldType.Words, "The customer's email"),
        new("phone", FieldType.Words, "The customer's telephone number") { Split = TermText.Phone },
        new("postcode", FieldType.Words, "The postcode it goes to") { Split = TermText.Postcode },
        new("sku", FieldType.Words, "A product in it"),
        new("tag", FieldType.Words, "A tag on it") { Split = text => [Kernel.Text.Key(text)] },
    ], new("anything", FieldType.Words, "number, name, email, telephone, postcode, city, SKU, tag") { Split = BareWord.Candidates, IsAnyWord = true });

    public static readonly ListSpec Spec = new("drafts", Permission.OrdersRead, "drafts d0", "d0.id", "d0.merchant_id", Fields,
        new Dictionary<string, SqlField>
        {
            ["number"] = new((leaf, sql) => leaf is BoundQuery.Among among ? $"d0.number = any({sql.Arg(Typed(among))})" : SqlField.Never),
            ["state"] = new((leaf, sql) => leaf is BoundQuery.Among among ? SqlText.Join("or", among.Values.Select(v => State(v.Words[0]))) : SqlField.Never),
            ["type"] = SqlField.Code("d0.type"),
            ["channel"] = SqlField.Exists("d0.channel_id", "select c.id from channels c where c.merchant_id = @merchant", "c.code"),
            ["total"] = SqlField.Money("d0.total_minor", "d0.currency"),
            ["currency"] = SqlField.Code("d0.currency"),
            ["created"] = SqlField.Number("d0.created_at_ms"),
            ["validUntil"] = SqlField.Number("d0.valid_until_ms"),
            ["by"] = SqlField.Code("d0.created_by"),
            ["name"] = Words.Field("d0.id", 3, "name"),
            ["email"] = Words.Field("d0.id", 1, "email"),
            ["phone"] = Words.Field("d0.id", 1, "phone"),
            ["postcode"] = Words.Field("d0.id", 2, "postcode"),
            ["sku"] = Words.Field("d0.id", 3, "sku"),
            ["tag"] = Words.Field("d0.id", 3, "tag"),
            ["anything"] = Anything(),
        },
        [new("createdAt", "d0.created_at_ms")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/drafts", async ([AsParameters] ListAsk ask, Actor actor, Db db, TimeProvider clock, HttpContext http) => (await Handle(actor, db, clock, ask)).ToHttp(http, ask))
            .Requires(Permission.OrdersRead).WithName("drafts.list").WithSummary("List and search drafts").WithTags("Drafts")
            .WithDescription("query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=drafts names the fields. state:open finds what may still be placed.")
            .Produces<ListPage<DraftSummary>>().ProducesProblem(400);
        routes.MapGet("/drafts/{id}", async (string id, Actor actor, HttpContext http, [FromServices] DraftDesk desk) => (await desk.Read(id, actor)).ToHttp(http))
            .Requires(Permission.OrdersRead).WithName("drafts.read").WithSummary("Read a draft with what it would cost today").WithTags("Drafts")
            .Produces<DraftView>().ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #limit, #after, #before, #sort, #query (and the column).</remarks>
    public static async Task<Result<ListPage<DraftSummary>>> Handle(Actor actor, Db db, TimeProvider clock, ListAsk ask)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        SearchAnswer.Names(ask.Expand, "#expand", SearchAnswer.MostExpand, [], checks);
        if (checks.AnyFault) return checks.ToError();
        var order = ListOrder.Read(Spec.For(actor), ask, now);
        if (order.Error is { } error) return error;
        return await db.Read(actor, work => Page(work, actor, order.Value, now), snapshot: true);
    }

    /// <summary>Drafts as the list shows them; whoever sees some nodes only sees what they made themselves.</summary>
    internal static async Task<ListPage<DraftSummary>> Page(Work work, Actor actor, ListOrder order, DateTimeOffset now)
    {
        var (keys, next, previous, count) = await SearchList.Keys(work, Spec, order, actor.Nodes is null ? "" : " and d0.created_by = @who",
            ("who", actor.Id), ("now_ms", now.ToUnixTimeMilliseconds()));
        var drafts = await DraftsSql.Find(work, actor, [.. keys.Select(k => (Guid)k.Id)]);
        return new ListPage<DraftSummary>([.. drafts.Select(d => Summary(d, now))], next, next is not null, previous, count, null);
    }

    private static DraftSummary Summary(StoredDraft d, DateTimeOffset now) => new(d.Id, d.Number, d.Type, DraftStates.Shown(d.State, d.ValidUntil, now), d.Order.Channel, d.Order.Currency,
        d.Order.Customer?.Name ?? d.Order.ShippingAddress?.Name, d.Order.Customer?.Email, d.Order.Customer?.Id, d.Order.Lines?.Count ?? 0, d.TotalMinor, d.Tags, d.ValidUntil, d.Placed,
        d.CreatedBy, d.CreatedAt, d.UpdatedAt, d.Version);

    // A quote expires by its date alone; the instant of asking is bound as @now_ms.
    private static string State(string state) => state switch
    {
        "quoted" => "(d0.state = 'quoted' and d0.valid_until_ms > @now_ms)",
        "expired" => "(d0.state = 'quoted' and d0.valid_until_ms <= @now_ms)",
        "open" => "(d0.state in ('draft', 'quoted', 'accepted'))",
        _ => $"d0.state = '{state}'",
    };

    private static SqlField Anything()
    {
        var words = Words.Field("d0.id", 2);
        return new SqlField((leaf, sql) => leaf is BoundQuery.Among among ? $"(d0.number = any({sql.Arg(Typed(among))}) or {words.Where(leaf, sql)})" : SqlField.Never);
    }

    private static string[] Typed(BoundQuery.Among among) => [.. among.Values.Select(v => v.Raw.Trim().TrimStart('#'))];
}
