using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>One part of the stock as a caller writes it.</summary>
/// <param name="Channels">Codes; none means any channel.</param>
/// <param name="CustomerTags">The customer has one of them; none means anybody.</param>
/// <param name="Percent">Of what there is and was since the rule began. Or <paramref name="Units"/>.</param>
public sealed record SharePartBody(string? Name = null, IReadOnlyList<string?>? Channels = null, IReadOnlyList<string?>? CustomerTags = null, decimal? Percent = null, long? Units = null);

/// <summary>How the stock of some SKUs is divided, as a caller writes it.</summary>
/// <param name="Priority">Of several rules that cover a SKU the one with the lowest number counts, of equals the first code.</param>
/// <param name="Skus">With no SKUs, tags and groups it covers every SKU.</param>
/// <param name="Groups">Groups of variants.</param>
/// <param name="Parts">An order or cart belongs to the first part that takes it; who belongs to none is sold the rest.</param>
/// <param name="Overflow">strict: a part that is used up sells no more. shared: it may sell of the rest too.</param>
/// <param name="Restart">Forget what was sold so far. A new rule, and one that is switched on, begins anew too.</param>
public sealed record ShareBody(string? Name = null, int Priority = 0, IReadOnlyList<string?>? Skus = null, IReadOnlyList<string?>? Tags = null, IReadOnlyList<string?>? Groups = null,
    IReadOnlyList<SharePartBody?>? Parts = null, [Words("strict", "shared")] string Overflow = "strict", bool IsActive = true, bool Restart = false);

/// <param name="CountsSince">What was sold since then counts.</param>
public sealed record ShareView(string Object, string Code, string Name, int Priority, IReadOnlyList<string?> Skus, IReadOnlyList<string?> Tags, IReadOnlyList<string?> Groups,
    IReadOnlyList<SharePartBody?> Parts, [Words("strict", "shared")] string Overflow, bool IsActive, DateTimeOffset CountsSince, DateTimeOffset UpdatedAt, long Version)
{
    internal static ShareView Of(StoredShare s) => new("share", s.Code, s.Body.Name!, s.Priority, s.Body.Skus!, s.Body.Tags!, s.Body.Groups!, s.Body.Parts!, s.Body.Overflow,
        s.IsActive, s.StartedAt, s.UpdatedAt, s.Version);
}

