using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>What is left undone at the end of a node's day: labels that no manifest holds, parcels on a manifest that nobody loaded, goods picked and not packed.</summary>
public static class DayEnd
{
    /// <param name="Labels">At most 500; <c>count</c> has them all.</param>
    public sealed record Group(long Count, IReadOnlyList<DayEndLabel> Labels);
    public sealed record DayEndLabel(LabelId Label, PackageId Package, OrderId Order, string OrderNumber, string Account, string AccountName, string? Service, string? Tracking, ManifestId? Manifest, DateTimeOffset BookedAt)
    {
        /// <summary>As the account calls it; null where it has no name of its own.</summary>
        public string? ServiceName { get; init; }
    }

    /// <param name="Loaded">Of labels made in the last 24 hours.</param>
    /// <param name="TakesPickups">It can be asked to fetch parcels.</param>
    /// <param name="CallsOff">That can be called off again.</param>
    public sealed record CarrierCount(string Account, string Name, long Labelled, long Manifested, long Loaded, bool TakesPickups, bool CallsOff);

    /// <param name="Carriers">Those with open labels or labels of the last 24 hours, and those that can be asked to fetch parcels here.</param>
    /// <param name="Pickups">Collections here that are still to come or were due in the last 24 hours.</param>
    /// <param name="Waiting">Packages that wait for their label.</param>
    /// <param name="Failed">Packages for which nobody makes one.</param>
    /// <param name="IsClosed">Nothing is left undone.</param>
    public sealed record Response(string Object, string Node, bool IsClosed, Group LabelledNotManifested, Group ManifestedNotScanned, IReadOnlyList<PickedNotPacked> PickedNotPacked, long Waiting, long Failed,
        IReadOnlyList<CarrierCount> Carriers, IReadOnlyList<PickupView> Pickups);

    private const int MostListed = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/day-end", async (string code, CarrierDesk desk, Db db, TimeProvider clock, Actor actor) => (await Handle(code, desk, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.dayEnd").WithTags("Shipping").WithSummary("List what is left undone at the end of a node's day")
            .Produces<Response>().ProducesProblem(404);

    /// <summary>The node's number, when the actor may see it.</summary>
    internal static async Task<long?> Node(Work work, Actor actor, string code)
    {
        if (!Text.IsStorable(code)) return null;
        var found = await work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.code = @code", row => row.Long(), ("code", code));
        return found.Count == 1 && actor.MaySeeNode(found[0]) ? found[0] : null;
    }

    private static Task<Result<Response>> Handle(string code, CarrierDesk desk, Db db, TimeProvider clock, Actor actor) => db.Read(actor, async Task<Result<Response>> (work) =>
    {
        if (await Node(work, actor, code) is not { } node) return ShippingErrors.NoSuchNode(code);
        var batch = work.Batch();
        (string, object?)[] at = [("node", node), ("most", (long)MostListed), ("since", clock.GetUtcNow().ToUnixTimeMilliseconds() - 86_400_000)];
        var (booked, bookedCount) = (List(batch, "booked", at), Count(batch, "booked", at));
        var (listed, listedCount) = (List(batch, "manifested", at), Count(batch, "manifested", at));
        var open = batch.Query("select state, count(*) from carrier_labels where merchant_id = @merchant and node_id = @node and state in ('wanted', 'failed') group by state", row => (State: row.Text(), Count: row.Sum()), at);
        var counts = batch.Query(
            """
            select a.code, sum(case when l.state = 'booked' then 1 else 0 end), sum(case when l.state = 'manifested' and l.scanned_at_ms is null then 1 else 0 end),
                   sum(case when l.scanned_at_ms is not null and l.booked_at_ms >= @since then 1 else 0 end)
              from carrier_labels l join carrier_accounts a on a.id = l.account_id
             where l.merchant_id = @merchant and l.node_id = @node and l.state in ('booked', 'manifested') and (l.booked_at_ms >= @since or l.scanned_at_ms is null) group by a.code
            """, row => (Account: row.Text(), Labelled: row.Sum(), Manifested: row.Sum(), Loaded: row.Sum()), at);
        var pickups = CarrierPickups.Of(batch, node, clock.GetUtcNow().ToUnixTimeMilliseconds() - 86_400_000);
        var picked = PackageDesk.PickedNotPacked(batch, node, MostListed);
        await batch.Run();
        var accounts = (await CarrierAccount.All(work)).ToDictionary(a => a.Code);
        var carriers = accounts.Values.Select(a => (Account: a, Can: desk.Of(a).Manifest.Can, Count: counts.Find(c => c.Account == a.Code)))
            .Where(c => c.Count.Account is not null || c.Account.IsFor(node) && c.Can.Contains("pickup"))
            .Select(c => new CarrierCount(c.Account.Code, c.Account.Name, c.Count.Labelled, c.Count.Manifested, c.Count.Loaded, c.Can.Contains("pickup"), c.Can.Contains("callOff"))).ToList();
        IReadOnlyList<DayEndLabel> Named(List<DayEndLabel> labels) =>
            [.. labels.Select(l => l with { ServiceName = accounts.GetValueOrDefault(l.Account)?.Services.FirstOrDefault(s => s.Service == l.Service)?.Name })];
        long waiting = open.Where(o => o.State == "wanted").Sum(o => o.Count), failed = open.Where(o => o.State == "failed").Sum(o => o.Count);
        return new Response("dayEnd", code, bookedCount[0] + listedCount[0] + picked.Count + waiting + failed == 0, new Group(bookedCount[0], Named(booked)), new Group(listedCount[0], Named(listed)), picked, waiting, failed, carriers, pickups);
    });

    private static List<DayEndLabel> List(Batch batch, string state, (string, object?)[] at) => batch.Query(
        """
        select l.id, l.package_id, l.order_id, o.number, a.code, a.name, l.service, l.tracking, l.manifest_id, l.booked_at_ms
          from carrier_labels l join carrier_accounts a on a.id = l.account_id join orders o on o.id = l.order_id join packages p on p.id = l.package_id and p.state <> 'voided'
         where l.merchant_id = @merchant and l.node_id = @node and l.state = @state and l.scanned_at_ms is null order by l.booked_at_ms, l.id limit @most
        """, row => new DayEndLabel(new LabelId(row.Uuid()), new PackageId(row.Uuid()), new OrderId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(),
            row.UuidOrNull() is { } manifest ? new ManifestId(manifest) : null, row.Instant()), [.. at, ("state", state)]);

    private static List<long> Count(Batch batch, string state, (string, object?)[] at) => batch.Query(
        """
        select count(*) from carrier_labels l join packages p on p.id = l.package_id and p.state <> 'voided'
         where l.merchant_id = @merchant and l.node_id = @node and l.state = @state and l.scanned_at_ms is null
        """, row => row.Sum(), [.. at, ("state", state)]);
}
