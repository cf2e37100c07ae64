using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>How a merchant lets orders that wait be planned anew; every version is kept.</summary>
public sealed record ReplanSettings(long Number, [Words("off", "on")] string Mode, long MinSavingMinor, long ChurnMinor, DateTimeOffset? ChangedAt, string? ChangedBy)
{
    /// <summary>Nobody's orders move before somebody has said so; the amounts are a tenth to a fifth of what a parcel costs.</summary>
    public static readonly ReplanSettings Default = new(0, "off", 100, 50, null, null);

    public bool IsOn => Mode == "on";

    /// <summary>The newest versions of the merchant, newest first.</summary>
    internal static Task<List<ReplanSettings>> Read(Work work, int most) => work.Query(
        "select number, mode, min_saving_minor, churn_minor, changed_at_ms, changed_by from replan_settings where merchant_id = @merchant order by number desc limit @most",
        row => new ReplanSettings(row.Long(), row.Text(), row.Long(), row.Long(), row.Instant(), row.Text()), ("most", (long)most));

    internal static async Task<ReplanSettings> Read(Work work) => (await Read(work, 1)).FirstOrDefault() ?? Default;
}

/// <summary>Shows and sets whether orders that wait are planned anew by themselves, and for how much.</summary>
public static class WriteReplanSettings
{
    private const int MostVersions = 50;

    /// <param name="Mode">Whether it is done by itself: when stock, prices or capacity change, and before each wave.</param>
    /// <param name="MinSavingMinor">Less is not worth a move; moves that depend on each other count together.</param>
    /// <param name="ChurnMinor">What a move costs in itself: an order moves only where more than that is saved.</param>
    public sealed record Request([Words("off", "on")] string? Mode, long? MinSavingMinor, long? ChurnMinor);

    /// <param name="History">The versions, newest first; the first is the one that counts.</param>
    public sealed record Response(string Object, [Words("off", "on")] string Mode, long MinSavingMinor, long ChurnMinor, long Version, IReadOnlyList<ReplanSettings> History);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/routing/replan-settings", async (Db db, Actor actor, HttpContext http) => Answer(await db.Read<Result<Response>>(actor, async work => await View(work)), http))
            .Requires(Permission.SettingsRead).WithName("routing.replanSettings").WithTags("Routing").WithSummary("Read how orders that wait are planned anew")
            .Produces<Response>();
        routes.MapPut("/routing/replan-settings", async (Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("routing.writeReplanSettings").WithTags("Routing").WithSummary("Set how orders that wait are planned anew")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
    }

    /// <remarks>Errors: nodes.only_your_nodes, routing.replan_settings_changed.</remarks>
    public static async Task<Result<Response>> Handle(Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        if (actor.Nodes is not null) return Sourcing.NodeErrors.OnlyYourNodes;
        var checks = new Checks();
        checks.That(body.Mode is "off" or "on", "/mode", "field.not_one_of", "The mode is off or on.");
        checks.Amount(body.MinSavingMinor ?? 0, "/minSavingMinor");
        checks.Amount(body.ChurnMinor ?? 0, "/churnMinor");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            var (now, before) = (clock.GetUtcNow(), await ReplanSettings.Read(work));
            if (expected is { } version && version != before.Number) return ReplanErrors.Changed;
            var after = before with
            {
                Mode = body.Mode!,
                MinSavingMinor = body.MinSavingMinor ?? ReplanSettings.Default.MinSavingMinor,
                ChurnMinor = body.ChurnMinor ?? ReplanSettings.Default.ChurnMinor,
            };
            if (after == before) return await View(work);
            int made = await work.Execute(
                """
                insert into replan_settings (merchant_id, number, mode, min_saving_minor, churn_minor, changed_at_ms, changed_by)
                values (@merchant, @number, @mode, @saving, @churn, @now, @by) on conflict do nothing
                """, ("number", before.Number + 1), ("mode", after.Mode), ("saving", after.MinSavingMinor), ("churn", after.ChurnMinor),
                ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id));
            if (made == 0) return ReplanErrors.Changed;
            await EventLog.Append(work, actor, now, new Happening("routing", "replan", "ReplanSettingsChanged", new { after.Mode, after.MinSavingMinor, after.ChurnMinor }));
            if (after.IsOn && !before.IsOn) await ReplanMarks.All(work, now);
            return await View(work);
        });
    }

    private static async Task<Response> View(Work work)
    {
        var versions = await ReplanSettings.Read(work, MostVersions);
        var now = versions.FirstOrDefault() ?? ReplanSettings.Default;
        return new Response("replanSettings", now.Mode, now.MinSavingMinor, now.ChurnMinor, now.Number, versions);
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
