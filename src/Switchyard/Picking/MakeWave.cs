using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>Plans a wave: releases of a node chosen by name or by rule, cut into tours, with what they walk and take. A preview writes nothing.</summary>
public static class MakeWave
{
    private const int MostTotes = 100;

    /// <param name="Method">single (the usual), batch, cluster or zone.</param>
    /// <param name="Fulfilments">Releases by their ids; those that wait and that the rule takes, when left out.</param>
    /// <param name="Only">The rule; together with ids both must hold.</param>
    /// <param name="Most">Releases of the wave, the most urgent first.</param>
    /// <param name="Totes">Releases that go round together: places of the cart.</param>
    /// <param name="Tours">At least so many tours: one for each picker who waits.</param>
    /// <param name="Priority">Of its tours; that of its most urgent release when left out.</param>
    /// <param name="Skill">Only operatives with it are given its tours.</param>
    public sealed record Request(string? Node, string? Method = null, IReadOnlyList<FulfilmentId>? Fulfilments = null, WaveRule? Only = null, int? Most = null, int? Totes = null,
        int? Tours = null, int? Priority = null, string? Skill = null);

    /// <summary>What a wave would be.</summary>
    /// <param name="FacesShort">Pick faces that hold less than this wave needs of them: best filled before it is released.</param>
    public sealed record Preview(string Object, string Node, string Method, int Releases, long Units, int Tasks, long Unplaced, long? WalkMm, long Seconds, int FacesShort, IReadOnlyList<TourPreview> Tours);
    public sealed record TourPreview(string? Zone, int Releases, int Stops, long Units, long? WalkMm, long Seconds, IReadOnlyList<string> Bins);

    internal sealed record Planned(long Node, string Code, PickMethod Method, IReadOnlyList<PickableRelease> Releases, IReadOnlyList<PlannedTour> Tours)
    {
        public long? WalkMm => Tours.Any(t => t.WalkMm is null) ? null : Tours.Sum(t => t.WalkMm);
        public long Seconds => Tours.Sum(t => t.Seconds);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/waves/preview", async (Request? body, Db db, TimeProvider clock, Actor actor) => (await Look(body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("waves.preview").WithTags("Picking").WithSummary("See what a wave would be, how far it walks and how long it takes")
            .Produces<Preview>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/waves", async (Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created))
            .Requires(Permission.FulfilmentManage).WithName("waves.make").WithTags("Picking").WithSummary("Plan a wave")
            .Produces<WaveView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: nodes.no_such_node, picking.nothing_to_pick.</remarks>
    public static Task<Result<Preview>> Look(Request? body, Db db, TimeProvider clock, Actor actor) => Checked(body) is { } error ? Task.FromResult<Result<Preview>>(error)
        : db.Read<Result<Preview>>(actor, async work =>
        {
            var planned = await Plan(work, actor, body!, clock.GetUtcNow());
            if (planned.Error is { } refused) return refused;
            var plan = planned.Value;
            return new Preview("wavePreview", plan.Code, Name(plan.Method), plan.Releases.Count, plan.Releases.Sum(r => r.Units), plan.Tours.Sum(t => t.Tasks.Count),
                plan.Tours.SelectMany(t => t.Tasks).Where(t => t.Bin is null).Sum(t => t.Units), plan.WalkMm, plan.Seconds,
                await FacesShort(work, plan), [.. plan.Tours.Select(t => new TourPreview(t.Zone.Length == 0 ? null : t.Zone, t.Tasks.Select(x => x.Release.Id).Distinct().Count(), t.Stops, t.Tasks.Sum(x => x.Units), t.WalkMm, t.Seconds,
                    [.. t.Tasks.Select(x => x.Bin?.Code).OfType<string>().Distinct()]))]);
        }, snapshot: true);

    /// <remarks>Errors: nodes.no_such_node, picking.nothing_to_pick.</remarks>
    public static Task<Result<WaveView>> Handle(Request? body, Db db, TimeProvider clock, Actor actor) => Checked(body) is { } error ? Task.FromResult<Result<WaveView>>(error)
        : db.Write<WaveView>(actor, async work =>
        {
            var made = await Make(work, actor, body!, clock.GetUtcNow());
            if (made.Error is { } refused) return refused;
            return (await WaveRows.Find(work, made.Value.Wave))!;
        });

