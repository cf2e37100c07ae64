using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Shipping;

/// <summary>A carrier that was asked to fetch parcels.</summary>
/// <param name="Number">The carrier's own.</param>
/// <param name="State">asked or calledOff.</param>
public sealed record PickupView(string Account, string Node, string Number, DateTimeOffset From, DateTimeOffset To, long Parcels, [property: Words("asked", "calledOff")] string State, DateTimeOffset AskedAt)
{
    public string Object => "pickup";
}

/// <summary>Asks a carrier to fetch parcels, and calls that off again.</summary>
public static class CarrierPickups
{
    /// <param name="From">From when the parcels are ready. Carriers are told the node's own time.</param>
    /// <param name="Phone">Whom the driver calls; some carriers ask for it.</param>
    public sealed record Request(string? Node = null, DateTimeOffset? From = null, DateTimeOffset? To = null, int? Parcels = null, long? WeightGrams = null, string? Phone = null);

    private sealed record Place(ParcelAddress At, TimeZoneInfo Zone);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/carrier-accounts/{code}/pickups", async (string code, Request body, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Ask(code, body, desk, db, clock, actor, http.RequestAborted)).ToHttp(201))
            .Requires(Permission.FulfilmentWork).WithName("shipping.askPickup").WithTags("Shipping").WithSummary("Ask a carrier to fetch parcels")
            .Produces<PickupView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
        routes.MapDelete("/carrier-accounts/{code}/pickups", async (string code, [FromQuery] string? pickup, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await CallOff(code, pickup, desk, db, clock, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("shipping.callOffPickup").WithTags("Shipping").WithSummary("Call a collection off again, by the carrier's number")
            .Produces<PickupView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
    }

    /// <summary>Asked again for the same, the carrier answers with the collection that is there.</summary>
    /// <remarks>Errors: shipping.no_such_account, nodes.no_such_node, shipping.carrier_refused, shipping.not_supported, shipping.carrier_failed; request.invalid.</remarks>
    private static async Task<Result<PickupView>> Ask(string code, Request body, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        var checks = new Checks();
        checks.Text(body.Node, "/node", 64, required: true);
        checks.That(body.From is not null, "/from", "field.required", "from is required.");
        checks.That(body.To > body.From, "/to", "field.out_of_range", "to is later than from.");
        checks.That(body.To is null || body.To > clock.GetUtcNow(), "/to", "field.out_of_range", "to is still to come.");
        checks.Range(body.Parcels ?? 1, 1, 100_000, "/parcels");
        checks.Range(body.WeightGrams ?? 1, 1, 100_000_000, "/weightGrams");
        checks.Text(body.Phone, "/phone", 64);
        if (checks.AnyFault) return checks.ToError();
        // What was answered under this key is answered again, before the carrier is troubled.
        if (actor.Stamp is { } stamp && await db.Read(actor, work => Idempotency.Find(work, stamp)) is { Answer: not null } earlier) return earlier.ToResult<PickupView>(stamp);
        var (account, node, place) = await db.Read(actor, async work =>
        {
            long? known = await DayEnd.Node(work, actor, body.Node!);
            return (await CarrierAccount.Find(work, code), known, known is null ? null
                : await work.Find("select n.name, n.address, n.country, n.postcode, n.time_zone from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.id = @node", PlaceOf, ("node", known.Value)));
        });
        if (account is null) return ShippingErrors.NoSuchAccount;
        if (place is null) return ShippingErrors.NoSuchNode(body.Node!);
        var (from, to) = (TimeZoneInfo.ConvertTime(body.From!.Value, place.Zone), TimeZoneInfo.ConvertTime(body.To!.Value, place.Zone));
        var asked = await desk.Of(account).Pickup(desk.Call(account, stop), place.At with { Phone = body.Phone }, from, to, body.Parcels ?? 1, body.WeightGrams ?? 1);
        if (asked.Fault is { } fault) return ShippingErrors.Carrier(fault);
        var now = clock.GetUtcNow();
        var made = new PickupView(code, body.Node!, asked.Value.Number, asked.Value.From ?? body.From.Value, asked.Value.To ?? body.To!.Value, body.Parcels ?? 1, "asked", now);
        return await db.Write<PickupView>(actor, async work =>
        {
            await work.Execute(
                """
                insert into carrier_pickups (account_id, number, merchant_id, node_id, from_ms, to_ms, parcels, state, asked_by, asked_at_ms)
                values (@account, @number, @merchant, @node, @from, @to, @parcels, 'asked', @by, @now)
                    on conflict (account_id, number) do update set node_id = excluded.node_id, from_ms = excluded.from_ms, to_ms = excluded.to_ms, parcels = excluded.parcels, state = 'asked', called_off_at_ms = null,
                        asked_by = excluded.asked_by, asked_at_ms = excluded.asked_at_ms
                """, ("account", account.Id.Value), ("number", made.Number), ("node", node!.Value), ("from", made.From.ToUnixTimeMilliseconds()), ("to", made.To.ToUnixTimeMilliseconds()),
                ("parcels", made.Parcels), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("carrier_account", code, "PickupAsked", new { node = body.Node, number = made.Number, from = body.From, to = body.To, parcels = made.Parcels }));
            return made;
        });
    }

    /// <summary>One that is called off already stays so, and the carrier is not asked again.</summary>
    /// <remarks>Errors: shipping.no_such_account, shipping.no_such_pickup, shipping.carrier_refused, shipping.not_supported, shipping.carrier_failed; request.invalid.</remarks>
    private static async Task<Result<PickupView>> CallOff(string code, string? number, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        var checks = new Checks();
        checks.Text(number, "#pickup", 200, required: true);
        if (checks.AnyFault) return checks.ToError();
        var (account, known) = await db.Read(actor, async work => (await CarrierAccount.Find(work, code), await Find(work, actor, code, number!)));
        if (account is null) return ShippingErrors.NoSuchAccount;
        if (known is null) return ShippingErrors.NoSuchPickup;
        if (known.State == "calledOff") return known;
        var done = await desk.Of(account).CallOff(desk.Call(account, stop), number!);
        if (done.Fault is { } fault) return ShippingErrors.Carrier(fault);
        var now = clock.GetUtcNow();
        return await db.Write<PickupView>(actor, async work =>
        {
            int changed = await work.Execute("update carrier_pickups set state = 'calledOff', called_off_at_ms = @now where account_id = @account and number = @number and merchant_id = @merchant and state = 'asked'",
                ("account", account.Id.Value), ("number", number), ("now", now.ToUnixTimeMilliseconds()));
            if (changed > 0) await EventLog.Append(work, actor, now, new Happening("carrier_account", code, "PickupCalledOff", new { node = known.Node, number }));
            return (await Find(work, actor, code, number!))!;
        });
    }

    private static async Task<PickupView?> Find(Work work, Actor actor, string code, string number) =>
        (await work.Query($"{Select} and a.code = @code and p.number = @number", row => (Node: row.Long(), View: Read(row)), ("code", code), ("number", number)))
            .Where(p => actor.MaySeeNode(p.Node)).Select(p => p.View).FirstOrDefault();

    /// <summary>Those of a node that are still to come or were due since then, the next first.</summary>
    internal static List<PickupView> Of(Batch batch, long node, long sinceMs) => batch.Query(
        $"{Select} and p.node_id = @node and p.to_ms >= @since order by p.from_ms, a.code, p.number limit 100", row =>
        {
            row.Long();
            return Read(row);
        }, ("node", node), ("since", sinceMs));

    private const string Select = "select p.node_id, a.code, n.code, p.number, p.from_ms, p.to_ms, p.parcels, p.state, p.asked_at_ms from carrier_pickups p join carrier_accounts a on a.id = p.account_id join nodes n on n.id = p.node_id where p.merchant_id = @merchant";
    private static PickupView Read(Row row) => new(row.Text(), row.Text(), row.Text(), row.Instant(), row.Instant(), row.Long(), row.Text(), row.Instant());

    private static Place PlaceOf(Row row)
    {
        string name = row.Text();
        var at = JsonSerializer.Deserialize<Address>(row.Text(), Json.Options);
        var (country, postcode) = (row.TextOrNull(), row.TextOrNull());
        return new Place(new ParcelAddress(name, name, at?.Line1, at?.Line2, at?.City, at?.Region, postcode, country, Phone: null, Email: null), TimeZoneInfo.FindSystemTimeZoneById(row.Text()));
    }
}
