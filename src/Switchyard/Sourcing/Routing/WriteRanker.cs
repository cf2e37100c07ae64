using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Webhooks;

namespace Switchyard.Sourcing;

/// <summary>Rankers: functions of the merchant's own that strategies rank nodes by. Shows, writes and deletes them.</summary>
public static class WriteRanker
{
    private const int MostUrl = 2_000;

    /// <param name="Url">Where it is asked: https, and out in the world unless the operator allows an inner address.</param>
    /// <param name="TimeLimitMs">50 to 2,000; an answer that comes later does not count. Orders wait for it no longer.</param>
    /// <param name="IsOn">Off: strategies that name it rank without it.</param>
    /// <param name="NewSecret">Makes a new secret in place of the old one. The first one is made by itself.</param>
    public sealed record Request(string? Name = null, string? Url = null, int TimeLimitMs = RankerSettings.DefaultMs, bool IsOn = true, bool NewSecret = false);

    /// <param name="Secret">It signs what is sent, as those of webhooks do; told only in the answer that made it.</param>
    /// <param name="Failures">How often it failed in a row, as this server sees it.</param>
    /// <param name="PausedUntil">It failed so often that it is left alone until then.</param>
    /// <param name="Calls">What it said to the last orders, at most 20, as this server heard it; the newest first.</param>
    public sealed record Response(string Object, string Code, string Name, string Url, int TimeLimitMs, bool IsOn, string? Secret, int Failures, DateTimeOffset? PausedUntil,
        long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<RankerCall> Calls);

    private sealed record Stored(string Code, string Name, string Url, string Secret, int TimeLimitMs, bool IsOn, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

    private const string Select = "select code, name, url, secret, time_limit_ms, is_on, version, created_at_ms, updated_at_ms from routing_rankers where merchant_id = @merchant";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/routing/rankers", async (int? limit, string? after, Db db, AskRankers ask, Actor actor) => (await List(limit, after, db, ask, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.rankers").WithSummary("List the functions of your own that rank nodes").WithTags("Routing")
            .Produces<Page<Response>>().ProducesProblem(400);
        routes.MapGet("/routing/rankers/{code}", async (string code, Db db, AskRankers ask, Actor actor, HttpContext http) => Answer(await Find(code, db, ask, actor), http))
            .Requires(Permission.SettingsRead).WithName("routing.ranker").WithSummary("Read a ranker, and how it does").WithTags("Routing").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/routing/rankers/{code}", async (string code, Request body, Db db, OutwardHttp outward, WebhookSecrets secrets, AskRankers ask, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(code, body, expected.Value, db, outward, secrets, ask, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("routing.writeRanker").WithSummary("Make a ranker or change one; its secret is shown once").WithTags("Routing")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412).ProducesProblem(422);
        routes.MapDelete("/routing/rankers/{code}", async (string code, Db db, AskRankers ask, TimeProvider clock, Actor actor) => (await Delete(code, db, ask, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("routing.deleteRanker").WithSummary("Delete a ranker; strategies that name it rank without it").WithTags("Routing")
            .Produces<Response>().ProducesProblem(403).ProducesProblem(404);
    }

    /// <remarks>Errors: routing.ranker_changed, routing.too_many_rankers, nodes.only_your_nodes; request.invalid, with webhooks.bad_url for the address.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request body, long? expected, Db db, OutwardHttp outward, WebhookSecrets secrets, AskRankers ask, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.");
        checks.Text(body.Name, "/name", 200, required: true);
        checks.Text(body.Url, "/url", MostUrl, required: true);
        checks.Range(body.TimeLimitMs, RankerSettings.LeastMs, RankerSettings.MostMs, "/timeLimitMs");
        if (!checks.AnyFault && outward.Refusal(body.Url) is { } against) checks.Fault("/url", "webhooks.bad_url", against);
        if (checks.AnyFault) return checks.ToError();
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var (shown, sealedSecret) = secrets.Make();                              // outside of the write: keys come from the database
        string url = new Uri(body.Url!).AbsoluteUri;
        return await db.Write<Response>(actor, async work =>
        {
            var stored = await One(work, code, isLocked: true);
            if (expected is { } seen && seen != (stored?.Version ?? 0)) return RankerErrors.Changed(code, stored?.Version ?? 0);
            if (stored is null && await work.Scalar("select count(*) from routing_rankers where merchant_id = @merchant") >= RankerErrors.MostRankers) return RankerErrors.TooMany;
            bool isNew = stored is null || body.NewSecret;
            if (!isNew && (stored!.Name, stored.Url, stored.TimeLimitMs, stored.IsOn) == (body.Name, url, body.TimeLimitMs, body.IsOn)) return View(actor, ask, stored, null);
            var now = clock.GetUtcNow();
            await work.Execute(
                """
                insert into routing_rankers (merchant_id, code, name, url, secret, time_limit_ms, is_on, created_at_ms, updated_at_ms)
                values (@merchant, @code, @name, @url, @secret, @limit, @on, @now, @now)
                    on conflict (merchant_id, code) do update set name = @name, url = @url, secret = @secret, time_limit_ms = @limit, is_on = @on, updated_at_ms = @now,
                       version = routing_rankers.version + 1
                """, ("code", code), ("name", body.Name), ("url", url), ("secret", isNew ? sealedSecret : stored!.Secret), ("limit", body.TimeLimitMs), ("on", body.IsOn),
                ("now", now.ToUnixTimeMilliseconds()));
            // The address may hold a token: the log, which is never erased, is told the host only.
            await EventLog.Append(work, actor, now, new Happening("ranker", code, stored is null ? "RankerCreated" : "RankerChanged",
                new { code, host = new Uri(url).Host, body.TimeLimitMs, body.IsOn, hasNewSecret = isNew }));
            await CatalogVersion.Bump(work);
            return View(actor, ask, (await One(work, code))!, isNew ? shown : null);
        });
    }

    private static Task<Result<Response>> Delete(string code, Db db, AskRankers ask, TimeProvider clock, Actor actor) => actor.Nodes is not null
        ? Task.FromResult<Result<Response>>(NodeErrors.OnlyYourNodes) : db.Write<Response>(actor, async work =>
    {
        if (!Text.IsStorable(code) || await One(work, code, isLocked: true) is not { } stored) return RankerErrors.NotFound;
        await work.Execute("delete from routing_rankers where merchant_id = @merchant and code = @code", ("code", code));
        await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("ranker", code, "RankerDeleted", new { code }));
        await CatalogVersion.Bump(work);
        return View(actor, ask, stored, null);
    });

