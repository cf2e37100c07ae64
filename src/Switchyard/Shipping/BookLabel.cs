using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Asks for a label of a package, shows what carriers would take, and takes a label back.</summary>
public static class BookLabel
{
    /// <param name="Policy">The merchant's when left out (<c>GET /shipping-settings</c>).</param>
    /// <param name="Account">Only this account, with <c>service</c> only this service; it must be one that what the customer bought may go by.</param>
    public sealed record Request(ShippingPolicy? Policy = null, string? Account = null, string? Service = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/packages/{id}/quotes", async (string id, Request? body, CarrierDesk desk, Db db, Actor actor, HttpContext http) => (await Quotes(id, body ?? new Request(), desk, db, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("shipping.quote").WithTags("Shipping").WithSummary("Ask all carriers what this package would cost and when it arrives")
            .Produces<ServiceDecision>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/packages/{id}/label", async (string id, Request? body, Db db, RunLabels run, TimeProvider clock, Actor actor) =>
            {
                var wanted = await Handle(id, body ?? new Request(), db, clock, actor);
                if (wanted.Error is { } error) return error.ToHttp();
                return await run.Soon(actor, wanted.Value.Id) is { } label ? Results.Json(LabelView.Of(label), Json.Options, statusCode: label.State == LabelState.Wanted ? 202 : 201) : wanted.ToHttp(202);
            })
            .Requires(Permission.FulfilmentWork).WithName("shipping.book").WithTags("Shipping").WithSummary("Have a label made; 202: it is not there yet, and comes by itself")
            .Produces<LabelView>(201).Produces<LabelView>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/labels/{id}/void", async (string id, Db db, RunLabels run, TimeProvider clock, Actor actor) =>
            {
                var asked = await Void(id, db, clock, actor);
                if (asked.Error is { } error) return error.ToHttp();
                if (asked.Value.State != "voiding" || await run.Soon(actor, asked.Value.Id) is not { } label) return asked.ToHttp();
                return label.State == LabelState.Booked ? ShippingErrors.Carrier(new AdapterFault(FaultKind.Refused, label.Fault ?? "")).ToHttp() : Results.Json(LabelView.Of(label), Json.Options);
            })
            .Requires(Permission.FulfilmentWork).WithName("shipping.void").WithTags("Shipping").WithSummary("Take a label back")
            .Produces<LabelView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/labels/{id}/retry", async (string id, Db db, RunLabels run, TimeProvider clock, Actor actor) =>
            {
                var again = await Retry(id, db, clock, actor);
                if (again.Error is { } error) return error.ToHttp();
                return await run.Soon(actor, again.Value.Id) is { } label ? Results.Json(LabelView.Of(label), Json.Options) : again.ToHttp();
            })
            .Requires(Permission.FulfilmentWork).WithName("shipping.retry").WithTags("Shipping").WithSummary("Try again to have a label made that nobody would make")
            .Produces<LabelView>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>Writes the wish; a repeat for the same package finds the first.</summary>
    /// <remarks>Errors: fulfilment.package_not_found, shipping.not_packed, shipping.no_such_account.</remarks>
    public static async Task<Result<LabelView>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        if (Form(body) is { } faults) return faults;
        if (!PackageId.TryParse(id, null, out var package)) return FulfilmentRoom.PackageNotFound;
        var now = clock.GetUtcNow();
        return await db.Write<LabelView>(actor, async work =>
        {
            if (await PackageDesk.Find(work, actor, package) is not { } parcel) return FulfilmentRoom.PackageNotFound;
            if (await CarrierLabel.Live(work, package) is { } present) return LabelView.Of(present);
            if (parcel.State != PackageState.Labelled) return ShippingErrors.NotPacked;
            if (body.Account is { } code && await CarrierAccount.Find(work, code) is null) return ShippingErrors.NoSuchAccount;
            long no = 1 + await work.Scalar("select coalesce(max(label_no), 0) from carrier_labels where merchant_id = @merchant and package_id = @package", ("package", package.Value));
            var label = LabelId.New(now);
            await work.Execute(
                """
                insert into carrier_labels (id, merchant_id, package_id, label_no, order_id, fulfilment_id, node_id, state, policy, method, reference, account_id, service, due_at_ms, promised_by_ms, created_at_ms)
                values (@id, @merchant, @package, @no, @order, @fulfilment, @node, 'wanted', @policy, @method::text, @reference,
                       (select a.id from carrier_accounts a where a.merchant_id = @merchant and a.code = @account::text), @service::text, @now, @promised::bigint, @now)
                on conflict do nothing
                """,
                ("id", label.Value), ("package", package.Value), ("no", no), ("order", parcel.Order.Value), ("fulfilment", parcel.Fulfilment.Value), ("node", parcel.Node),
                ("policy", ServiceChoice.Name(body.Policy ?? (await ShippingSettings.Load(work)).Policy)), ("method", parcel.Method), ("reference", no == 1 ? package.ToString() : $"{package}-{Text.Invariant(no)}"),
                ("account", body.Account), ("service", body.Service), ("now", now.ToUnixTimeMilliseconds()), ("promised", parcel.DeliverBy?.ToUnixTimeMilliseconds()));
            // Two at once: the second finds the first's.
            return LabelView.Of((await CarrierLabel.Live(work, package))!);
        });
    }

    private static async Task<Result<ServiceDecision>> Quotes(string id, Request body, CarrierDesk desk, Db db, Actor actor, CancellationToken stop)
    {
        if (Form(body) is { } faults) return faults;
        if (!PackageId.TryParse(id, null, out var package)) return FulfilmentRoom.PackageNotFound;
        var (parcel, accounts, usual) = await db.Read(actor, async work => (await PackageDesk.Find(work, actor, package), await CarrierAccount.All(work), (await ShippingSettings.Load(work)).Policy));
        if (parcel is null || await desk.Consign(actor, parcel, package.ToString()) is not { } consigned) return FulfilmentRoom.PackageNotFound;
        var asked = accounts.Where(a => a.IsFor(parcel.Node) && (body.Account is null || a.Code == body.Account)).ToList();
        return await desk.Quote(asked, consigned.What, consigned.Zone, body.Policy ?? usual, parcel.Method, parcel.DeliverBy, stop);
    }

    /// <remarks>Errors: shipping.no_such_label, shipping.manifested, shipping.has_left.</remarks>
    public static Task<Result<LabelView>> Void(string id, Db db, TimeProvider clock, Actor actor) => db.Write<LabelView>(actor, async work =>
    {
        if (await CarrierLabel.Find(work, actor, id) is not { } known) return ShippingErrors.NoSuchLabel;
        // The order is locked before the label, as everywhere: whoever ships the parcel comes before or after all of this.
        var (parcel, now) = (await PackageDesk.Find(work, actor, known.Package), clock.GetUtcNow());
        bool isHere = parcel is not null && await PackageDesk.IsHere(work, actor, parcel, now);
        if (await CarrierLabel.Find(work, actor, id, locked: true) is not { } label) return ShippingErrors.NoSuchLabel;
        if (label.State is LabelState.Voiding or LabelState.Voided or LabelState.Cancelled) return LabelView.Of(label);
        if (label.State == LabelState.Manifested) return ShippingErrors.Manifested;
        if (label.ScannedAt is not null || label.State == LabelState.Booked && !isHere) return ShippingErrors.HasLeft;
        if (label.State == LabelState.Booked) await PackageDesk.Unlabel(work, actor, parcel!, now);
        await LabelSql.TakeBack(work, label, now);
        return LabelView.Of((await CarrierLabel.Find(work, label.Id))!);
    });

    private static Task<Result<LabelView>> Retry(string id, Db db, TimeProvider clock, Actor actor) => db.Write<LabelView>(actor, async work =>
    {
        if (await CarrierLabel.Find(work, actor, id, locked: true) is not { } label) return ShippingErrors.NoSuchLabel;
        if (label.State == LabelState.Wanted) return LabelView.Of(label);
        if (label.State != LabelState.Failed) return ShippingErrors.CannotMove(label.State, LabelState.Wanted);
        await LabelSql.WantAgain(work, label, clock.GetUtcNow());
        return LabelView.Of((await CarrierLabel.Find(work, label.Id))!);
    });

    private static Error? Form(Request body)
    {
        var checks = new Checks();
        checks.Text(body.Account, "/account", 64);
        checks.Text(body.Service, "/service", 64);
        checks.That(body.Service is null || body.Account is not null, "/account", "field.required", "A service is named with its account.");
        return checks.AnyFault ? checks.ToError() : null;
    }
}
