using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>A node as the API shows it.</summary>
public sealed record NodeView(string Object, string Code, string Name, [Words("warehouse", "store", "3pl", "supplier")] string Kind, Address Address, string? Country, string? Postcode,
    Position? Position, string TimeZone, IReadOnlyDictionary<string, IReadOnlyList<OpenTime?>?> OpeningHours,
    IReadOnlyDictionary<string, string?> CutOffs, IReadOnlyList<string?> Services, long PickFixedMinor, long HandlingMinor, int LeadDays,
    bool IsActive, long Version, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<string?> ClosedDays { get; init; } = [];
    public IReadOnlyList<string?> Groups { get; init; } = [];
    public IReadOnlyDictionary<string, string?> Attributes { get; init; } = new Dictionary<string, string?>();
    public IReadOnlyList<FeedStep?> FeedSteps { get; init; } = [];
    public bool SellsOnline { get; init; } = true;

    /// <summary>Customers may collect there; null: they may not.</summary>
    public NodeCollect? Collect { get; init; }

    /// <summary>It delivers on the day; null: it does not.</summary>
    public NodeSameDay? SameDay { get; init; }

    /// <summary>Its stock feed; null where nobody fed it and no rule asks.</summary>
    public NodeFeed? Feed { get; init; }

    /// <summary>What is wrong with the live routing strategy now that the node is as it is.</summary>
    public IReadOnlyList<RoutingFinding> Warnings { get; init; } = [];

    public static NodeView Of(StoredNode s) => new("node", s.Body.Code!, s.Body.Name!, s.Body.Kind!, s.Body.Address!, s.Body.Country,
        s.Body.Postcode, s.Body.Position, s.Body.TimeZone!, s.Body.OpeningHours!, s.Body.CutOffs!, s.Body.Services!, s.Body.PickFixedMinor,
        s.Body.HandlingMinor, s.Body.LeadDays, s.Body.IsActive, s.Version, s.CreatedAt)
    {
        ClosedDays = s.Body.ClosedDays!, Groups = s.Body.Groups!, Attributes = s.Body.Attributes!, Collect = s.Body.Collect, SameDay = s.Body.SameDay,
        FeedSteps = s.Body.FeedSteps!, SellsOnline = s.Body.SellsOnline!.Value
    };
}

/// <param name="FedAt">When its levels were last told by a feed; null when never.</param>
/// <param name="TrustPercent">Percent of what is on hand that is believed at this age.</param>
public sealed record NodeFeed(DateTimeOffset? FedAt, decimal? AgeHours, int TrustPercent)
{
    internal static NodeFeed? Of(StoredNode node, long? fedAtMs, DateTimeOffset now)
    {
        long nowMs = now.ToUnixTimeMilliseconds();
        var rule = node.Body.FeedSteps is { Count: > 0 } steps ? new FeedRule([.. steps.Select(s => s!)], node.FeedSinceMs ?? nowMs) : null;
        return fedAtMs is null && rule is null ? null : new NodeFeed(fedAtMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
            fedAtMs is { } fed ? Math.Round((nowMs - fed) / 3_600_000m, 2) : null, rule?.TrustPercent(fedAtMs, nowMs) ?? 100);
    }
}

/// <summary>Makes a node (POST), or makes it exactly as told (PUT, which also makes it when there is none).</summary>
public static class WriteNode
{
    private const int MostMerchants = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/nodes", async (NodeBody body, Db db, WatchStrategies strategies, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Warned(await Handle(body, null, null, db, clock, actor), strategies, actor)).ToHttp(http, StatusCodes.Status201Created))
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("nodes.create").WithSummary("Add a node: warehouse, store, 3PL or supplier").WithTags("Nodes").Produces<NodeView>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