    private static async Task<Result<Page<Response>>> List(int? limit, string? after, Db db, AskRankers ask, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var found = await db.Read(actor, work => work.Query(Select + " and code > @after order by code limit @limit", Read, ("after", from), ("limit", most + 1L)));
        return Page<Response>.Of([.. found.Select(r => View(actor, ask, r, null))], most, r => r.Code);
    }

    private static Task<Result<Response>> Find(string code, Db db, AskRankers ask, Actor actor) => db.Read<Result<Response>>(actor, async work =>
        Text.IsStorable(code) && await One(work, code) is { } found ? View(actor, ask, found, null) : RankerErrors.NotFound);

    private static Task<Stored?> One(Work work, string code, bool isLocked = false) =>
        work.Find($"{Select} and code = @code{(isLocked ? " for update" : "")}", Read, ("code", code));

    internal static async Task<RankerSettings?> Settings(Work work, string code) => Text.IsStorable(code) && await One(work, code) is { } r
        ? new RankerSettings(r.Code, r.Url, r.Secret, r.TimeLimitMs, r.IsOn, r.Version) : null;

    private static Stored Read(Row row) => new(row.Text(), row.Text(), row.Text(), row.Text(), row.Int(), row.Bool(), row.Long(), row.Instant(), row.Instant());

    private static Response View(Actor actor, AskRankers ask, Stored r, string? secret)
    {
        var health = ask.Of(actor.Merchant, new RankerSettings(r.Code, r.Url, r.Secret, r.TimeLimitMs, r.IsOn, r.Version));
        return new Response("ranker", r.Code, r.Name, r.Url, r.TimeLimitMs, r.IsOn, secret, health.Failures, health.PausedUntil, r.Version, r.CreatedAt, r.UpdatedAt, ask.CallsOf(actor.Merchant, r.Code));
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
