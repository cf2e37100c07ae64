using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Shows the strategies by which orders are sent, and writes their drafts. A draft decides nothing until it is checked and promoted.</summary>
public static class WriteStrategy
{
    private const int MostStrategies = 100, MostVersions = 50;

    /// <param name="Rules">The draft.</param>
    public sealed record Request(string? Name = null, RoutingRules? Rules = null);

    /// <param name="Draft">What is worked on; null while there is nothing that was not published.</param>
    /// <param name="Versions">The newest 50 that were published, newest first, and those in use.</param>
    public sealed record Response(string Object, string Code, string Name, long? Live, long? Shadow, RoutingRules? Draft, IReadOnlyList<VersionView> Versions, long Version,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

    public sealed record VersionView(string Object, long Number, [property: Words("checked", "live", "shadow", "retired")] string State, RoutingRules? Rules,
        DateTimeOffset PublishedAt, string PublishedBy, DateTimeOffset ChangedAt, string ChangedBy);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/routing/strategies", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.list").WithSummary("List routing strategies").WithTags("Routing").Produces<Page<Response>>().ProducesProblem(400);
        routes.MapGet("/routing/strategies/{code}", async (string code, Db db, Actor actor, HttpContext http) => Answer(await Find(code, db, actor), http))
            .Requires(Permission.SettingsRead).WithName("routing.get").WithSummary("Read a routing strategy").WithTags("Routing").Produces<Response>().ProducesProblem(404);
        routes.MapGet("/routing/strategies/{code}/versions/{number}", async (string code, long number, Db db, Actor actor) => (await FindVersion(code, number, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.version").WithSummary("Read a published version of a strategy").WithTags("Routing")
            .Produces<VersionView>().ProducesProblem(404);
        routes.MapPut("/routing/strategies/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("routing.write").WithSummary("Make a routing strategy or change its draft").WithTags("Routing")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412).ProducesProblem(422);
    }

    /// <remarks>Errors: routing.changed, routing.too_many, nodes.only_your_nodes, rules.needs_prices, request.invalid.</remarks>
    public static Task<Result<Response>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.");
        checks.Text(body.Name, "/name", 200, required: true);
        RoutingForm.Check(checks, body.Rules, "/rules");
        if (body.Rules is not null && !actor.May(Permission.PricesRead)) RoutingForm.RefuseAmounts(checks, body.Rules, "/rules");
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        if (actor.Nodes is not null) return Task.FromResult<Result<Response>>(NodeErrors.OnlyYourNodes);
        return db.Write<Response>(actor, async work =>
        {
            var stored = await RoutingSql.Find(work, code, isLocked: true);
            if (expected is { } seen && seen != (stored?.Version ?? 0)) return RoutingErrors.Changed(code, stored?.Version ?? 0);
            if (stored is null && await work.Scalar("select count(*) from routing_strategies where merchant_id = @merchant") >= MostStrategies) return RoutingErrors.TooMany;
            if (!actor.May(Permission.PricesRead) && stored?.Draft is { } before && AsksAmounts(before))
                return Error.Forbidden(RoutingForm.Amounts, "The draft has conditions on amounts, which only whoever has prices:read may change.");
            string draft = RoutingSql.ToJson(body.Rules!);
            long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (stored is null || stored.Name != body.Name || stored.Draft is null || RoutingSql.ToJson(stored.Draft) != draft)
            {
                await work.Execute(
                    """
                    insert into routing_strategies (merchant_id, code, name, draft, created_at_ms, updated_at_ms) values (@merchant, @code, @name, @draft, @now, @now)
                        on conflict (merchant_id, code) do update set name = @name, draft = @draft, updated_at_ms = @now, version = routing_strategies.version + 1
                    """, ("code", code), ("name", body.Name), ("draft", draft), ("now", now));
                await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("routingStrategy", code, stored is null ? "RoutingStrategyCreated" : "RoutingStrategyChanged",
                    new { code, scenarios = body.Rules!.Scenarios!.Count }));
            }
            return (await View(work, code))!;
        });
    }

    private static bool AsksAmounts(RoutingRules rules)
    {
        var checks = new Checks();
        RoutingForm.RefuseAmounts(checks, rules, "");
        return checks.AnyFault;
    }

    public static async Task<Result<Page<Response>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        return await db.Read<Result<Page<Response>>>(actor, async work =>
        {
            var page = Page<StoredStrategy>.Of(await RoutingSql.Page(work, from, most + 1), most, s => s.Code);
            var versions = (await RoutingSql.Versions(work, [.. page.Data.Select(s => s.Code)], 1)).ToLookup(v => v.Strategy);
            return new Page<Response>([.. page.Data.Select(s => Of(s, [.. versions[s.Code]]))], page.Next, page.HasMore);
        }, snapshot: true);
    }

    private static Task<Result<Response>> Find(string code, Db db, Actor actor) => db.Read<Result<Response>>(actor, async work =>
        Text.IsStorable(code) && await View(work, code) is { } found ? found : RoutingErrors.NotFound, snapshot: true);

    private static Task<Result<VersionView>> FindVersion(string code, long number, Db db, Actor actor) => db.Read<Result<VersionView>>(actor, async work =>
        Text.IsStorable(code) && await RoutingSql.Version(work, code, number) is { } found ? Of(found, withRules: true) : RoutingErrors.NoVersion);

    internal static async Task<Response?> View(Work work, string code) =>
        await RoutingSql.Find(work, code) is { } found ? Of(found, await RoutingSql.Versions(work, [code], MostVersions)) : null;

    private static Response Of(StoredStrategy s, IReadOnlyList<StoredVersion> versions) => new("routingStrategy", s.Code, s.Name,
        versions.FirstOrDefault(v => v.Stage == RoutingStage.Live)?.Number, versions.FirstOrDefault(v => v.Stage == RoutingStage.Shadow)?.Number, s.Draft,
        [.. versions.Select(v => Of(v, withRules: false))], s.Version, s.CreatedAt, s.UpdatedAt);

    internal static VersionView Of(StoredVersion v, bool withRules) => new("routingVersion", v.Number, RoutingStages.Name(v.Stage), withRules ? v.Rules : null,
        v.PublishedAt, v.PublishedBy, v.ChangedAt, v.ChangedBy);

    internal static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
