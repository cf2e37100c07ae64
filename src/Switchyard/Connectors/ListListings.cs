using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Shows what a channel offers, and has it read or told again.</summary>
public static class ListListings
{
    /// <param name="Listings">Only these, by their ids; all when left out.</param>
    public sealed record PushRequest(IReadOnlyList<string?>? Listings);

    /// <param name="Listings">How many are looked at.</param>
    public sealed record PushAnswer(string Object, long Listings);

    private const int MostAtOnce = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connections/{channel}/listings", async (string channel, string? state, string? q, int? limit, string? after, Db db, Actor actor) => (await Handle(channel, state, q, limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("connectors.listings").WithTags("Connectors").WithSummary("List what a channel offers, and what it is with us")
            .WithDescription("state: unmatched, matched, stopped, failing, waiting, ignored or gone. q: a part of the title, the SKU or the barcode.")
            .Produces<Page<ListingView>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/connections/{channel}/listings/{listing}", async (string channel, string listing, Db db, Actor actor, HttpContext http) =>
            {
                var found = await Find(channel, listing, db, actor);
                if (found.IsOk) ETag.Set(http, found.Value.Version);
                return found.ToHttp();
            })
            .Requires(Permission.SettingsRead).WithName("connectors.listing").WithTags("Connectors").WithSummary("Read a listing, with the products it may be of").Produces<ListingView>().ProducesProblem(404);
        routes.MapPost("/connections/{channel}/listings/refresh", async (string channel, Db db, TimeProvider clock, Actor actor) => (await Refresh(channel, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.refreshListings").WithTags("Connectors").WithSummary("Have all that a channel offers read anew, and compared").Produces<Done>().ProducesProblem(404);
        routes.MapPost("/connections/{channel}/listings/push", async (string channel, PushRequest body, Db db, TimeProvider clock, Actor actor) => (await Push(channel, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.pushListings").WithTags("Connectors").WithSummary("Have stock compared with what the channel shows, and told where it differs")
            .Produces<PushAnswer>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #state, #q, #limit, #after; connectors.no_such_connection.</remarks>
    public static async Task<Result<Page<ListingView>>> Handle(string channel, string? state, string? q, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, from) = Paging.Read(checks, limit, after);
        string? which = state switch
        {
            null => "",
            "unmatched" => " and l.matched = 'none' and not l.is_gone",
            "matched" => " and l.product_id is not null and not l.is_gone",
            "stopped" => " and l.is_stopped and not l.is_gone",
            "failing" => " and l.tries > 0 and not l.is_gone",
            "waiting" => " and l.dirty_since_ms is not null and not l.is_gone",
            "ignored" => " and l.matched = 'ignored'",
            "gone" => " and l.is_gone",
            _ => null,
        };
        checks.That(which is not null, "#state", "field.unknown_value", "state must be unmatched, matched, stopped, failing, waiting, ignored or gone.");
        checks.Text(q, "#q", 200);
        if (checks.AnyFault) return checks.ToError();
        string text = string.IsNullOrWhiteSpace(q) ? "" : " and (lower(l.title) like @like escape '\\' or lower(coalesce(l.listed_sku, '')) like @like escape '\\' or lower(coalesce(p.sku, '')) like @like escape '\\' or l.barcode = @q or l.listing_id = @q)";
        return await db.Read<Result<Page<ListingView>>>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            var found = await ListingRow.Page(work, connection.Id.Value, which + text, from, most + 1, text.Length == 0 ? [] : [("like", $"%{Escaped(q!.Trim().ToLowerInvariant())}%"), ("q", q.Trim())]);
            return Page<ListingView>.Of(found.ConvertAll(ListingView.Of), most, l => l.Id);
        });
    }

    /// <remarks>Errors: connectors.no_such_connection, connectors.no_such_listing.</remarks>
    public static Task<Result<ListingView>> Find(string channel, string listing, Db db, Actor actor) => db.Read<Result<ListingView>>(actor, async work =>
    {
        if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
        if (!Text.IsStorable(listing) || await ListingRow.Find(work, connection.Id.Value, listing) is not { } row) return ListingErrors.NoSuchListing;
        if (row.Matched != "none") return ListingView.Of(row);
        var match = await MatchListings.Suggest(work, row);
        return ListingView.Of(row) with { Suggestions = [.. (match.Product is { } sure ? [sure] : match.Suggestions).Select(s => new ListingView.Suggestion(s.Sku, s.Name))] };
    });

    /// <remarks>Errors: connectors.no_such_connection.</remarks>
    public static Task<Result<Done>> Refresh(string channel, Db db, TimeProvider clock, Actor actor) => db.Write<Done>(actor, async work =>
    {
        if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
        await work.Execute("update connections set listings_due_ms = @now where merchant_id = @merchant and id = @id", ("id", connection.Id.Value), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return new Done();
    });

    /// <remarks>Errors: request.invalid with pointers under /listings; connectors.no_such_connection.</remarks>
    public static async Task<Result<PushAnswer>> Push(string channel, PushRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That((body.Listings?.Count ?? 0) <= MostAtOnce, "/listings", "field.too_many", $"At most {MostAtOnce} listings at once, or none to mean all.");
        foreach (var (i, id) in (body.Listings ?? []).Take(MostAtOnce).Index()) checks.Text(id, $"/listings/{i}", 200, required: true);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<PushAnswer>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            return new PushAnswer("pushedListings", body.Listings is { } these ? await LookAgain.OfListings(work, connection.Id.Value, [.. these.OfType<string>()], clock.GetUtcNow())
                : await LookAgain.OfConnection(work, connection.Id.Value, clock.GetUtcNow()));
        });
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