    /// <summary>Plans and writes a wave in the caller's transaction.</summary>
    /// <param name="least">With fewer releases there is no wave.</param>
    /// <remarks>Errors: nodes.no_such_node, picking.nothing_to_pick, picking.too_few, picking.taken_meanwhile.</remarks>
    internal static async Task<Result<(WaveId Wave, int Releases)>> Make(Work work, Actor actor, Request body, DateTimeOffset now, int least = 1)
    {
        var planned = await Plan(work, actor, body, now);
        if (planned.Error is { } refused) return refused;
        var plan = planned.Value;
        if (plan.Releases.Count < least) return PickingErrors.TooFew;
        var id = WaveId.New(now);
        await Insert(work, actor, id, plan, body, now);
        // Somebody else may have put one of these releases into a wave since they were read: the index says which.
        int taken = await work.Execute(
            """
            insert into wave_releases (wave_id, fulfilment_id, merchant_id) select @wave, r.id, @merchant from @rows r where true order by r.id
                on conflict (fulfilment_id) where is_live do nothing
            """, Rows.Of([.. plan.Releases.OrderBy(r => r.Id.Value)]).Uuid("id", r => r.Id.Value), ("wave", id.Value));
        if (taken < plan.Releases.Count) return Error.Conflict("picking.taken_meanwhile", "Another wave has taken one of these releases meanwhile. Try again.");
        await EventLog.Append(work, actor, now, new Happening("wave", id.ToString(), "WaveMade",
            new { node = plan.Code, method = Name(plan.Method), releases = plan.Releases.Count, tours = plan.Tours.Count, walkMm = plan.WalkMm }));
        return (id, plan.Releases.Count);
    }

    internal static string Name(PickMethod method) => method.ToString().ToLowerInvariant();

