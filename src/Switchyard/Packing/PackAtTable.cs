using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>The work at a packing table: scan, weigh, confirm, seal. Each step carries the client's own id, so that a step sent twice is done once.</summary>
public static class PackAtTable
{
    /// <param name="Id">The client's own, for this step.</param>
    /// <param name="Kind">scan (code, quantity; line and parcel where they are not clear), parcel (begins one, or changes the packaging of the one named), takeOut, weigh, confirm.</param>
    /// <param name="Serial">Of the one unit that is scanned, where serial numbers are kept; with Lot likewise. What a GS1 code says of them counts when they are left out.</param>
    /// <param name="Suggested">The packaging the engine named for this parcel.</param>
    /// <param name="Reason">Why a weight is off.</param>
    /// <param name="Step">age or hazard, to confirm; Note says how it was seen.</param>
    public sealed record StepRequest(string? Id, string? Kind, string? Code, long? Quantity, int? Line, int? Parcel, string? Packaging, string? Suggested, long? WeightGrams, string? Reason, string? Step, string? Note,
        string? Lot = null, string? Serial = null);

    /// <param name="IsPart">Seal what is in parcels though picked units are left.</param>
    public sealed record SealRequest(string? Id, bool IsPart = false);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/fulfilments/{id}/packing", async (string id, Db db, Actor actor) => (await View(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("packing.read").WithTags("Packing").WithSummary("Read a release at the packing table").Produces<PackingView>().ProducesProblem(404);
        routes.MapPost("/fulfilments/{id}/packing/steps", async (string id, StepRequest body, Db db, TimeProvider clock, Actor actor) => (await Step(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("packing.step").WithTags("Packing").WithSummary("Scan, weigh or confirm at the packing table")
            .Produces<PackingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/fulfilments/{id}/packing/seal", async (string id, SealRequest? body, PackGoods goods, Db db, TimeProvider clock, Actor actor) =>
                (await Seal(id, body ?? new SealRequest(null), goods, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("packing.seal").WithTags("Packing").WithSummary("Seal the parcels on the packing table")
            .Produces<PackingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: fulfilment.not_found.</remarks>
    public static async Task<Result<PackingView>> View(string id, Db db, Actor actor) => FulfilmentId.TryParse(id, null, out var release)
        ? await db.Read<Result<PackingView>>(actor, async work => await PackTables.Load(work, actor, release) is { } bench ? await Show(work, bench) : FulfilmentErrors.NotFound, snapshot: true)
        : FulfilmentErrors.NotFound;

    /// <remarks>Errors: fulfilment.not_found, packing.wrong_item, packing.too_many, packing.which_line, packing.ships_alone, packing.no_such_parcel, packing.not_in_parcel,
    /// packing.no_such_packaging, packing.out_of_tolerance, packing.serial_wanted, packing.serial_twice, packing.wrong_serial, packing.lot_wanted, packing.wrong_lot. A refused scan or weight is logged.</remarks>
    public static async Task<Result<PackingView>> Step(string id, StepRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = Check(body);
        if (checks.AnyFault) return checks.ToError();
        if (!FulfilmentId.TryParse(id, null, out var release)) return FulfilmentErrors.NotFound;
        var now = clock.GetUtcNow();
        var done = await db.Write<PackingView>(actor, async work =>
        {
            if (await PackTables.Load(work, actor, release, now) is not { } bench) return FulfilmentErrors.NotFound;
            if (bench.Table.Knows(body.Id)) return await Show(work, bench);
            var next = await Do(work, actor, bench, body, now);
            if (next.Error is { } refused) return refused;
            var table = next.Value.After(body.Id);
            await PackTables.Save(work, actor, release, table, now);
            await PackTables.Log(work, actor, release, body.Kind!, body.Code, body.Line, body.Kind == "weigh" ? body.WeightGrams!.Value : body.Quantity ?? 1, body.Reason ?? body.Note, now);
            return await Show(work, bench with { Table = table });
        });
        // What was refused rolled back with the rest; it is told in a transaction of its own, since mis-scans are counted, and no parcel is sealed over a weight that is off.
        // That a number is still to be read is no mistake.
        if (body.Kind is "scan" or "weigh" && done.Error is { Kind: ErrorKind.Conflict, Code: not ("packing.serial_wanted" or "packing.lot_wanted") } refusal)
            await db.Write<bool>(Actor.House("system:packing", actor.Merchant), async work =>
            {
                await PackTables.Log(work, actor, release, refusal.Code, body.Code, body.Line, body.WeightGrams ?? body.Quantity ?? 1, null, now);
                if (refusal.Code == "packing.out_of_tolerance") await KeepInMind(work, actor, release, body, now);
                return true;
            });
        return done;
    }

    // It may have changed what lies in the parcel meanwhile: then the weight says nothing about it.
    private static async Task KeepInMind(Work work, Actor actor, FulfilmentId release, StepRequest body, DateTimeOffset now)
    {
        if (await PackTables.Load(work, actor, release, now) is not { } bench || bench.Table.Knows(body.Id)) return;
        if ((await Do(work, actor, bench, body, now)).Error?.Code != "packing.out_of_tolerance") return;
        await PackTables.Save(work, actor, release, bench.Table.Refuse(body.Parcel!.Value, body.WeightGrams!.Value).Value, now);
    }

    private static Checks Check(StepRequest body)
    {
        var checks = new Checks();
        checks.Text(body.Id, "/id", 100, required: true);
        checks.That(body.Kind is "scan" or "parcel" or "takeOut" or "weigh" or "confirm", "/kind", "field.unknown_value", "kind is scan, parcel, takeOut, weigh or confirm.");
        checks.Text(body.Code, "/code", 200, required: body.Kind == "scan");
        if (body.Quantity is { } quantity) checks.Quantity(quantity, "/quantity");
        if (body.Kind is "takeOut" or "confirm") checks.That(body.Line is not null, "/line", "field.required", "line is required.");
        if (body.Kind is "takeOut" or "weigh") checks.That(body.Parcel is not null, "/parcel", "field.required", "parcel is required.");
        if (body.Kind == "weigh") checks.Range(body.WeightGrams ?? 0, 1, 100_000_000, "/weightGrams");
        if (body.Kind == "confirm")
        {
            checks.That(body.Step is HandoverSteps.Age or HandoverSteps.Hazard, "/step", "field.unknown_value", "step is age or hazard.");
            checks.Text(body.Note, "/note", 500, required: true);
        }
        checks.Text(body.Packaging, "/packaging", 64);
        checks.Text(body.Suggested, "/suggested", 64);
        checks.Text(body.Reason, "/reason", 500);
        checks.Text(body.Lot, "/lot", 64);
        checks.Text(body.Serial, "/serial", 64);
        return checks;
    }

    private static async Task<Result<PackTable>> Do(Work work, Actor actor, PackTables.Bench bench, StepRequest body, DateTimeOffset now)
    {
        switch (body.Kind)
        {
            case "scan":
                var codes = await ScannedCodes.Load(work, [body.Code], now);
                var scanned = codes.Find(body.Code!, "/code", new Checks());
                return bench.Table.Put(bench.Lines, scanned?.Sku ?? body.Code!, body.Code!, (body.Quantity ?? 1) * (scanned?.Units ?? 1), body.Line, body.Parcel,
                    (body.Lot ?? scanned?.Lot, body.Serial ?? scanned?.Serial));
            case "parcel":
                if (body.Packaging is { } packaging && bench.Packagings.GetValueOrDefault(packaging) is not { IsActive: true }) return PackingErrors.NoSuchPackaging(packaging);
                return bench.Table.Take(body.Parcel, body.Packaging, body.Suggested);
            case "takeOut": return bench.Table.TakeOut(body.Line!.Value, body.Quantity ?? 1, body.Parcel!.Value, body.Serial);
            case "weigh":
                if (bench.Table.Parcels.FirstOrDefault(p => p.No == body.Parcel) is not { } parcel) return PackingErrors.NoSuchParcel(body.Parcel!.Value);
                long? expected = bench.Expected(parcel);
                return bench.Table.Weigh(parcel.No, body.WeightGrams!.Value, body.Reason, expected, bench.Settings.Tolerance(expected ?? 0));
            default:
                if (bench.Lines.All(l => l.Line != body.Line)) return Error.Invalid([new FieldError("/line", "fulfilment.no_such_line", "The release has no such line.")]);
                await work.Execute(
                    """
                    insert into handover_proofs (fulfilment_id, line_no, kind, merchant_id, note, confirmed_by, confirmed_at_ms) values (@id, @line, @kind, @merchant, @note, @by, @now)
                        on conflict (fulfilment_id, line_no, kind) do nothing
                    """, ("id", bench.View.Id.Value), ("line", body.Line!.Value), ("kind", body.Step!), ("note", body.Note!), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
                return bench.Table;
        }
    }

    /// <remarks>Errors: those of packing a release, and packing.nothing_to_pack, packing.units_missing, packing.not_weighed, packing.weight_open, packing.step_missing.</remarks>
    public static async Task<Result<PackingView>> Seal(string id, SealRequest body, PackGoods goods, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Id, "/id", 100);
        if (checks.AnyFault) return checks.ToError();
        if (!FulfilmentId.TryParse(id, null, out var release)) return FulfilmentErrors.NotFound;
        var now = clock.GetUtcNow();
        PackTables.Bench? bench = null;
        List<TableParcel> parcels = [];
        var packed = await goods.Handle(release, actor, Decide, Keep);
        return packed.Error is { } error ? error : await View(id, db, actor);

        async Task<Result<List<PackGoods.Parcel>>> Decide(Work work)
        {
            bench = await PackTables.Load(work, actor, release, now);
            if (bench is null) return FulfilmentErrors.NotFound;
            if (bench.Table.Knows(body.Id)) return new List<PackGoods.Parcel>();
            parcels = [.. bench.Table.Parcels.Where(p => p.Lines.Count > 0)];
            if (parcels.Count == 0) return PackingErrors.NothingToPack;
            long left = bench.Lines.Sum(l => Math.Max(0, l.Picked - bench.Table.InParcels(l.Line)));
            if (left > 0 && !body.IsPart) return PackingErrors.UnitsMissing(left);
            if (parcels.Find(p => p.RefusedGrams is not null) is { } open) return PackingErrors.WeightOpen(open.No, open.RefusedGrams!.Value);
            if (bench.Settings.MustWeigh && parcels.Find(p => p.WeighedGrams is null) is { } unweighed) return PackingErrors.NotWeighed(unweighed.No);
            var inside = parcels.SelectMany(p => p.Lines.Select(l => l.Line)).ToHashSet();
            var missing = await HandoverSteps.Missing(work, release, [.. bench.Lines.Where(l => inside.Contains(l.Line)).Select(l => (l.Line, l.Sku))]);
            if (missing.Count > 0) return PackingErrors.StepMissing(missing[0].Line, missing[0].Step);
            return parcels.Select(p => Body(bench, p)).ToList();
        }

        async Task Keep(Work work, IReadOnlyList<PackageId> packages)
        {
            await PackTables.Save(work, actor, release, new PackTable([], bench!.Table.Done).After(body.Id), now);
            bool isFirst = bench.Settings.WelcomeInsert is not null && await IsFirstOrder(work, bench.View.Order);
            bool hasGift = await GiftMessage(work, bench.View.Order) is not null;
            var numbers = await ParcelNumbers.Next(work, packages.Count);
            for (int i = 0; i < packages.Count; i++)
            {
                await Cost(work, actor, bench, parcels[i], packages[i], numbers.ElementAtOrDefault(i), now);
                await Units(work, release, parcels[i], packages[i]);
                foreach (var (kind, name) in Documents(bench.Settings, isFirstParcel: i == 0 && bench.View.Packages.Count == 0, isFirst, hasGift))
                    await work.Execute("insert into pack_documents (package_id, kind, merchant_id, fulfilment_id, name, asked_at_ms) values (@package, @kind, @merchant, @id, @name::text, @now)",
                        ("package", packages[i].Value), ("kind", kind), ("id", release.Value), ("name", name), ("now", now.ToUnixTimeMilliseconds()));
                await PackTables.Log(work, actor, release, "sealed", parcels[i].Packaging, null, parcels[i].Lines.Sum(l => l.Quantity), null, now);
            }
        }
    }

    private static PackGoods.Parcel Body(PackTables.Bench bench, TableParcel parcel)
    {
        var outer = parcel.Packaging is { } code ? bench.Packagings.GetValueOrDefault(code)?.Outer : null;
        return new PackGoods.Parcel([.. parcel.Lines.Select(l => (l.Line, l.Quantity))], parcel.WeighedGrams ?? bench.Expected(parcel), outer?.LengthMm, outer?.WidthMm, outer?.HeightMm,
            [.. parcel.Lines.SelectMany(l => l.Units.Select(u => new TakenBody(l.Line, null, u.Lot, u.Serial, u.Quantity)))]);
    }

    private static Task Units(Work work, FulfilmentId release, TableParcel parcel, PackageId package)
    {
        var units = parcel.Lines.SelectMany(l => l.Units.GroupBy(u => (u.Lot, u.Serial)).Select(g => (l.Line, g.Key.Lot, g.Key.Serial, Units: g.Sum(u => u.Quantity)))).ToList();
        return units.Count == 0 ? Task.CompletedTask : work.Execute(
            "insert into packed_units (package_id, line_no, lot, serial, merchant_id, fulfilment_id, quantity) select @package, line_no, lot, serial, @merchant, @id, quantity from @rows r",
            Rows.Of(units).Int("line_no", u => u.Line).Text("lot", u => u.Lot).Text("serial", u => u.Serial).Long("quantity", u => u.Units), ("package", package.Value), ("id", release.Value));
    }

    // A slip in each parcel; what is said once to a customer lies in the first.
    private static IEnumerable<(string Kind, string? Name)> Documents(PackingSettings settings, bool isFirstParcel, bool isFirstOrder, bool hasGift)
    {
        yield return ("packingSlip", null);
        if (isFirstParcel && settings.HasInvoice) yield return ("invoice", null);
        if (isFirstParcel && hasGift) yield return ("giftMessage", null);
        if (isFirstParcel && isFirstOrder) yield return ("insert", settings.WelcomeInsert);
        if (settings.HasReturnLabel) yield return ("returnLabel", null);
    }

    private static async Task Cost(Work work, Actor actor, PackTables.Bench bench, TableParcel parcel, PackageId package, string? sscc, DateTimeOffset now)
    {
        var packaging = parcel.Packaging is { } code ? bench.Packagings.GetValueOrDefault(code) : null;
        await work.Execute(
            """
            insert into package_costs (package_id, merchant_id, fulfilment_id, packaging, suggested, engine, cost_minor, cost_currency, expected_grams, weighed_grams, weight_reason, sscc, sealed_by, sealed_at_ms)
            values (@package, @merchant, @id, @packaging::text, @suggested::text, @engine, @cost::bigint, @currency::text, @expected::bigint, @weighed::bigint, @reason::text, @sscc::text, @by, @now)
            """, ("package", package.Value), ("id", bench.View.Id.Value), ("packaging", packaging?.Code), ("suggested", parcel.Suggested), ("engine", PackEngine.Version), ("cost", packaging?.CostMinor),
            ("currency", packaging?.CostCurrency), ("expected", bench.Expected(parcel)), ("weighed", parcel.WeighedGrams), ("reason", parcel.WeightReason), ("sscc", sscc), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        if (packaging is not null)
            await work.Execute("update packagings set supply = supply - 1 where merchant_id = @merchant and code = @code and supply > 0", ("code", packaging.Code));
    }

    private static async Task<bool> IsFirstOrder(Work work, OrderId order) => (await work.Query(
        """
        select count(*) from orders o join orders e on e.merchant_id = @merchant and e.customer_id = o.customer_id and e.id <> o.id and e.placed_at_ms <= o.placed_at_ms and e.state <> 'cancelled'
         where o.merchant_id = @merchant and o.id = @order and o.customer_id is not null
        """, row => row.Long(), ("order", order.Value)))[0] == 0;

    private static async Task<string?> GiftMessage(Work work, OrderId order) => (await work.Query(
        "select metadata from orders where merchant_id = @merchant and id = @order and metadata is not null", row => row.Text(), ("order", order.Value))).Select(json =>
        {
            using var metadata = JsonDocument.Parse(json);
            return metadata.RootElement.ValueKind == JsonValueKind.Object
                && (metadata.RootElement.TryGetProperty("giftMessage", out var said) || metadata.RootElement.TryGetProperty("gift_message", out said)) ? said.ToString() : null;
        }).FirstOrDefault();

    private static async Task<PackingView> Show(Work work, PackTables.Bench bench)
    {
        var view = bench.View;
        var confirmed = (await HandoverSteps.Confirmed(work, view.Id)).ToLookup(c => c.Line, c => c.Step);
        var documents = await work.Query("select package_id, kind, name, document_id from pack_documents where fulfilment_id = @id and merchant_id = @merchant order by package_id, kind limit 1000",
            row => new PackingDocument(new PackageId(row.Uuid()), row.Text(), row.TextOrNull(), row.UuidOrNull() is { } document ? new DocumentId(document) : null), ("id", view.Id.Value));
        var costs = (await work.Query("select package_id, packaging, sscc from package_costs where fulfilment_id = @id and merchant_id = @merchant",
            row => (Package: new PackageId(row.Uuid()), Packaging: row.TextOrNull(), Sscc: row.TextOrNull()), ("id", view.Id.Value))).ToDictionary(c => c.Package);
        var instead = (await work.Query(
            """
            select l.line_no, coalesce(o.name, o.sku) from order_lines l join order_lines o on o.order_id = l.order_id and o.line_no = l.substitute_for
             where l.order_id = @order and l.merchant_id = @merchant and l.substitute_for is not null
            """, row => (Line: row.Int(), Name: row.Text()), ("order", view.Order.Value))).ToDictionary(i => i.Line, i => i.Name);
        var pictures = await ProductPictures.OfSkus(work, bench.Lines.Select(l => l.Sku));
        return new PackingView(view.Id, view.Number, view.Order, view.OrderNumber, view.Node, view.State, view.Method, view.MustStop, view.IsHeld, view.ShipBy,
            bench.Lines.Sum(l => Math.Max(0, l.Picked - bench.Table.InParcels(l.Line))), bench.Settings.MustWeigh, await GiftMessage(work, view.Order),
            [.. bench.Lines.Select(l =>
            {
                var product = bench.Products.GetValueOrDefault(Text.Key(l.Sku));
                var line = view.Lines.First(v => v.Line == l.Line);
                return new PackingLineView(l.Line, l.Sku, line.Name, pictures.GetValueOrDefault(Text.Key(l.Sku)), line.Open, l.Picked, bench.Table.InParcels(l.Line), l.Text, product?.IsFragile == true, l.ShipsAlone,
                    product?.MinAge, product?.Hazard, l.HasSerials ? "serial" : l.HasLots ? "lot" : "none", product is null ? [] : [.. HandoverSteps.Of(product)], [.. confirmed[l.Line]])
                { InsteadOf = instead.GetValueOrDefault(l.Line) };
            })],
            [.. bench.Table.Parcels.Select(p => new PackingParcelView(p.No, p.Packaging, p.Lines, bench.Expected(p), bench.Expected(p) is { } grams ? bench.Settings.Tolerance(grams) : null, p.WeighedGrams, p.WeightReason, p.RefusedGrams))],
            [.. view.Packages.Where(p => p.State != "voided" && costs.ContainsKey(p.Id)).Select(p => new SealedParcel(p.Id, p.Package, p.State, costs[p.Id].Packaging, p.WeightGrams, costs[p.Id].Sscc, p.Carrier, p.Service, p.Tracking, p.Lines))],
            [.. documents.Where(d => view.Packages.Any(p => p.Id == d.Package && p.State != "voided"))]);
    }
}
