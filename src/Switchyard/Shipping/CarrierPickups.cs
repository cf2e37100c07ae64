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

    private const long LongestAskMs = 2 * 60_000;
    private const int MostLabels = 500;

    /// <summary>This place and time of an account, held by one who asks the carrier.</summary>
    private sealed record Ask(Guid Account, long Node, long FromMs, long ToMs, Guid Claim);

    /// <param name="Earlier">What was answered under the same key.</param>
    /// <param name="Present">The collection that is there for this place and time.</param>
    private sealed record Turn(bool IsMine, Idempotency.Stored? Earlier = null, PickupView? Present = null);

    private sealed record Place(ParcelAddress At, TimeZoneInfo Zone);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/carrier-accounts/{code}/pickups", async (string code, Request body, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(code, body, desk, db, clock, actor, http.RequestAborted)).ToHttp(201))
            .Requires(Permission.FulfilmentWork).WithName("shipping.askPickup").WithTags("Shipping").WithSummary("Ask a carrier to fetch parcels")
            .WithDescription("There is one collection for a place and a time: asked for again, also at the same moment, the carrier is not asked twice. Call it off to ask for another.")
            .Produces<PickupView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
        routes.MapDelete("/carrier-accounts/{code}/pickups", async (string code, [FromQuery] string? pickup, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await CallOff(code, pickup, desk, db, clock, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("shipping.callOffPickup").WithTags("Shipping").WithSummary("Call a collection off again, by the carrier's number")
            .Produces<PickupView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);
    }

    /// <summary>One for a place and a time: asked again, it is the one that is there. Of several who ask at the same moment one asks the carrier.</summary>
    /// <remarks>Errors: shipping.no_such_account, nodes.no_such_node, shipping.carrier_refused, shipping.not_supported, shipping.carrier_failed, request.in_progress; request.invalid.</remarks>
    private static async Task<Result<PickupView>> Handle(string code, Request body, CarrierDesk desk, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        var checks = new Checks();
        checks.Text(body.Node, "/node", 64, required: true);
        checks.That(body.From is not null, "/from", "field.required", "from is required.");
        checks.That(body.To is not null, "/to", "field.required", "to is required.");
        checks.That(body.To is null || body.To > body.From, "/to", "field.out_of_range", "to is later than from.");
        checks.That(body.To is null || body.To > clock.GetUtcNow(), "/to", "field.out_of_range", "to is still to come.");
        checks.Range(body.Parcels ?? 1, 1, 100_000, "/parcels");
        checks.Range(body.WeightGrams ?? 1, 1, 100_000_000, "/weightGrams");
        checks.Text(body.Phone, "/phone", 64);
        if (checks.AnyFault) return checks.ToError();
        var (account, node, place) = await db.Read(actor, async work =>
        {
            long? known = await DayEnd.Node(work, actor, body.Node!);
            return (await CarrierAccount.Find(work, code), known, known is null ? null
                : await work.Find("select n.name, n.address, n.country, n.postcode, n.time_zone from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.id = @node", PlaceOf, ("node", known.Value)));
        });
        if (account is null) return ShippingErrors.NoSuchAccount;
        if (place is null) return ShippingErrors.NoSuchNode(body.Node!);
        var ask = new Ask(account.Id.Value, node!.Value, body.From!.Value.ToUnixTimeMilliseconds(), body.To!.Value.ToUnixTimeMilliseconds(), Guid.CreateVersion7(clock.GetUtcNow()));
        var turn = await Claim(ask, code, db, clock, actor);
        if (turn.Error is { } busy) return busy;
        if (turn.Value.Earlier is { } earlier) return earlier.ToResult<PickupView>(actor.Stamp!);
        if (turn.Value.Present is { } present) return present;
        if (!turn.Value.IsMine) return ShippingErrors.BeingAsked;

        var (from, to) = (TimeZoneInfo.ConvertTime(body.From.Value, place.Zone), TimeZoneInfo.ConvertTime(body.To.Value, place.Zone));
        var labels = await db.Read(actor, work => LabelSql.ToBeFetched(work, account.Id, ask.Node, MostLabels));
        var asked = await desk.Of(account).Pickup(desk.Call(account, stop), new PickupWish(place.At with { Phone = body.Phone }, from, to, body.Parcels ?? 1, body.WeightGrams ?? 1, labels));
        if (asked.Fault is { } fault)
        {
            await db.Write<Done>(actor with { Stamp = null }, async work =>
            {
                await work.Execute($"delete from carrier_pickup_asks where {Own} and claim = @claim and number is null", Fields(ask));
                return new Done();
            });
            return ShippingErrors.Carrier(fault);
        }
        return await Keep(ask, new PickupView(code, body.Node!, asked.Value.Number, asked.Value.From ?? body.From.Value, asked.Value.To ?? body.To.Value, body.Parcels ?? 1, "asked", clock.GetUtcNow()), body, db, actor);
    }

    // Who writes the row asks the carrier; a row left by somebody who came to nothing is taken over when its time is up.
    private static Task<Result<Turn>> Claim(Ask ask, string code, Db db, TimeProvider clock, Actor actor) => db.Write<Turn>(actor with { Stamp = null }, async work =>
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        int mine = await work.Execute(
            """
            insert into carrier_pickup_asks (account_id, node_id, from_ms, to_ms, merchant_id, claim, until_ms) values (@account, @node, @from, @to, @merchant, @claim, @until)
                on conflict (account_id, node_id, from_ms, to_ms) do update set claim = excluded.claim, until_ms = excluded.until_ms where carrier_pickup_asks.number is null and carrier_pickup_asks.until_ms <= @now
            """, [.. Fields(ask), ("until", now + LongestAskMs), ("now", now)]);
        // Looked for with the row in hand: whoever had it before has written its answer, or has not come to an end.
        if (actor.Stamp is { } stamp && await Idempotency.Find(work, stamp) is { Answer: not null } earlier)
        {
            if (mine > 0) await work.Execute($"delete from carrier_pickup_asks where {Own} and claim = @claim", Fields(ask));
            return new Turn(false, earlier);
        }
        if (mine > 0) return new Turn(true);
        string? number = (await work.Query($"select number from carrier_pickup_asks where {Own}", row => row.TextOrNull(), Fields(ask))).FirstOrDefault();
        return new Turn(false, null, number is null ? null : await Find(work, actor, code, number));
    });

    private static Task<Result<PickupView>> Keep(Ask ask, PickupView made, Request body, Db db, Actor actor) => db.Write<PickupView>(actor, async work =>
    {
        await work.Execute(
            """
            insert into carrier_pickups (account_id, number, merchant_id, node_id, from_ms, to_ms, parcels, state, asked_by, asked_at_ms)
            values (@account, @number, @merchant, @node, @from, @to, @parcels, 'asked', @by, @now)
                on conflict (account_id, number) do update set node_id = excluded.node_id, from_ms = excluded.from_ms, to_ms = excluded.to_ms, parcels = excluded.parcels, state = 'asked', called_off_at_ms = null,
                    asked_by = excluded.asked_by, asked_at_ms = excluded.asked_at_ms
            """, ("account", ask.Account), ("number", made.Number), ("node", ask.Node), ("from", made.From.ToUnixTimeMilliseconds()), ("to", made.To.ToUnixTimeMilliseconds()),
            ("parcels", made.Parcels), ("by", actor.Id), ("now", made.AskedAt.ToUnixTimeMilliseconds()));
        await work.Execute($"update carrier_pickup_asks set number = @number where {Own}", [.. Fields(ask), ("number", made.Number)]);
        await EventLog.Append(work, actor, made.AskedAt, new Happening("carrier_account", made.Account, "PickupAsked", new { node = body.Node, number = made.Number, from = body.From, to = body.To, parcels = made.Parcels }));
        return made;
    });

    private const string Own = "account_id = @account and node_id = @node and from_ms = @from and to_ms = @to and merchant_id = @merchant";
    private static (string, object?)[] Fields(Ask ask) => [("account", ask.Account), ("node", ask.Node), ("from", ask.FromMs), ("to", ask.ToMs), ("claim", ask.Claim)];

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
            await work.Execute("delete from carrier_pickup_asks where account_id = @account and number = @number and merchant_id = @merchant", ("account", account.Id.Value), ("number", number));
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
