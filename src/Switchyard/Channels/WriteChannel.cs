using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Channels;

/// <summary>Shows channels, and makes or changes one.</summary>
public static class WriteChannel
{
    /// <param name="AllowSubstitutes">May another product go instead of one that is not on the shelf, where neither the order nor its customer says? Left out, it stays as it is; at first: no.</param>
    public sealed record Request(string? Name = null, string OnShort = "refuse", long SplitPenaltyMinor = 0, long Buffer = 0,
        IReadOnlyList<string?>? ExcludedNodeKinds = null, long GraceMinutes = 0, IReadOnlyList<string?>? UrgentMethods = null, bool AcceptsCancels = true,
        string PaymentRule = "authorised", string Release = "manual", int CloseAfterDays = 14, long RiskMinutes = ChannelSettings.DefaultRiskMinutes, bool? AllowSubstitutes = null);

    public sealed record Response(string Object, string Code, string Name, string OnShort, long SplitPenaltyMinor, long Buffer,
        IReadOnlyList<string> ExcludedNodeKinds, long Version, long GraceMinutes, IReadOnlyList<string> UrgentMethods, bool AcceptsCancels, string PaymentRule,
        string Release, int CloseAfterDays, long RiskMinutes, bool AllowSubstitutes);

    private const long MostBuffer = 1_000_000_000, MostGraceMinutes = 7 * 24 * 60, MostRiskMinutes = 14 * 24 * 60;
    private const int MostUrgentMethods = 20;
    private static readonly string[] NodeKinds = ["warehouse", "store", "3pl", "supplier"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/channels", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("channels.list").WithSummary("List channels").WithTags("Channels").Produces<Page<Response>>().ProducesProblem(400);
        routes.MapGet("/channels/{code}", async (string code, Db db, Actor actor, HttpContext http) => ToHttp(await Find(code, db, actor), http))
            .Requires(Permission.SettingsRead).WithName("channels.get").WithSummary("Read a channel").WithTags("Channels").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/channels/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : ToHttp(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("channels.write").WithSummary("Write a channel").WithTags("Channels").Produces<Response>()
            .ProducesProblem(400).ProducesProblem(412);
    }

    public static async Task<Result<Page<Response>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var found = await db.Read(actor, work => work.Query(
            $"select {ChannelSettings.Columns} from channels where merchant_id = @merchant and code > @after order by code limit @limit",
            row => View(ChannelSettings.Read(row)), ("after", from), ("limit", most + 1L)));
        return Page<Response>.Of(found, most, c => c.Code);
    }

    public static async Task<Result<Response>> Find(string code, Db db, Actor actor) =>
        Text.IsStorable(code) && await db.Read(actor, work => Load(work, code)) is { } found ? View(found)
            : Error.NotFound("channels.no_such_channel", $"There is no channel {code}.");