        routes.MapPut("/nodes/{code}", async (string code, NodeBody body, Db db, WatchStrategies strategies, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : (await Warned(await Handle(body, code, expected.Value, db, clock, actor), strategies, actor)).ToHttp(http);
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("nodes.replace").WithSummary("Write a node").WithTags("Nodes").Produces<NodeView>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(412);
    }

    private static async Task<Result<NodeView>> Warned(Result<NodeView> written, WatchStrategies strategies, Actor actor) =>
        written.IsOk ? written.Value with { Warnings = await strategies.Look(actor.Merchant) } : written;

    /// <param name="code">Null to make a new node; else the code to write.</param>
    public static async Task<Result<NodeView>> Handle(NodeBody body, string? code, long? expectedVersion, Db db, TimeProvider clock, Actor actor)
    {
        if (code is not null) body = body with { Code = body.Code ?? code };
        var checks = NodeChecks.Check(body);
        if (code is not null) checks.That(!Text.IsStorable(code) || !Text.IsStorable(body.Code!) || Text.Key(code) == Text.Key(body.Code!), "/code", "nodes.code_differs", "The code in the body is another than that of the address.");
        checks.That((body.Merchants?.Count ?? 0) <= MostMerchants, "/merchants", "field.too_many", $"At most {MostMerchants} are taken here.");
        if (checks.AnyFault) return checks.ToError();
        if (body.Merchants is { Count: > 0 } && !actor.May(Permission.AccessManage)) return NodeErrors.MerchantsForbidden;

        var now = clock.GetUtcNow();
        return await db.WriteShared<NodeView>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            var saved = await Save(work, actor, now, body, (wanted, stored) =>
                stored is not null && code is null ? NodeErrors.CodeTaken(wanted.Code!)
                : expectedVersion is { } version && (stored?.Version ?? 0) != version ? CatalogErrors.Changed($"Node {wanted.Code}", stored?.Version ?? 0)
                : null);
            if (saved.Error is { } error) return error;
            return NodeView.Of((await NodesSql.Find(work, actor with { Nodes = null }, body.Code!))!);
        });
    }

    /// <summary>Writes one node with its event; the work must have been begun by <see cref="Db.WriteShared"/> for all merchants.</summary>
    internal static async Task<Result<SaveOutcome>> Save(Work work, Actor actor, DateTimeOffset now, NodeBody body, Func<NodeBody, StoredNode?, Error?>? judge = null)
    {
        var stored = await NodesSql.Find(work, actor, body.Code!, locked: true);
        if (judge?.Invoke(body, stored) is { } refused) return refused;
        // Whoever may not see what work costs does not wipe it either.
        if (stored is not null && !actor.May(Permission.PricesRead) && body.SameDay is { } sameDay) body = body with { SameDay = sameDay with { CostMinor = stored.Body.SameDay?.CostMinor ?? 0 } };
        if (stored is not null && !actor.May(Permission.PricesRead)) body = body with { PickFixedMinor = stored.Body.PickFixedMinor, HandlingMinor = stored.Body.HandlingMinor };
        // Who does not speak of what strategies know a node by does not wipe it either.
        body = body with
        {
            Groups = body.Groups ?? stored?.Body.Groups,
            Attributes = body.Attributes ?? stored?.Body.Attributes,
            Collect = body.Collect ?? stored?.Body.Collect,
            SameDay = body.SameDay ?? stored?.Body.SameDay,
            FeedSteps = body.FeedSteps ?? stored?.Body.FeedSteps,
            SellsOnline = body.SellsOnline ?? stored?.Body.SellsOnline
        };
        var linked = await Links(work, body with { Code = stored?.Body.Code ?? body.Code });
        if (linked.Error is { } unknown) return unknown;
        var node = (body with { Code = stored?.Body.Code ?? body.Code }).Tidied();      // a code keeps the spelling it was made with
        bool isSame = stored is not null && stored.Body.IsSameAs(node);
        if (isSame && linked.Value.Count == 0) return SaveOutcome.Unchanged;
        if (stored is null && actor.Nodes is not null) return NodeErrors.OnlyYourNodes;

        if (stored is null)
        {
            if (!await NodesSql.Insert(work, node, now)) return NodeErrors.CodeTaken(node.Code!);
            await Link(work, node.Code!, work.Merchant);
        }
        else if (!isSame) await NodesSql.Update(work, stored.Id, node, now);
        foreach (long merchant in linked.Value) await Link(work, node.Code!, merchant);
        long id = await work.Scalar("select id from nodes where code = @code", ("code", node.Code));
        await EventLog.Append(work, actor, now, new Happening("node", node.Code!, stored is null ? "NodeCreated" : "NodeChanged", Told(node)));
        await CatalogVersion.BumpForNodes(work, [id]);
        return stored is null ? SaveOutcome.Created : SaveOutcome.Updated;
    }

    // An address can be that of a person who sells from home, so it stays off the log.
    private static object Told(NodeBody n) => new
    {
        n.Code, n.Name, n.Kind, n.Country, n.TimeZone, n.OpeningHours, n.CutOffs, n.Services, n.PickFixedMinor, n.HandlingMinor, n.LeadDays, n.IsActive, n.ClosedDays, n.Groups, n.Attributes, n.Collect, n.SameDay, n.FeedSteps, n.SellsOnline,
    };

    // Merchants the node shall serve beside the caller's, and does not yet.
    private static async Task<Result<List<long>>> Links(Work work, NodeBody body)
    {
        string[] codes = [.. (body.Merchants ?? []).OfType<string>().Where(Text.IsStorable).Distinct()];
        if (body.Merchants is not { Count: > 0 }) return new List<long>();
        var known = await work.Query("select code, id from merchants where code = any(@codes)", row => (Code: row.Text(), Id: row.Long()), ("codes", codes));
        var unknown = body.Merchants.Index().Where(m => known.All(k => k.Code != m.Item)).ToList();
        if (unknown.Count > 0)
            return Error.Invalid([.. unknown.Select(m => new FieldError($"/merchants/{m.Index}", "nodes.no_such_merchant", "There is no such merchant."))]);
        var already = await work.Query("select m.merchant_id from node_merchants m join nodes n on n.id = m.node_id where n.code = @code /* house */",
            row => row.Long(), ("code", body.Code));
        return known.Select(k => k.Id).Where(id => id != work.Merchant && !already.Contains(id)).ToList();
    }

    private static Task Link(Work work, string code, long merchant) => work.Execute(
        "insert into node_merchants (node_id, merchant_id) select id, @to from nodes where code = @code /* house */ on conflict do nothing",
        ("code", code), ("to", merchant));

    internal static IResult ToHttp(this Result<NodeView> result, HttpContext http, int status = StatusCodes.Status200OK)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp(status, node => "/api/v1/nodes/" + Uri.EscapeDataString(node.Code));
    }
}
