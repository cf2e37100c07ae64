using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Shipping;

/// <summary>Asks a carrier to fetch parcels, and where its service points are.</summary>
public static class AskCarrier
{
    /// <param name="From">From when the parcels are ready. Carriers are told the node's own time.</param>
    /// <param name="Phone">Whom the driver calls; some carriers ask for it.</param>
    public sealed record PickupRequest(string? Node = null, DateTimeOffset? From = null, DateTimeOffset? To = null, int? Parcels = null, long? WeightGrams = null, string? Phone = null);
    public sealed record PickupView(string Object, string Account, string Node, string Number, DateTimeOffset From, DateTimeOffset To);
    public sealed record PointsRequest(string? Country = null, string? Postcode = null);

    private sealed record PickupPlace(ParcelAddress At, TimeZoneInfo Zone);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/carrier-accounts/{code}/pickups", async (string code, PickupRequest body, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Pickup(code, body, desk, db, clock, actor, http.RequestAborted)).ToHttp(201))
            .Requires(Permission.FulfilmentWork).WithName("shipping.askPickup").WithTags("Shipping").WithSummary("Ask a carrier to fetch parcels")
            .Produces<PickupView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
        routes.MapPost("/carrier-accounts/{code}/service-points", async (string code, PointsRequest body, CarrierDesk desk, Db db, Actor actor, HttpContext http) =>
                (await Points(code, body, desk, db, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.servicePoints").WithTags("Shipping").WithSummary("List a carrier's shops and lockers near a postcode")
            .Produces<Page<ServicePoint>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
    }

    private static async Task<Result<PickupView>> Pickup(string code, PickupRequest body, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        var checks = new Checks();
        checks.Text(body.Node, "/node", 64, required: true);
        checks.That(body.From is not null, "/from", "field.required", "from is required.");
        checks.That(body.To > body.From, "/to", "field.out_of_range", "to is later than from.");
        checks.Range(body.Parcels ?? 1, 1, 100_000, "/parcels");
        checks.Range(body.WeightGrams ?? 1, 1, 100_000_000, "/weightGrams");
        checks.Text(body.Phone, "/phone", 64);
        if (checks.AnyFault) return checks.ToError();
        // What was answered under this key is answered again, before the carrier is troubled.
        if (actor.Stamp is { } stamp && await db.Read(actor, work => Idempotency.Find(work, stamp)) is { Answer: not null } earlier) return earlier.ToResult<PickupView>(stamp);
        var (account, place) = await db.Read(actor, async work => (await CarrierAccount.Find(work, code), await DayEnd.Node(work, actor, body.Node!) is { } node
            ? await work.Find("select n.name, n.address, n.country, n.postcode, n.time_zone from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.id = @node", Place, ("node", node)) : null));
        if (account is null) return ShippingErrors.NoSuchAccount;
        if (place is null) return ShippingErrors.NoSuchNode(body.Node!);
        var (from, to) = (TimeZoneInfo.ConvertTime(body.From!.Value, place.Zone), TimeZoneInfo.ConvertTime(body.To!.Value, place.Zone));
        var asked = await desk.Of(account).Pickup(desk.Call(account, stop), place.At with { Phone = body.Phone }, from, to, body.Parcels ?? 1, body.WeightGrams ?? 1);
        if (asked.Fault is { } fault) return ShippingErrors.Carrier(fault);
        return await db.Write<PickupView>(actor, async work =>
        {
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("carrier_account", code, "PickupAsked", new { node = body.Node, number = asked.Value.Number, from = body.From, to = body.To }));
            return new PickupView("pickup", code, body.Node!, asked.Value.Number, asked.Value.From ?? body.From!.Value, asked.Value.To ?? body.To!.Value);
        });
    }

    private static async Task<Result<Page<ServicePoint>>> Points(string code, PointsRequest body, CarrierDesk desk, Db db, Actor actor, CancellationToken stop)
    {
        var checks = new Checks();
        checks.That(body.Country is { Length: 2 } country && country.All(char.IsAsciiLetter), "/country", "field.malformed", "country is two letters.");
        checks.Text(body.Postcode, "/postcode", 20, required: true);
        if (checks.AnyFault) return checks.ToError();
        if (await db.Read(actor, work => CarrierAccount.Find(work, code)) is not { } account) return ShippingErrors.NoSuchAccount;
        var points = await desk.Of(account).ServicePoints(desk.Call(account, stop), body.Country!.ToUpperInvariant(), body.Postcode!);
        return points.Fault is { } fault ? ShippingErrors.Carrier(fault) : new Page<ServicePoint>(points.Value, null, false);
    }

    private static PickupPlace Place(Row row)
    {
        string name = row.Text();
        var at = JsonSerializer.Deserialize<Address>(row.Text(), Json.Options);
        var (country, postcode) = (row.TextOrNull(), row.TextOrNull());
        return new PickupPlace(new ParcelAddress(name, name, at?.Line1, at?.Line2, at?.City, at?.Region, postcode, country, Phone: null, Email: null), TimeZoneInfo.FindSystemTimeZoneById(row.Text()));
    }
}
