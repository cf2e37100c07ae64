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
    public sealed record DayEndLabel(LabelId Label, PackageId Package, OrderId Order, string OrderNumber, string Account, string? Service, string? Tracking, ManifestId? Manifest, DateTimeOffset BookedAt);
    public sealed record CarrierCount(string Account, long Labelled, long Manifested, long Loaded);

    /// <param name="Carriers">Of labels made in the last 24 hours.</param>
    /// <param name="Waiting">Packages that wait for their label.</param>
    /// <param name="Failed">Packages for which nobody makes one.</param>
    /// <param name="IsClosed">Nothing is left undone.</param>
    public sealed record Response(string Object, string Node, bool IsClosed, Group LabelledNotManifested, Group ManifestedNotScanned, IReadOnlyList<PickedNotPacked> PickedNotPacked, long Waiting, long Failed,
        IReadOnlyList<CarrierCount> Carriers);

    private const int MostListed = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nodes/{code}/day-end", async (string code, Db db, TimeProvider clock, Actor actor) => (await Handle(code, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.dayEnd").WithTags("Shipping").WithSummary("List what is left undone at the end of a node's day")
            .Produces<Response>().ProducesProblem(404);

    /// <summary>The node's number, when the actor may see it.</summary>
    internal static async Task<long?> Node(Work work, Actor actor, string code)
    {
        if (!Text.IsStorable(code)) return null;
        var found = await work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.code = @code", row => row.Long(), ("code", code));
        return found.Count == 1 && actor.MaySeeNode(found[0]) ? found[0] : null;
    }

    private static Task<Result<Response>> Handle(string code, Db db, TimeProvider clock, Actor actor) => db.Read(actor, async Task<Result<Response>> (work) =>
    {
        if (await Node(work, actor, code) is not { } node) return ShippingErrors.NoSuchNode(code);
        var batch = work.Batch();
        (string, object?)[] at = [("node", node), ("most", (long)MostListed), ("since", clock.GetUtcNow().ToUnixTimeMilliseconds() - 86_400_000)];
        var (booked, bookedCount) = (List(batch, "booked", at), Count(batch, "booked", at));
        var (listed, listedCount) = (List(batch, "manifested", at), Count(batch, "manifested", at));
        var open = batch.Query("select state, count(*) from carrier_labels where merchant_id = @merchant and node_id = @node and state in ('wanted', 'failed') group by state", row => (State: row.Text(), Count: row.Sum()), at);
        var carriers = batch.Query(
            """
            select a.code, sum(case when l.state = 'booked' then 1 else 0 end), sum(case when l.state = 'manifested' and l.scanned_at_ms is null then 1 else 0 end),
                   sum(case when l.scanned_at_ms is not null then 1 else 0 end)
              from carrier_labels l join carrier_accounts a on a.id = l.account_id
             where l.merchant_id = @merchant and l.node_id = @node and l.booked_at_ms >= @since and l.state in ('booked', 'manifested') group by a.code order by a.code
            """, row => new CarrierCount(row.Text(), row.Sum(), row.Sum(), row.Sum()), at);
        var picked = PackageDesk.PickedNotPacked(batch, node, MostListed);
        await batch.Run();
        long waiting = open.Where(o => o.State == "wanted").Sum(o => o.Count), failed = open.Where(o => o.State == "failed").Sum(o => o.Count);
        return new Response("dayEnd", code, bookedCount[0] + listedCount[0] + picked.Count + waiting + failed == 0, new Group(bookedCount[0], booked), new Group(listedCount[0], listed), picked, waiting, failed, carriers);
    });

    private static List<DayEndLabel> List(Batch batch, string state, (string, object?)[] at) => batch.Query(
        """
        select l.id, l.package_id, l.order_id, o.number, a.code, l.service, l.tracking, l.manifest_id, l.booked_at_ms
          from carrier_labels l join carrier_accounts a on a.id = l.account_id join orders o on o.id = l.order_id join packages p on p.id = l.package_id and p.state <> 'voided'
         where l.merchant_id = @merchant and l.node_id = @node and l.state = @state and l.scanned_at_ms is null order by l.booked_at_ms, l.id limit @most
        """, row => new DayEndLabel(new LabelId(row.Uuid()), new PackageId(row.Uuid()), new OrderId(row.Uuid()), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(),
            row.UuidOrNull() is { } manifest ? new ManifestId(manifest) : null, row.Instant()), [.. at, ("state", state)]);

    private static List<long> Count(Batch batch, string state, (string, object?)[] at) => batch.Query(
        """
        select count(*) from carrier_labels l join packages p on p.id = l.package_id and p.state <> 'voided'
         where l.merchant_id = @merchant and l.node_id = @node and l.state = @state and l.scanned_at_ms is null
        """, row => row.Sum(), [.. at, ("state", state)]);
}
