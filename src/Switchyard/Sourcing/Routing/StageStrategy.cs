using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Checks drafts and says which published version decides about orders. The next order goes by it, in every process; nothing is deployed.</summary>
public static class StageStrategy
{
    /// <param name="Number">A published version; absent: the newest.</param>
    public sealed record Request(long? Number = null);

    /// <param name="Number">The version that was published; null when there are errors.</param>
    public sealed record Checked(string Object, long? Number, IReadOnlyList<RoutingFinding> Findings);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/routing/strategies/{code}/check", async (string code, Db db, NetworkReader network, TimeProvider clock, Actor actor) =>
                (await Check(code, db, network, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("routing.check").WithSummary("Check the draft of a strategy, and publish it when nothing is wrong").WithTags("Routing")
            .Produces<Checked>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        Move(routes, "promote", "Let a version decide about orders; an older one too", RoutingStage.Live);
        Move(routes, "shadow", "Let a version decide beside the live one, without effect", RoutingStage.Shadow);
        Move(routes, "retire", "Take a version out of use; without a live one the house rule decides", RoutingStage.Retired);
    }

    private static void Move(IEndpointRouteBuilder routes, string verb, string summary, RoutingStage to) =>
        routes.MapPost("/routing/strategies/{code}/" + verb, async (string code, Request? body, Db db, NetworkReader network, TimeProvider clock, Actor actor, HttpContext http) =>
                WriteStrategy.Answer(await Handle(code, body?.Number, to, db, network, clock, actor), http))
            .Requires(Permission.SettingsWrite).WithName("routing." + verb).WithSummary(summary).WithTags("Routing")
            .Produces<WriteStrategy.Response>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: routing.not_found, routing.no_draft, nodes.only_your_nodes.</remarks>
    public static async Task<Result<Checked>> Check(string code, Db db, NetworkReader network, TimeProvider clock, Actor actor)
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var settings = await Fresh(network, actor);
        return await db.Write<Checked>(actor, async work =>
        {
            var stored = Text.IsStorable(code) ? await RoutingSql.Find(work, code, isLocked: true) : null;
            if (stored is null) return RoutingErrors.NotFound;
            var newest = (await RoutingSql.Versions(work, [code], 1)).Find(_ => true);
            if (stored.Draft is null && newest is null) return RoutingErrors.NoDraft;
            var findings = RoutingLinter.Check(stored.Draft ?? newest!.Rules, settings);
            if (findings.Any(f => f.Severity == "error")) return new Checked("routingCheck", null, findings);
            if (stored.Draft is null) return new Checked("routingCheck", newest!.Number, findings);
            long number = await work.Scalar("select coalesce(max(number), 0) from routing_versions where merchant_id = @merchant and strategy = @code", ("code", code)) + 1;
            var now = clock.GetUtcNow();
            (string, object?)[] arguments = [("code", code), ("number", number), ("rules", RoutingSql.ToJson(stored.Draft)), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id)];
            await work.Execute("insert into routing_versions (merchant_id, strategy, number, rules, published_at_ms, published_by) values (@merchant, @code, @number, @rules, @now, @by)", arguments);
            await work.Execute("insert into routing_stages (merchant_id, strategy, number, state, changed_at_ms, changed_by) values (@merchant, @code, @number, 'checked', @now, @by)", arguments);
            await work.Execute("update routing_strategies set draft = null, updated_at_ms = @now, version = version + 1 where merchant_id = @merchant and code = @code", arguments);
            await EventLog.Append(work, actor, now, new Happening("routingStrategy", code, "RoutingVersionPublished", new { code, number }));
            return new Checked("routingCheck", number, findings);
        });
    }

    /// <remarks>Errors: routing.not_found, routing.no_version, routing.not_checked, routing.cannot_move, nodes.only_your_nodes.</remarks>
    public static async Task<Result<WriteStrategy.Response>> Handle(string code, long? number, RoutingStage to, Db db, NetworkReader network, TimeProvider clock, Actor actor)
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var settings = await Fresh(network, actor);
        return await db.Write<WriteStrategy.Response>(actor, async work =>
        {
            // Two promotions of one merchant, of different strategies even, come one after the other.
            await work.Query("select version from catalog_versions where merchant_id = @merchant for update", row => row.Long());
            var stored = Text.IsStorable(code) ? await RoutingSql.Find(work, code, isLocked: true) : null;
            if (stored is null) return RoutingErrors.NotFound;
            var versions = await RoutingSql.Versions(work, [code], 1);
            var version = number is { } wanted ? await RoutingSql.Version(work, code, wanted)
                : to == RoutingStage.Retired ? versions.Find(v => v.Stage == RoutingStage.Live) ?? versions.Find(v => v.Stage == RoutingStage.Shadow) ?? versions.Find(_ => true)
                : versions.MaxBy(v => v.Number);
            if (version is null) return number is null ? RoutingErrors.NotChecked([]) : RoutingErrors.NoVersion;
            if (version.Stage == to) return (await WriteStrategy.View(work, code))!;
            if (!RoutingStages.Allowed.Allows(version.Stage, to)) return RoutingErrors.CannotMove(version.Stage, to);
            if (to != RoutingStage.Retired && RoutingLinter.Check(version.Rules, settings).Where(f => f.Severity == "error").ToList() is { Count: > 0 } faults)
                return RoutingErrors.NotChecked([.. faults.Select(f => new FieldError(f.Pointer, f.Code, f.Detail))]);
            var now = clock.GetUtcNow();
            (string, object?)[] arguments = [("code", code), ("number", version.Number), ("state", RoutingStages.Name(to)), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id)];
            if (to != RoutingStage.Retired)
            {
                // What gives way is seen to have changed, also when it belongs to another strategy.
                await work.Execute("update routing_strategies set version = version + 1 where merchant_id = @merchant and code <> @code and code in (select strategy from routing_stages where merchant_id = @merchant and state = @state)", arguments);
                await work.Execute("update routing_stages set state = 'retired', changed_at_ms = @now, changed_by = @by where merchant_id = @merchant and state = @state", arguments);
            }
            await work.Execute(
                "update routing_stages set state = @state, changed_at_ms = @now, changed_by = @by where merchant_id = @merchant and strategy = @code and number = @number", arguments);
            await work.Execute("update routing_strategies set updated_at_ms = @now, version = version + 1 where merchant_id = @merchant and code = @code", arguments);
            await EventLog.Append(work, actor, now, new Happening("routingStrategy", code, to switch
            {
                RoutingStage.Live => "RoutingVersionPromoted",
                RoutingStage.Shadow => "RoutingVersionShadowed",
                _ => "RoutingVersionRetired",
            }, new { code, number = version.Number, before = RoutingStages.Name(version.Stage) }));
            await CatalogVersion.Bump(work);
            return (await WriteStrategy.View(work, code))!;
        });
    }

    private static async Task<MerchantSettings> Fresh(NetworkReader network, Actor actor)
    {
        var settings = await network.Settings(actor.Merchant);
        return await network.HasMoved(settings) ? await network.Refresh(actor.Merchant) : settings;
    }
}
