using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Shows the rules by which orders are held, in the order in which they are tried; makes, changes and removes them.</summary>
public static class WriteHoldRule
{
    private const int MostRules = 200;

    /// <param name="When">Which orders it is about; absent: all.</param>
    /// <param name="Reason">What people read; <c>{reason}</c> in it stands for the rule's own sentence.</param>
    public sealed record Request([Words("address", "method", "unknown_sku", "price_off_list", "payment", "risk", "blacklist", "credit", "duplicate", "documents", "manual", "customer")] string Kind, int Position, bool IsActive = true, OrderConditions? When = null, HoldSettings? Settings = null,
        string? Reason = null, [Words("line", "order")] string? Scope = null, string? Owner = null, string? Permission = null, int? ExpiresAfterMinutes = null,
        int? EscalateAfterMinutes = null, bool IsFinal = false);

    /// <param name="IsOfTheHouse">A rule every merchant has; removing a change to it brings it back as it was.</param>
    public sealed record Response(string Object, string Code, string Kind, int Position, bool IsActive, bool IsOfTheHouse, OrderConditions? When,
        HoldSettings? Settings, string? Reason, string? Scope, string? Owner, string? Permission, int? ExpiresAfterMinutes, int? EscalateAfterMinutes,
        bool IsFinal, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hold-rules", async (Db db, Actor actor) =>
                Results.Json(new Page<Response>([.. (await db.Read(actor, PolicyReader.Load, snapshot: true)).Holds.Select(View)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("holdRules.list").WithSummary("List the rules by which orders are held").WithTags("Rules").Produces<Page<Response>>();
        routes.MapGet("/hold-rules/{code}", async (string code, Db db, Actor actor, HttpContext http) => Answer(await Find(code, db, actor), http))
            .Requires(Permission.SettingsRead).WithName("holdRules.get").WithSummary("Read a rule by which orders are held").WithTags("Rules")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/hold-rules/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("holdRules.write").WithSummary("Make or change a rule by which orders are held").WithTags("Rules")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
        routes.MapDelete("/hold-rules/{code}", async (string code, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp()
                    : (await db.Write<Done>(actor, work => RuleRows.Remove(work, actor, clock.GetUtcNow(), "hold_rules", code, expected.Value))).ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("holdRules.remove").WithSummary("Remove a rule, or what was changed of one of the house").WithTags("Rules")
            .Produces<Done>().ProducesProblem(404).ProducesProblem(412);
    }

    /// <remarks>Errors: rules.changed, rules.too_many, rules.needs_prices.</remarks>
    public static async Task<Result<Response>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        if (RuleRows.Code(code) is { } bad) return bad;
        var house = DefaultRules.Holds.FirstOrDefault(r => r.Code == code);
        var rule = new HoldRule(code, body.Position, body.Kind, body.IsActive, body.When, body.Settings, body.Reason, body.Scope, body.Owner, body.Permission,
            body.ExpiresAfterMinutes, body.EscalateAfterMinutes, body.IsFinal);
        var checks = new Checks();
        DefaultRules.Check(checks, rule);
        if (!actor.May(Access.Permission.PricesRead)) HoldRule.RefuseAmounts(checks, rule);
        checks.That(house is null || house.Kind == body.Kind, "/kind", "field.conflict", $"The rule {code} of the house is of kind {house?.Kind}.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            if (!actor.May(Access.Permission.PricesRead) && (await PolicyReader.Load(work)).Holds.FirstOrDefault(r => r.Code == code) is { } stored && HasAmounts(stored)) return RuleRows.NeedsPrices;
            if (await work.Scalar("select count(*) from hold_rules where merchant_id = @merchant and code <> @code", ("code", code)) >= MostRules)
                return Error.Unprocessable("rules.too_many", $"A merchant has at most {MostRules} rules of its own.");
            var saved = await RuleRows.Save(work, actor, clock.GetUtcNow(), "hold_rules", code, rule, expected, house is not null);
            return saved.Error is { } error ? error : View(rule with { Version = saved.Value });
        });
    }

    private static bool HasAmounts(HoldRule rule)
    {
        var checks = new Checks();
        HoldRule.RefuseAmounts(checks, rule);
        return checks.AnyFault;
    }

    private static async Task<Result<Response>> Find(string code, Db db, Actor actor) =>
        (await db.Read(actor, PolicyReader.Load, snapshot: true)).Holds.FirstOrDefault(r => r.Code == code) is { } rule ? View(rule) : RuleRows.NotFound;

    internal static Response View(HoldRule r) => new("holdRule", r.Code, r.Kind, r.Position, r.IsActive, DefaultRules.Holds.Any(h => h.Code == r.Code), r.When, r.Settings,
        r.Reason, r.Scope, r.Owner, r.Permission, r.ExpiresAfterMinutes, r.EscalateAfterMinutes, r.IsFinal, r.Version);

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
