using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Shows labels, their files, and what carriers told of their parcels.</summary>
public static class ReadLabels
{
    /// <param name="Kind">In the one vocabulary of all carriers; unknown: a code we have no word for, which moves nothing.</param>
    /// <param name="Code">The carrier's own code.</param>
    public sealed record ScanView([property: Words(typeof(ScanKind))] string Kind, string Code, string Words, string? Place, DateTimeOffset At, DateTimeOffset ReceivedAt);

    /// <param name="Kind">Where it is now, by all scans together.</param>
    public sealed record TrackingView(string Object, LabelId Label, string? Tracking, string? TrackingUrl, [property: Words(typeof(ScanKind))] string? Kind, DateTimeOffset? Eta, IReadOnlyList<ScanView> Scans);

    private const int MostScans = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/labels", async (Db db, Actor actor, [FromQuery] string? state, [FromQuery] string? node, [FromQuery] string? package, [FromQuery] string? tracking, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await List(db, actor, state, node, package, tracking, limit, after)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.listLabels").WithTags("Shipping").WithSummary("List labels, the newest first; state=failed lists those that wait for a person")
            .Produces<Page<LabelView>>().ProducesProblem(400);
        routes.MapGet("/labels/{id}", async (string id, Db db, Actor actor) =>
                (await db.Read(actor, work => CarrierLabel.Find(work, actor, id)) is { } label ? (Result<LabelView>)LabelView.Of(label) : ShippingErrors.NoSuchLabel).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.readLabel").WithTags("Shipping").WithSummary("Read a label with the decision for its service")
            .Produces<LabelView>().ProducesProblem(404);
        routes.MapGet("/labels/{id}/file", async (string id, Db db, Actor actor) =>
            {
                var (label, bytes) = await db.Read(actor, async work => await CarrierLabel.Find(work, actor, id) is { } found
                    ? (found, (await work.Query("select label from carrier_labels where merchant_id = @merchant and id = @id", row => row.BytesOrNull(), ("id", found.Id.Value))).Single()) : (null, null));
                if (label is null) return ShippingErrors.NoSuchLabel.ToHttp();
                return bytes is null ? ShippingErrors.NotBooked.ToHttp() : Results.File(bytes, MediaType(label.Format), $"{label.Tracking}.{label.Format}");
            })
            .Requires(Permission.FulfilmentRead).WithName("shipping.readLabelFile").WithTags("Shipping").WithSummary("Read the label as the carrier made it: PDF, ZPL or PNG")
            .Produces<string>(200, "application/octet-stream").ProducesProblem(404).ProducesProblem(409);
        routes.MapGet("/labels/{id}/tracking", async (string id, Db db, Actor actor) => (await Tracking(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.readTracking").WithTags("Shipping").WithSummary("Read what the carrier told of a parcel, the newest first")
            .Produces<TrackingView>().ProducesProblem(404);
    }

    internal static string MediaType(string? format) => format switch { "pdf" => "application/pdf", "png" => "image/png", "csv" => "text/csv", _ => "application/octet-stream" };

    private static async Task<Result<Page<LabelView>>> List(Db db, Actor actor, string? state, string? node, string? package, string? tracking, int? limit, string? after)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<LabelId>(checks, limit, after);
        checks.That(state is null || Enum.TryParse<LabelState>(state, ignoreCase: true, out _) && !char.IsAsciiDigit(state[0]), "#state", "field.unknown_value", "There is no such state.");
        checks.Text(node, "#node", 64);
        checks.Text(tracking, "#tracking", 100);
        var parcel = default(PackageId);
        checks.That(package is null || PackageId.TryParse(package, null, out parcel), "#package", "field.malformed", "package must be the id of a package.");
        if (checks.AnyFault) return checks.ToError();
        var rows = await db.Read(actor, work => work.Query(
            $"""
            {CarrierLabel.Select} where l.merchant_id = @merchant and l.id < @before{(state is null ? "" : " and l.state = @state")}{(node is null ? "" : " and n.code = @node")}
               {(package is null ? "" : " and l.package_id = @package")}{(tracking is null ? "" : " and l.tracking = @tracking")}{(actor.Nodes is null ? "" : " and l.node_id = any(@nodes)")}
             order by l.id desc limit @limit
            """, CarrierLabel.Read, ("before", before.Value), ("state", state is null ? "" : LabelStates.Name(LabelStates.Parse(state))), ("node", node ?? ""), ("package", parcel.Value),
            ("tracking", tracking ?? ""), ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L)));
        return Page<LabelView>.Of(rows.ConvertAll(LabelView.Of), most, l => l.Id.ToString());
    }

    private static Task<Result<TrackingView>> Tracking(string id, Db db, Actor actor) => db.Read(actor, async Task<Result<TrackingView>> (work) =>
    {
        if (await CarrierLabel.Find(work, actor, id) is not { } label) return ShippingErrors.NoSuchLabel;
        var scans = await work.Query("select kind, code, words, place, at_ms, received_at_ms from parcel_scans where merchant_id = @merchant and label_id = @id order by at_ms desc, scan_key limit @most",
            row => new ScanView(row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.Instant(), row.Instant()), ("id", label.Id.Value), ("most", (long)MostScans));
        return new TrackingView("tracking", label.Id, label.Tracking, label.TrackingUrl, label.TrackKind is { } kind ? ParcelPosition.Name(kind) : null, label.Eta, scans);
    });
}
