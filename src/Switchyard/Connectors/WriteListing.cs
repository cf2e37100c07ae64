using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Connectors;

/// <summary>Says which product a listing is of, and how much of its stock it shows.</summary>
public static class WriteListing
{
    /// <summary>What is left out stays as it is.</summary>
    /// <param name="Sku">The product; null: it is matched anew, or open again.</param>
    /// <param name="UnitsEach">Units of the product that one piece is: 6 for a multipack of six.</param>
    /// <param name="Most">Pieces shown at most; null: all.</param>
    /// <param name="IsIgnored">It is none of our products, and nobody is to be asked again.</param>
    public sealed record Request(string? Sku, long? UnitsEach, long? Buffer, int? SharePercent, long? Most, bool? IsStopped, bool? IsIgnored);

    public sealed record Match(string? Listing, string? Sku);
    public sealed record MatchRequest(IReadOnlyList<Match?>? Matches);
    public sealed record MatchAnswer(string Object, long Matched);

    private const long MostUnits = 1_000_000, MostBuffer = 1_000_000_000;
    private const int MostMatches = 500;
    private static readonly string[] Names = ["sku", "unitsEach", "buffer", "sharePercent", "most", "isStopped", "isIgnored"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPatch("/connections/{channel}/listings/{listing}", async (string channel, string listing, JsonObject body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(channel, listing, body, expected.Value, db, clock, actor);
                if (saved.IsOk) ETag.Set(http, saved.Value.Version);
                return saved.ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("connectors.writeListing").WithTags("Connectors").WithSummary("Say which product a listing is of, and how much of it is shown")
            .WithDescription("What is left out stays as it is.").Accepts<Request>("application/json").Produces<ListingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
        routes.MapPost("/connections/{channel}/listings/match", async (string channel, MatchRequest body, Db db, TimeProvider clock, Actor actor) => (await Many(channel, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.matchListings").WithTags("Connectors").WithSummary("Say of many listings which products they are of").Produces<MatchAnswer>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with the member's pointer; connectors.no_such_connection, connectors.no_such_listing, connectors.changed.</remarks>
    public static async Task<Result<ListingView>> Handle(string channel, string listing, JsonObject body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        foreach (string name in body.Select(m => m.Key).Where(n => !Names.Contains(n)).Take(5)) checks.Fault("/" + name, "field.unknown", "There is no such member.");
        if (Read(body, checks) is not { } asked || checks.AnyFault) return checks.ToError();
        checks.Text(asked.Sku, "/sku", 200);
        checks.Range(asked.UnitsEach ?? 1, 1, MostUnits, "/unitsEach");
        checks.Range(asked.Buffer ?? 0, 0, MostBuffer, "/buffer");
        checks.Range(asked.SharePercent ?? 0, 0, 100, "/sharePercent");
        checks.Range(asked.Most ?? 0, 0, MostBuffer, "/most");
        checks.That(asked.IsIgnored != true || asked.Sku is null, "/isIgnored", "field.not_allowed", "A listing of a product of ours is not ignored.");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<ListingView>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            if (!Text.IsStorable(listing) || await ListingRow.Find(work, connection.Id.Value, listing, locked: true) is not { } row) return ListingErrors.NoSuchListing;
            if (expected is { } version && version != row.Version) return ConnectorErrors.Changed(row.Version);
            var (product, matched) = (row.Product, row.Matched);
            if (asked.Sku is { } sku)
            {
                if ((await Products(work, [sku])).GetValueOrDefault(Text.Key(sku)) is not (> 0 and var id)) return Error.Invalid([ListingErrors.NoSuchSku("/sku", sku)]);
                if (id != product) (product, matched) = (id, "hand");
            }
            else if (asked.IsIgnored == true) (product, matched) = (null, "ignored");
            else if (body.ContainsKey("sku") || asked.IsIgnored == false && matched == "ignored") (product, matched) = (null, "none");
            var rule = row.Rule with
            {
                UnitsEach = asked.UnitsEach ?? row.Rule.UnitsEach,
                Buffer = asked.Buffer ?? row.Rule.Buffer,
                SharePercent = asked.SharePercent ?? row.Rule.SharePercent,
                Most = body.ContainsKey("most") ? asked.Most : row.Rule.Most,
                IsStopped = asked.IsStopped ?? row.Rule.IsStopped,
            };
            if (product == row.Product && matched == row.Matched && rule == row.Rule) return ListingView.Of(row);
            // Of another product, or of other pieces of it, what it was told says nothing.
            bool isOther = product != row.Product || rule.UnitsEach != row.Rule.UnitsEach;
            await work.Execute(
                $"""
                update channel_listings set product_id = @product::bigint, matched = @matched, units_each = @each, buffer = @buffer, share_percent = @share, most = @most::bigint, is_stopped = @stopped,
                       expects = case when @other then null else expects end, doubt = 0, doubted_at_ms = null, dirt = dirt + 1, tries = 0, said = null, due_at_ms = 0, changed_at_ms = @now, version = version + 1,
                       dirty_since_ms = case when @product::bigint is null then null else coalesce(dirty_since_ms, @now) end
                 where merchant_id = @merchant and connection_id = @connection and listing_id = @id
                """, ("product", product), ("matched", matched), ("each", rule.UnitsEach), ("buffer", rule.Buffer), ("share", rule.SharePercent), ("most", rule.Most), ("stopped", rule.IsStopped), ("other", isOther),
                ("now", now.ToUnixTimeMilliseconds()), ("connection", connection.Id.Value), ("id", listing));
            if (isOther && product is not null) await ToldOrders.Relist(work, connection.Id, now);
            if (matched == "none") await MatchListings.OfConnection(work, connection.Id.Value, [listing], now);
            var fresh = (await ListingRow.Find(work, connection.Id.Value, listing))!;
            await EventLog.Append(work, actor, now, new Happening("channelListing", $"{channel}/{listing}", "ChannelListingChanged", Told(channel, fresh)));
            return ListingView.Of(fresh);
        });
    }

    /// <remarks>Errors: request.invalid with the pointer of each that cannot be; connectors.no_such_connection. All are matched, or none.</remarks>
    public static async Task<Result<MatchAnswer>> Many(string channel, MatchRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.Matches?.Count ?? 0, 1, MostMatches, "/matches");
        foreach (var (i, match) in (body.Matches ?? []).Take(MostMatches).Index())
        {
            checks.Text(match?.Listing, $"/matches/{i}/listing", 200, required: true);
            checks.Text(match?.Sku, $"/matches/{i}/sku", 200, required: true);
        }
        if (checks.AnyFault) return checks.ToError();
        var (now, wanted) = (clock.GetUtcNow(), body.Matches!.OfType<Match>().ToList());
        return await db.Write<MatchAnswer>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            var products = await Products(work, [.. wanted.Select(w => w.Sku!)]);
            var known = (await work.Query("select listing_id from channel_listings where merchant_id = @merchant and connection_id = @connection and listing_id = any(@ids) order by listing_id for update", row => row.Text(),
                ("connection", connection.Id.Value), ("ids", wanted.Select(w => w.Listing!).Distinct().ToArray()))).ToHashSet(StringComparer.Ordinal);
            var faults = wanted.Index().SelectMany(w => (FieldError?[])[
                known.Contains(w.Item.Listing!) ? null : new FieldError($"/matches/{w.Index}/listing", ListingErrors.NoSuchListing.Code, $"The channel has no listing {w.Item.Listing}."),
                products.ContainsKey(Text.Key(w.Item.Sku!)) ? null : ListingErrors.NoSuchSku($"/matches/{w.Index}/sku", w.Item.Sku!)]).OfType<FieldError>().ToList();
            if (faults.Count > 0) return Error.Invalid(faults);
            var rows = wanted.GroupBy(w => w.Listing!).Select(g => (Listing: g.Key, Product: products[Text.Key(g.Last().Sku!)])).OrderBy(w => w.Listing, StringComparer.Ordinal).ToList();
            int matched = await work.Execute(
                """
                update channel_listings set product_id = r.product_id, matched = 'hand', expects = null, doubt = 0, doubted_at_ms = null, dirt = dirt + 1, tries = 0, said = null, due_at_ms = 0, changed_at_ms = @now,
                       version = version + 1, dirty_since_ms = coalesce(dirty_since_ms, @now) from @rows r
                 where merchant_id = @merchant and connection_id = @connection and channel_listings.listing_id = r.listing_id and (channel_listings.product_id is null or channel_listings.product_id <> r.product_id)
                """, Rows.Of(rows).Text("listing_id", w => w.Listing).Long("product_id", w => w.Product), ("connection", connection.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
            if (matched > 0) await ToldOrders.Relist(work, connection.Id, now);
            if (matched > 0) await EventLog.Append(work, actor, now, new Happening("channelListing", channel, "ChannelListingsMatched", new { channel, listings = matched }));
            return new MatchAnswer("matchedListings", matched);
        });
    }

    private static object Told(string channel, ListingRow row) => new
    {
        channel, listing = row.Id, row.Sku, row.Matched, row.Rule.UnitsEach, row.Rule.Buffer, row.Rule.SharePercent, row.Rule.Most, row.Rule.IsStopped,
    };

    private static async Task<IReadOnlyDictionary<string, long>> Products(Work work, string[] skus) => (await work.Query("select sku_key, id from products where merchant_id = @merchant and sku_key = any(@keys) and kind <> 'charge'",
        row => (Key: row.Text(), Id: row.Long()), ("keys", skus.Select(Text.Key).Distinct().ToArray()))).ToDictionary(p => p.Key, p => p.Id);

    private static Request? Read(JsonObject body, Checks checks)
    {
        foreach (var (name, value) in body)
        {
            bool fits = value is null ? name is "sku" or "most" : name switch
            {
                "sku" => value.GetValueKind() == JsonValueKind.String,
                "isStopped" or "isIgnored" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
                _ => value is JsonValue number && number.TryGetValue(out long _),
            };
            checks.That(fits, "/" + name, "field.malformed", name == "sku" ? "sku is a text." : name is "isStopped" or "isIgnored" ? $"{name} is true or false." : $"{name} is a whole number.");
        }
        return checks.AnyFault ? null : body.Deserialize<Request>(Json.Options);
    }
}
