using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Search;

namespace Switchyard.Shipping;

/// <summary>The label of a parcel that counts, in short; <c>GET /labels/{id}</c> has all of it.</summary>
public sealed record ParcelLabel(LabelId Id, [property: Words(typeof(LabelState))] string State, string? Account, long? CostMinor, string? Currency, DateTimeOffset? Eta, string? Format, string? File, string? Fault,
    int Tries, ManifestId? Manifest, DateTimeOffset? ScannedAt, [property: Words(typeof(ScanKind))] string? Tracked, DateTimeOffset? MovedAt, DateTimeOffset? DeliveredAt, bool IsLost, string? TrackingUrl);

/// <summary>A packed box, on its way from the bench to the door.</summary>
/// <param name="State">Where it is; labelled: packed and still here.</param>
/// <param name="PromisedBy">What the customer was promised.</param>
/// <param name="IsSilent">Under way, and nothing was heard of it for longer than its account allows.</param>
/// <param name="Label">Null: nobody asked for one, or it was taken back.</param>
public sealed record ParcelView(PackageId Id, int Package, OrderId Order, string OrderNumber, FulfilmentId Fulfilment, string Release, string Node, string TimeZone, [property: Words(typeof(PackageState))] string State, string? Method,
    DateTimeOffset? PromisedBy, long? WeightGrams, string? Carrier, string? Service, string? Tracking, string? ToCountry, string? ToPostcode, DateTimeOffset PackedAt, bool IsSilent, ParcelLabel? Label)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object => "parcel";
}

/// <summary>Lists and searches parcels, the newest first; shows one.</summary>
public static class ListParcels
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/parcels", async ([AsParameters] ListAsk ask, Db db, TimeProvider clock, Actor actor, HttpContext http) => (await Handle(ask, db, clock, actor)).ToHttp(http, ask))
            .Requires(Permission.FulfilmentRead).WithName("shipping.listParcels").WithTags("Shipping").WithSummary("List and search parcels, each with its label and where it is")
            .WithDescription("query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=parcels names the fields. state:labelled label:none finds what waits for a label.")
            .Produces<ListPage<ParcelView>>().ProducesProblem(400);
        routes.MapGet("/parcels/{id}", async (string id, Db db, Actor actor) => (await Find(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.readParcel").WithTags("Shipping").WithSummary("Read a parcel with its label and where it is")
            .Produces<ParcelView>().ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #limit, #after, #before, #sort, #expand, #query (and the column).</remarks>
    public static async Task<Result<ListPage<ParcelView>>> Handle(ListAsk ask, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        SearchAnswer.Names(ask.Expand, "#expand", SearchAnswer.MostExpand, [], checks);
        if (checks.AnyFault) return checks.ToError();
        var order = ListOrder.Read(ParcelsList.Spec.For(actor), ask, clock.GetUtcNow());
        if (order.Error is { } error) return error;
        return await db.Read<Result<ListPage<ParcelView>>>(actor, async work =>
        {
            var (keys, next, previous, count) = await SearchList.Keys(work, ParcelsList.Spec, order.Value, actor.Nodes is null ? "" : " and f.node_id = any(@nodes)", ("nodes", actor.NodeFilter ?? []));
            return new ListPage<ParcelView>(await Read(work, actor, [.. keys.Select(k => (Guid)k.Id)]), next, next is not null, previous, count, null);
        }, snapshot: true);
    }

    private static async Task<Result<ParcelView>> Find(string id, Db db, Actor actor) =>
        PackageId.TryParse(id, null, out var known) && await db.Read(actor, work => Read(work, actor, [known.Value])) is [var found] ? found : FulfilmentRoom.PackageNotFound;

    /// <summary>Parcels by their packages, in this order, less those of nodes that the actor does not see.</summary>
    internal static async Task<List<ParcelView>> Read(Work work, Actor actor, IReadOnlyList<Guid> packages) =>
        [.. (await work.Query(
            $"""
            select r.place, p.id, p.package_no, p.order_id, o.number, p.fulfilment_id, f.number, n.code, n.time_zone, p.state, f.method, coalesce(l.promised_by_ms, f.deliver_by_ms), p.weight_grams, p.carrier, p.service,
                   p.tracking, o.ship_country, o.ship_postcode, p.created_at_ms, coalesce({ParcelsList.IsSilent}, false), f.node_id,
                   l.id, l.state, a.code, l.cost_minor, l.currency, l.eta_ms, l.format, l.fault, l.tries, l.manifest_id, l.scanned_at_ms, l.track_kind, l.moved_at_ms, l.delivered_at_ms, l.is_lost, l.tracking_url
              from @rows r join packages p on p.id = r.package and p.merchant_id = @merchant join orders o on o.id = p.order_id
              join fulfilment_orders f on f.id = p.fulfilment_id join nodes n on n.id = f.node_id
              left join carrier_labels l on l.package_id = p.id and l.state in ('wanted', 'booked', 'failed', 'voiding', 'manifested')
              left join carrier_accounts a on a.id = l.account_id
            """, Rows.Of(packages.Index().ToList()).Long("place", p => p.Index).Uuid("package", p => p.Item), View)).Where(p => actor.MaySeeNode(p.Node)).OrderBy(p => p.Place).Select(p => p.Parcel)];

    private static (long Place, long Node, ParcelView Parcel) View(Row row)
    {
        long place = row.Long();
        var parcel = new ParcelView(new PackageId(row.Uuid()), row.Int(), new OrderId(row.Uuid()), row.Text(), new FulfilmentId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.InstantOrNull(),
            row.LongOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Instant(), row.Bool(), null);
        long node = row.Long();
        if (row.UuidOrNull() is not { } known) return (place, node, parcel);
        var id = new LabelId(known);
        var (state, account, cost, currency, eta, format) = (row.Text(), row.TextOrNull(), row.LongOrNull(), row.TextOrNull(), row.InstantOrNull(), row.TextOrNull());
        return (place, node, parcel with
        {
            Label = new ParcelLabel(id, state, account, cost, currency, eta, format, format is null ? null : $"/api/v1/labels/{id}/file", row.TextOrNull(), row.Int(),
                row.UuidOrNull() is { } manifest ? new ManifestId(manifest) : null, row.InstantOrNull(), row.TextOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.Bool(), row.TextOrNull()),
        });
    }
}