    /// <param name="at">Before the pointers of its faults.</param>
    internal static Error? Checked(Request? body, string at = "")
    {
        var checks = new Checks();
        checks.Text(body?.Node, at + "/node", 64, required: true);
        checks.That(body?.Method is null || MethodOf(body.Method) is not null, at + "/method", "field.unknown_value", "method is single, batch, cluster or zone.");
        checks.Range(body?.Fulfilments?.Count ?? 1, 1, PickableReleases.Most, at + "/fulfilments");
        checks.Range(body?.Most ?? 1, 1, PickableReleases.Most, at + "/most");
        checks.Range(body?.Totes ?? 1, 1, MostTotes, at + "/totes");
        checks.Range(body?.Tours ?? 1, 1, MostTotes, at + "/tours");
        checks.Range(body?.Priority ?? 0, -1000, 1000, at + "/priority");
        checks.Text(body?.Skill, at + "/skill", 64);
        checks.Text(body?.Only?.Zone, at + "/only/zone", 64);
        checks.Text(body?.Only?.DeliveryMethod, at + "/only/deliveryMethod", 64);
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static PickMethod? MethodOf(string name) => Enum.GetValues<PickMethod>().Cast<PickMethod?>().FirstOrDefault(m => Name(m!.Value) == name);

    private static async Task<Result<Planned>> Plan(Work work, Actor actor, Request body, DateTimeOffset now)
    {
        if (await PickableReleases.Node(work, actor, body.Node) is not { } node) return PickingErrors.NoSuchNode;
        var method = MethodOf(body.Method ?? "single")!.Value;
        var releases = await PickableReleases.Find(work, node.Id, body.Only ?? new WaveRule(), body.Fulfilments, body.Most ?? PickableReleases.Most);
        var house = await PickableReleases.House(work, node.Id, releases, now);
        if (body.Only?.Zone is { } zone)
            releases = [.. releases.Where(r => r.Lines.All(l => house.Bins.Where(b => b.SkuId == l.SkuId && b.Bin.Zone == zone).Sum(b => b.Units) >= l.Units))];
        if (releases.Count == 0) return PickingErrors.NothingToPick;
        var tours = PickPlan.Of(releases, house, new PickCut(method, body.Totes ?? (method == PickMethod.Single ? 1 : 20), body.Tours ?? 1));
        return new Planned(node.Id, node.Code, method, releases, tours);
    }

    // Business orders are picked from bulk; what other walks are to take from a face is not there for this one.
    private static async Task<int> FacesShort(Work work, Planned plan)
    {
        var needed = plan.Tours.SelectMany(t => t.Tasks).Where(t => !t.Release.IsBusiness).GroupBy(t => t.Line.SkuId).ToDictionary(g => g.Key, g => g.Sum(t => t.Units));
        var faces = needed.Count == 0 ? [] : await FaceRows.Find(work, plan.Node, [.. needed.Keys], onlyNeeds: false);
        return faces.Count(f => needed[f.SkuId] > f.Units - f.AtFace);
    }

    private static async Task Insert(Work work, Actor actor, WaveId id, Planned plan, Request body, DateTimeOffset now)
    {
        var tours = plan.Tours.Select((tour, i) => (Id: PickTourId.New(now), No: i + 1, Tour: tour)).ToList();
        var tasks = tours.SelectMany(t => t.Tour.Tasks.Select((task, i) => (Id: PickTaskId.New(now), Tour: t.Id, Stop: i + 1, Task: task))).ToList();
        var batch = work.Batch();
        batch.Execute(
            """
            insert into waves (id, merchant_id, node_id, method, state, priority, skill, releases, units, walk_mm, seconds, made_by, created_at_ms)
            values (@id, @merchant, @node, @method, 'planned', @priority, @skill, @releases, @units, @walk::bigint, @seconds, @by, @now)
            """, ("id", id.Value), ("node", plan.Node), ("method", Name(plan.Method)), ("priority", body.Priority ?? plan.Releases.Max(r => r.Priority)), ("skill", body.Skill ?? ""),
            ("releases", plan.Releases.Count), ("units", plan.Releases.Sum(r => r.Units)), ("walk", plan.WalkMm), ("seconds", plan.Seconds), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        batch.Execute(
            """
            insert into pick_tours (id, merchant_id, wave_id, node_id, tour_no, zone, skill, has_totes, state, priority, ship_by_ms, stops, walk_mm, seconds)
            select r.id, @merchant, @wave, @node, r.no, r.zone, @skill, @totes, 'planned', r.priority, r.ship_by, r.stops, r.walk, r.seconds from @rows r
            """,
            Rows.Of(tours).Uuid("id", t => t.Id.Value).Int("no", t => t.No).Text("zone", t => t.Tour.Zone)
                .Int("priority", t => body.Priority ?? t.Tour.Tasks.Max(x => x.Release.Priority)).Long("ship_by", t => t.Tour.ShipByMs).Int("stops", t => t.Tour.Stops)
                .LongOrNull("walk", t => t.Tour.WalkMm).Long("seconds", t => t.Tour.Seconds),
            ("wave", id.Value), ("node", plan.Node), ("skill", body.Skill ?? ""), ("totes", plan.Method is PickMethod.Cluster or PickMethod.Zone));
        batch.Execute(
            """
            insert into pick_tasks (id, merchant_id, tour_id, wave_id, node_id, stop_no, fulfilment_id, line_no, sku_id, sku, bin, zone, lot, tote_no, quantity, state)
            select r.id, @merchant, r.tour, @wave, @node, r.stop, r.fulfilment, r.line, r.sku_id, r.sku, r.bin, r.zone, r.lot, r.tote, r.quantity, 'open' from @rows r
            """,
            Rows.Of(tasks).Uuid("id", t => t.Id.Value).Uuid("tour", t => t.Tour.Value).Int("stop", t => t.Stop).Uuid("fulfilment", t => t.Task.Release.Id.Value).Int("line", t => t.Task.Line.Line)
                .Long("sku_id", t => t.Task.Line.SkuId).Text("sku", t => t.Task.Line.Sku).Text("bin", t => t.Task.Bin?.Code ?? "").Text("zone", t => t.Task.Bin?.Zone ?? "").Text("lot", t => t.Task.Lot)
                .Int("tote", t => t.Task.ToteNo).Long("quantity", t => t.Task.Units),
            ("wave", id.Value), ("node", plan.Node));
        await batch.Run();
    }
}