    public static async Task<Result<Response>> Handle(string code, Request body, long? expectedVersion, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.");
        checks.Text(body.Name, "/name", 200, required: true);
        checks.That(body.OnShort is "refuse" or "hold" or "backorder", "/onShort", "field.not_one_of", "onShort is refuse, hold or backorder.");
        checks.That(body.PaymentRule is "authorised" or "paid", "/paymentRule", "field.not_one_of", "paymentRule is authorised or paid.");
        checks.Amount(body.SplitPenaltyMinor, "/splitPenaltyMinor");
        checks.Range(body.Buffer, 0, MostBuffer, "/buffer");
        foreach (var (i, kind) in (body.ExcludedNodeKinds ?? []).Take(20).Index())
            checks.That(NodeKinds.Contains(kind), $"/excludedNodeKinds/{i}", "field.not_one_of", "A node is a warehouse, store, 3pl or supplier.");
        checks.That(body.Release is "manual" or "automatic", "/release", "field.not_one_of", "release is manual or automatic.");
        checks.Range(body.CloseAfterDays, 1, 365, "/closeAfterDays");
        checks.Range(body.GraceMinutes, 0, MostGraceMinutes, "/graceMinutes");
        checks.Range(body.RiskMinutes, 0, MostRiskMinutes, "/riskMinutes");
        checks.That((body.UrgentMethods?.Count ?? 0) <= MostUrgentMethods, "/urgentMethods", "field.too_many", $"At most {MostUrgentMethods} methods.");
        foreach (var (i, method) in (body.UrgentMethods ?? []).Take(MostUrgentMethods).Index()) checks.Text(method, $"/urgentMethods/{i}", 64, required: true);
        if (checks.AnyFault) return checks.ToError();
        string[] urgent = [.. (body.UrgentMethods ?? []).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        string[] kinds = [.. (body.ExcludedNodeKinds ?? []).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            var stored = await Load(work, code, locked: true);
            if (expectedVersion is { } version && (stored?.Version ?? 0) != version) return CatalogErrors.Changed($"Channel {code}", stored?.Version ?? 0);
            var wanted = new ChannelSettings(stored?.Id ?? 0, stored?.Code ?? code, body.Name!, body.OnShort, body.SplitPenaltyMinor, body.Buffer, kinds, 0)
            {
                GraceMinutes = body.GraceMinutes, UrgentMethods = urgent, AcceptsCancels = body.AcceptsCancels, PaymentRule = body.PaymentRule,
                Release = body.Release, CloseAfterDays = body.CloseAfterDays, RiskMinutes = body.RiskMinutes, AllowSubstitutes = body.AllowSubstitutes ?? stored?.AllowSubstitutes ?? false,
            };
            if (stored is not null && View(stored) with { Version = 0 } is var before && JsonSerializer.Serialize(before) == JsonSerializer.Serialize(View(wanted)))
                return View(stored);
            (string, object?)[] fields = [("code", wanted.Code), ("name", body.Name), ("onShort", body.OnShort), ("penalty", body.SplitPenaltyMinor),
                ("buffer", body.Buffer), ("kinds", JsonSerializer.Serialize(kinds)),
                ("grace", body.GraceMinutes), ("urgent", JsonSerializer.Serialize(urgent)), ("accepts", body.AcceptsCancels), ("rule", body.PaymentRule),
                ("release", body.Release), ("days", body.CloseAfterDays), ("risk", body.RiskMinutes), ("substitutes", wanted.AllowSubstitutes)];
            await work.Execute(
                """
                insert into channels (merchant_id, code, name, on_short, split_penalty_minor, buffer, excluded_node_kinds,
                       grace_minutes, urgent_methods, accepts_cancels, payment_rule, release, close_after_days, risk_minutes, allow_substitutes)
                values (@merchant, @code, @name, @onShort, @penalty, @buffer, @kinds, @grace, @urgent, @accepts, @rule, @release, @days, @risk, @substitutes)
                on conflict (merchant_id, code) do update set name = @name, on_short = @onShort, split_penalty_minor = @penalty,
                    buffer = @buffer, excluded_node_kinds = @kinds, grace_minutes = @grace, urgent_methods = @urgent, accepts_cancels = @accepts, payment_rule = @rule,
                    release = @release, close_after_days = @days, risk_minutes = @risk, allow_substitutes = @substitutes,
                    version = channels.version + 1
                """, fields);
            await EventLog.Append(work, actor, now, new Happening("channel", wanted.Code, stored is null ? "ChannelCreated" : "ChannelChanged",
                new
                {
                    wanted.Code, wanted.Name, wanted.OnShort, wanted.SplitPenaltyMinor, wanted.Buffer, wanted.ExcludedNodeKinds, wanted.GraceMinutes, wanted.UrgentMethods, wanted.AcceptsCancels, wanted.PaymentRule,
                    wanted.Release, wanted.CloseAfterDays, wanted.RiskMinutes, wanted.AllowSubstitutes,
                }));
            await CatalogVersion.Bump(work);
            return View((await Load(work, wanted.Code))!);
        });
    }

    // Codes compare as everywhere: web and WEB are one channel. A merchant has few channels, so they are compared here.
    private static async Task<ChannelSettings?> Load(Work work, string code, bool locked = false) => (await work.Query(
        $"select {ChannelSettings.Columns} from channels where merchant_id = @merchant order by id {(locked ? "for update" : "")}", ChannelSettings.Read))
        .Find(c => Text.Key(c.Code) == Text.Key(code));

    private static Response View(ChannelSettings c) =>
        new("channel", c.Code, c.Name, c.OnShort, c.SplitPenaltyMinor, c.Buffer, c.ExcludedNodeKinds, c.Version, c.GraceMinutes, c.UrgentMethods, c.AcceptsCancels, c.PaymentRule,
            c.Release, c.CloseAfterDays, c.RiskMinutes, c.AllowSubstitutes);

    private static IResult ToHttp(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
