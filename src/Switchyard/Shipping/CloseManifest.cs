using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Shipping;

/// <summary>A day's list of parcels given to a carrier.</summary>
/// <param name="Account">The code of the account with the carrier.</param>
/// <param name="AccountName">What people call it.</param>
/// <param name="State">asked: the carrier has it and has not answered yet.</param>
public sealed record ManifestView(string Object, ManifestId Id, string Node, string Account, string AccountName, [property: Words("asked", "closed", "refused")] string State, string? Number, int Parcels, int Scanned, string? File,
    string? Fault, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt);

/// <summary>Closes the day's list of a node and a carrier, and notes which parcels were loaded.</summary>
public static class CloseManifest
{
    /// <param name="AllLeave">All of them leave now; else each leaves when it is scanned.</param>
    public sealed record Request(string? Account = null, bool AllLeave = false);

    /// <param name="Tracking">The tracking number, or the label's id.</param>
    public sealed record ScanRequest(string? Tracking = null);

    private const int MostParcels = 2_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/nodes/{code}/manifests", async (string code, Request body, CarrierDesk desk, KeepManifests keep, Db db, TimeProvider clock, Actor actor) =>
            {
                var made = await Open(code, body, db, clock, actor);
                if (made.Error is { } error) return error.ToHttp();
                await keep.Finish(actor, made.Value.Id, isFirst: true);
                return (await Read(made.Value.Id.ToString(), db, actor)).ToHttp(201);
            })
            .Requires(Permission.FulfilmentWork).WithName("shipping.closeManifest").WithTags("Shipping").WithSummary("Give a carrier the list of all labelled parcels of a node")
            .Produces<ManifestView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapGet("/manifests", async (Db db, Actor actor, [FromQuery] string? node, [FromQuery] int? limit, [FromQuery] string? after) => (await List(db, actor, node, limit, after)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.listManifests").WithTags("Shipping").WithSummary("List manifests, the newest first").Produces<Page<ManifestView>>().ProducesProblem(400);
        routes.MapGet("/manifests/{id}", async (string id, Db db, Actor actor) => (await Read(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.readManifest").WithTags("Shipping").WithSummary("Read a manifest").Produces<ManifestView>().ProducesProblem(404);
        routes.MapGet("/manifests/{id}/file", async (string id, Db db, Actor actor) =>
            {
                if ((await Read(id, db, actor)).Error is { } error) return error.ToHttp();
                var file = await db.Read(actor, work => work.Query("select document, format from carrier_manifests where merchant_id = @merchant and id = @id",
                    row => (Bytes: row.BytesOrNull(), Format: row.TextOrNull()), ("id", ManifestId.Parse(id, null).Value)));
                return file[0].Bytes is { } bytes ? Results.File(bytes, ReadLabels.MediaType(file[0].Format), $"{id}.{file[0].Format}") : ShippingErrors.NotBooked.ToHttp();
            })
            .Requires(Permission.FulfilmentRead).WithName("shipping.readManifestFile").WithTags("Shipping").WithSummary("Read the paper of a manifest, as the carrier made it")
            .Produces<string>(200, "application/octet-stream").ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/manifests/{id}/scan", async (string id, ScanRequest body, Db db, TimeProvider clock, Actor actor) => (await Scan(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("shipping.scanParcel").WithTags("Shipping").WithSummary("Note that a parcel was handed to the carrier: it leaves")
            .Produces<LabelView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    internal static Task<Result<ManifestView>> Open(string code, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Account, "/account", 64, required: true);
        if (checks.AnyFault) return Task.FromResult<Result<ManifestView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<ManifestView>(actor, async work =>
        {
            if (await DayEnd.Node(work, actor, code) is not { } node) return ShippingErrors.NoSuchNode(code);
            if (await CarrierAccount.Find(work, body.Account!) is not { } account) return ShippingErrors.NoSuchAccount;
            // The label of a package that was opened goes back, and onto no list.
            var labels = await work.Query(
                """
                select l.id from carrier_labels l join packages p on p.id = l.package_id and p.state <> 'voided'
                 where l.merchant_id = @merchant and l.node_id = @node and l.account_id = @account and l.state = 'booked' order by l.id limit @most for update of l
                """, row => row.Uuid(), ("node", node), ("account", account.Id.Value), ("most", (long)MostParcels));
            if (labels.Count == 0) return ShippingErrors.NothingToManifest;
            var id = ManifestId.New(now);
            await work.Execute(
                """
                insert into carrier_manifests (id, merchant_id, node_id, account_id, state, parcels, is_leaving, due_at_ms, made_by, created_at_ms)
                values (@id, @merchant, @node, @account, 'asked', @parcels, @leaving, @later, @by, @now)
                """, ("id", id.Value), ("node", node), ("account", account.Id.Value), ("parcels", labels.Count), ("leaving", body.AllLeave), ("later", now.ToUnixTimeMilliseconds() + 10_000), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            // From here on none of them can be voided, although the carrier has not answered yet.
            await work.Execute(
                "update carrier_labels set state = 'manifested', manifest_id = @manifest, version = version + 1 from @rows r where carrier_labels.merchant_id = @merchant and carrier_labels.id = r.label",
                Rows.Of(labels).Uuid("label", l => l), ("manifest", id.Value));
            await EventLog.Append(work, actor, now, new Happening("manifest", id.ToString(), "ManifestAsked", new { node = code, account = body.Account, parcels = labels.Count }));
            return (await ManifestSql.Views(work, actor, "m.id = @id", ("id", id.Value)))[0];
        });
    }

    private static async Task<Result<ManifestView>> Read(string id, Db db, Actor actor) =>
        ManifestId.TryParse(id, null, out var known) && (await db.Read(actor, work => ManifestSql.Views(work, actor, "m.id = @id", ("id", known.Value)))) is [var found] ? found : ShippingErrors.NoSuchManifest;

    private static async Task<Result<Page<ManifestView>>> List(Db db, Actor actor, string? node, int? limit, string? after)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<ManifestId>(checks, limit, after);
        checks.Text(node, "#node", 64);
        if (checks.AnyFault) return checks.ToError();
        var rows = await db.Read(actor, work => ManifestSql.Views(work, actor, $"m.id < @before{(node is null ? "" : " and n.code = @code")}", ("before", before.Value), ("code", node ?? ""), ("limit", most + 1L)));
        return Page<ManifestView>.Of(rows, most, m => m.Id.ToString());
    }

    /// <remarks>Errors: shipping.no_such_manifest, shipping.not_on_manifest, shipping.not_packed. The same scan twice changes nothing.</remarks>
    private static Task<Result<LabelView>> Scan(string id, ScanRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Tracking, "/tracking", 100, required: true);
        if (checks.AnyFault) return Task.FromResult<Result<LabelView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<LabelView>(actor, async work =>
        {
            if (!ManifestId.TryParse(id, null, out var manifest) || (await ManifestSql.Views(work, actor, "m.id = @id", ("id", manifest.Value))).Count == 0) return ShippingErrors.NoSuchManifest;
            LabelId.TryParse(body.Tracking, null, out var named);
            var labels = await work.Query($"{CarrierLabel.Select} where l.merchant_id = @merchant and l.manifest_id = @manifest and (l.tracking = @tracking or l.id = @named)", CarrierLabel.Read,
                ("manifest", manifest.Value), ("tracking", body.Tracking), ("named", named.Value));
            if (labels.Count == 0) return ShippingErrors.NotOnManifest;
            if (!await ManifestSql.Load(work, actor, labels[0], now)) return ShippingErrors.NotPacked;
            return LabelView.Of((await CarrierLabel.Find(work, labels[0].Id))!);
        });
    }
}

internal static class ManifestSql
{
    public static Task<List<ManifestView>> Views(Work work, Actor actor, string which, params (string, object?)[] arguments) => work.Query(
        $"""
        select m.id, n.code, a.code, a.name, m.state, m.number, m.parcels, (select count(*) from carrier_labels l where l.manifest_id = m.id and l.scanned_at_ms is not null), m.document is not null, m.fault,
               m.created_at_ms, m.closed_at_ms
          from carrier_manifests m join nodes n on n.id = m.node_id join carrier_accounts a on a.id = m.account_id
         where m.merchant_id = @merchant and {which}{(actor.Nodes is null ? "" : " and m.node_id = any(@nodes)")} order by m.id desc limit @limit
        """,
        row =>
        {
            var id = new ManifestId(row.Uuid());
            return new ManifestView("manifest", id, row.Text(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.Int(), (int)row.Sum(), row.Bool() ? $"/api/v1/manifests/{id}/file" : null, row.TextOrNull(),
                row.Instant(), row.InstantOrNull());
        }, [.. arguments, ("nodes", actor.NodeFilter ?? []), .. arguments.Any(a => a.Item1 == "limit") ? Array.Empty<(string, object?)>() : [("limit", 1L)]]);

    /// <summary>A parcel goes onto the van: the order is locked first, then the label.</summary>
    /// <returns>False: it cannot leave.</returns>
    public static async Task<bool> Load(Work work, Actor actor, CarrierLabel label, DateTimeOffset now)
    {
        if (label.ScannedAt is not null) return true;
        if (await PackageDesk.Find(work, actor, label.Package) is not { } parcel || !await PackageDesk.Leave(work, actor, parcel, null, label.Service, now)) return false;
        await work.Execute("update carrier_labels set scanned_at_ms = @now, moved_at_ms = coalesce(moved_at_ms, @now), version = version + 1 where merchant_id = @merchant and id = @id and scanned_at_ms is null",
            ("now", now.ToUnixTimeMilliseconds()), ("id", label.Id.Value));
        return true;
    }
}