/// <summary>Shows the rules by which stock is divided among channels and groups of customers, and writes one.</summary>
public static class WriteShare
{
    private const int MostParts = 20, MostSkus = 1_000, MostNames = 50, MostRules = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inventory/shares", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("shares.list").WithSummary("List how stock is divided among channels").WithTags("Inventory").Produces<Page<ShareView>>().ProducesProblem(400);
        routes.MapGet("/inventory/shares/{code}", async (string code, Db db, Actor actor, HttpContext http) => ToHttp(await Find(code, db, actor), http))
            .Requires(Permission.InventoryRead).WithName("shares.get").WithSummary("Read how some stock is divided").WithTags("Inventory").Produces<ShareView>().ProducesProblem(404);
        routes.MapGet("/inventory/shares/{code}/history", async (string code, int? limit, string? after, Db db, Actor actor) => (await History(code, limit, after, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("shares.history").WithSummary("Who changed how some stock is divided, newest first").WithTags("Inventory")
            .Produces<Page<ThingHistory.Entry>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPut("/inventory/shares/{code}", async (string code, ShareBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : ToHttp(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("shares.write").WithSummary("Divide some stock among channels").WithTags("Inventory").Produces<ShareView>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(412).ProducesProblem(422);
    }

    public static async Task<Result<Page<ShareView>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        if (!Cursor.TryDecode(after, out string from) || !Text.IsStorable(from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => ShareSql.Page(work, from, most + 1));
        return Page<ShareView>.Of([.. found.Select(ShareView.Of)], most, s => s.Code);
    }

    private static async Task<Result<ShareView>> Find(string code, Db db, Actor actor) =>
        Text.IsStorable(code) && await db.Read(actor, work => ShareSql.Find(work, code)) is { } found ? ShareView.Of(found) : NotFound(code);

    private static async Task<Result<Page<ThingHistory.Entry>>> History(string code, int? limit, string? after, Db db, Actor actor) => !Text.IsStorable(code) ? NotFound(code)
        : await ThingHistory.Read(db, actor, "share", limit, after, NotFound(code), async work => (await ShareSql.Find(work, code))?.Code);

    /// <remarks>Errors: catalog.changed_meanwhile, inventory.too_many_shares.</remarks>
    public static async Task<Result<ShareView>> Handle(string code, ShareBody body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;        // shares are of the stock of all nodes
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.");
        body = Check(body, checks);
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<ShareView>(actor, async work =>
        {
            var stored = await ShareSql.Find(work, code, isLocked: true);
            if (expected is { } version && (stored?.Version ?? 0) != version) return CatalogErrors.Changed($"Share {code}", stored?.Version ?? 0);
            if (await Unknown(work, body) is { } unknown) return unknown;
            if (stored is null && await work.Scalar("select count(*) from share_rules where merchant_id = @merchant") >= MostRules)
                return Error.Unprocessable("inventory.too_many_shares", $"A merchant has at most {MostRules} rules of this kind.");
            bool begins = body.Restart || stored is null || body.IsActive && !stored.IsActive;
            long? epoch = begins ? 1 + await work.Scalar("select coalesce(max(epoch), 0) from share_rules where merchant_id = @merchant") : null;
            await ShareSql.Write(work, code, body, epoch, now);
            await EventLog.Append(work, actor, now, new Happening("share", code, stored is null ? "ShareCreated" : "ShareChanged",
                new { code, body.Name, body.Priority, body.Skus, body.Tags, body.Groups, body.Parts, body.Overflow, body.IsActive, isBegunAnew = begins }));
            await CatalogVersion.Bump(work);
            return ShareView.Of((await ShareSql.Find(work, code))!);
        });
    }

    /// <summary>The rule with what was left out filled in.</summary>
    internal static ShareBody Check(ShareBody body, Checks checks)
    {
        checks.Text(body.Name, "/name", 200, required: true);
        checks.Range(body.Priority, 0, 1_000, "/priority");
        checks.That(body.Overflow is "strict" or "shared", "/overflow", "field.not_one_of", "overflow is strict or shared.");
        Names(checks, body.Skus, "/skus", MostSkus, 200);
        Names(checks, body.Tags, "/tags", MostNames, 64);
        Names(checks, body.Groups, "/groups", MostNames, 200);
        checks.That(body.Parts is { Count: > 0 and <= MostParts }, "/parts", "field.out_of_range", $"Send 1 to {MostParts} parts.");
        var names = new HashSet<string>();
        foreach (var (i, part) in (body.Parts ?? []).Take(MostParts).Index())
        {
            string at = $"/parts/{i}";
            if (part is null) { checks.Fault(at, "field.required", "A part may not be null."); continue; }
            checks.Text(part.Name, at + "/name", 100, required: true);
            checks.That(part.Name is null || names.Add(part.Name), at + "/name", "field.repeated", "Two parts have this name.");
            Names(checks, part.Channels, at + "/channels", MostNames, 64);
            Names(checks, part.CustomerTags, at + "/customerTags", MostNames, 64);
            checks.That((part.Channels?.Count ?? 0) + (part.CustomerTags?.Count ?? 0) > 0, at + "/channels", "field.required", "A part names channels, customer tags or both.");
            checks.That(part.Percent is null ^ part.Units is null, at, "inventory.percent_or_units", "A part has either percent or units.");
            checks.That(part.Percent is null or >= 0 and <= 100 && decimal.Round(part.Percent ?? 0, 2) == (part.Percent ?? 0), at + "/percent", "field.out_of_range", "A percentage is from 0 to 100, with at most two decimals.");
            if (part.Units is { } units) checks.Range(units, 0, Checks.MaxQuantity, at + "/units");
        }
        checks.That((body.Parts ?? []).Take(MostParts).Sum(p => Math.Clamp(p?.Percent ?? 0, 0, 100)) <= 100, "/parts", "inventory.share_above_100", "The parts are more than 100 percent together.");
        return body with { Skus = body.Skus ?? [], Tags = body.Tags ?? [], Groups = body.Groups ?? [] };
    }

    internal static Error NotFound(string code) => Error.NotFound("inventory.no_such_share", $"There is no share {code}.");

    /// <summary>Channels and SKUs that a rule names and nobody knows.</summary>
    internal static async Task<Error?> Unknown(Work work, ShareBody body)
    {
        var checks = new Checks();
        var batch = work.Batch();
        var channels = ChannelsRoom.Channels(batch);
        string[] keys = [.. body.Skus!.Select(s => Text.Key(s!)).Distinct()];
        var skus = batch.Query("select sku_key from products where merchant_id = @merchant and sku_key = any(@keys)", row => row.Text(), ("keys", keys));
        await batch.Run();
        foreach (var (i, sku) in body.Skus!.Index()) checks.That(skus.Contains(Text.Key(sku!)), $"/skus/{i}", StockErrors.UnknownSku, $"There is no product {sku}.");
        foreach (var (i, part) in body.Parts!.Index())
            foreach (var (j, code) in (part!.Channels ?? []).Index())
                checks.That(channels.Exists(c => Text.Key(c.Code) == Text.Key(code!)), $"/parts/{i}/channels/{j}", "inventory.unknown_channel", $"There is no channel {code}.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static void Names(Checks checks, IReadOnlyList<string?>? names, string pointer, int most, int length)
    {
        checks.That((names?.Count ?? 0) <= most, pointer, "field.too_many", $"At most {most} are taken here.");
        foreach (var (i, name) in (names ?? []).Take(most).Index()) checks.Text(name, $"{pointer}/{i}", length, required: true);
    }

    private static IResult ToHttp(Result<ShareView> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
