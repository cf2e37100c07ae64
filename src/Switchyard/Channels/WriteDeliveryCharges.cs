using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Channels;

/// <summary>What customers pay for delivery, by method, currency, country and channel. Orders that we write take it; those of channels keep what they say.</summary>
public static class WriteDeliveryCharges
{
    private const int Most = 500;

    public sealed record Item(string? Method, string? Currency, long? ChargeMinor, long? FreeFromMinor = null, string? Country = null, string? Channel = null, decimal? TaxRate = null);
    public sealed record Request(IReadOnlyList<Item?>? Charges);

    public sealed record Response(string Object, IReadOnlyList<DeliveryCharge> Charges, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/delivery-charges", async (Db db, Actor actor, HttpContext http) => Answer(await db.Read<Result<Response>>(actor, async work => await Load(work)), http))
            .Requires(Permission.SettingsRead).WithName("channels.readDeliveryCharges").WithTags("Channels").WithSummary("Read what customers pay for delivery")
            .Produces<Response>();
        routes.MapPut("/delivery-charges", async (Request? body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("channels.writeDeliveryCharges").WithTags("Channels").WithSummary("Say what customers pay for delivery, and from which worth it is free")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(412);
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    /// <summary>All lines, written anew.</summary>
    /// <remarks>Errors: request.invalid; catalog.changed_meanwhile.</remarks>
    public static async Task<Result<Response>> Handle(Request? body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body?.Charges is not null, "/charges", "field.required", "charges is required; an empty list says nothing of any method.");
        checks.Range(body?.Charges?.Count ?? 0, 0, Most, "/charges");
        var seen = new HashSet<(string, string, string, string)>();
        foreach (var (i, line) in (body?.Charges ?? []).Take(Most).Index()) Check(checks, line, $"/charges/{i}", seen);
        if (checks.AnyFault) return checks.ToError();
        List<DeliveryCharge> charges = [.. body!.Charges!.Select(c => new DeliveryCharge(c!.Method!.Trim(), c.Currency!, c.ChargeMinor!.Value, c.FreeFromMinor, c.Country?.ToUpperInvariant(), c.Channel, c.TaxRate))];
        return await db.Write<Response>(actor, async work =>
        {
            var known = (await work.Query("select code from channels where merchant_id = @merchant", row => Text.Key(row.Text()))).ToHashSet();
            foreach (var (i, charge) in charges.Index())
                checks.That(charge.Channel is null || known.Contains(Text.Key(charge.Channel)), $"/charges/{i}/channel", "orders.unknown_channel", $"There is no channel {charge.Channel}.");
            if (checks.AnyFault) return checks.ToError();
            // Whoever writes first makes the row; whoever comes second waits at it, and sees another version.
            var now = clock.GetUtcNow();
            await work.Execute("insert into delivery_charges (merchant_id, charges, version, updated_by, updated_at_ms) values (@merchant, '[]', 0, @by, @now) on conflict (merchant_id) do nothing",
                ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            long version = (await work.Query("select version from delivery_charges where merchant_id = @merchant for update", row => row.Long()))[0];
            if (expected is { } meant && meant != version) return CatalogErrors.Changed("The list of delivery charges", version);
            await work.Execute("update delivery_charges set charges = @charges, version = version + 1, updated_by = @by, updated_at_ms = @now where merchant_id = @merchant",
                ("charges", JsonSerializer.Serialize(charges, Json.Options)), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("deliveryCharges", "all", "DeliveryChargesWritten", new { charges }));
            await CatalogVersion.Bump(work);
            return await Load(work);
        });
    }

    private static void Check(Checks checks, Item? line, string at, HashSet<(string, string, string, string)> seen)
    {
        if (line is null) { checks.Fault(at, "field.required", "A charge must be an object."); return; }
        checks.Text(line.Method, at + "/method", 64, required: true);
        checks.That(line.Currency is { } currency && Currency.TryParse(currency, out _), at + "/currency", "field.unknown_currency", "currency is a code of ISO 4217, such as GBP.");
        checks.That(line.ChargeMinor is not null, at + "/chargeMinor", "field.required", "chargeMinor is required; 0 is free.");
        checks.Amount(line.ChargeMinor ?? 0, at + "/chargeMinor");
        if (line.FreeFromMinor is { } from) checks.Amount(from, at + "/freeFromMinor");
        checks.That(line.Country is null || line.Country.Length == 2 && line.Country.All(char.IsAsciiLetter), at + "/country", "field.malformed", "country is two letters, such as GB.");
        checks.Text(line.Channel, at + "/channel", 64, required: line.Channel is not null);
        checks.That(line.TaxRate is null or (>= 0 and <= 1) && line.TaxRate.GetValueOrDefault() * 1_000_000 % 1 == 0, at + "/taxRate", "field.out_of_range", "taxRate is a fraction from 0 to 1 with at most 6 decimals; 20 % is 0.2.");
        if (line is { Method: not null, Currency: not null })
            checks.That(seen.Add((Text.Key(line.Method), Text.Key(line.Currency), Text.Key(line.Country ?? ""), Text.Key(line.Channel ?? ""))), at + "/method", "field.repeated", "This method stands twice for the same country and channel.");
    }

    internal static async Task<Response> Load(Work work) =>
        (await work.Query("select charges, version from delivery_charges where merchant_id = @merchant", row => new Response("deliveryCharges", Parse(row.Text()), row.Long()))).FirstOrDefault()
        ?? new Response("deliveryCharges", [], 0);

    internal static IReadOnlyList<DeliveryCharge> Parse(string json) => JsonSerializer.Deserialize<List<DeliveryCharge>>(json, Json.Options)!;
}
