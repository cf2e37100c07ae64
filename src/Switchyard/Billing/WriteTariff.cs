using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Billing;

/// <summary>What each activity costs a merchant. The house writes it; the merchant may read its own.</summary>
public static class WriteTariff
{
    public sealed record Item([property: Words(typeof(Activity))] string? Activity, long? PriceMinor, long? Per = null);
    public sealed record Request(string? Currency, IReadOnlyList<Item?>? Lines);

    /// <param name="Currency">Null: nothing is billed yet.</param>
    public sealed record Response(string Object, string Merchant, string? Currency, IReadOnlyList<TariffLine> Lines, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tariff", async ([FromQuery] string? merchant, Db db, Actor actor, HttpContext http) => Answer(await Read(merchant, db, actor), http))
            .Requires(Permission.ReportsRead).WithName("billing.readTariff").WithTags("Billing").WithSummary("Read what activities cost")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/tariff", async ([FromQuery] string? merchant, Request? body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(merchant, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).OnlyForTheHouse().WithName("billing.writeTariff").WithTags("Billing").WithSummary("Say what activities cost a merchant")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
    }

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    /// <remarks>Errors: billing.no_such_merchant.</remarks>
    public static async Task<Result<Response>> Read(string? merchant, Db db, Actor actor)
    {
        var whose = await BillingAccess.For(db, actor, merchant);
        return whose.Error is { } error ? error : await db.Read<Result<Response>>(whose.Value, async work => await Load(work));
    }

    /// <remarks>Errors: billing.no_such_merchant, catalog.changed_meanwhile; request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(string? merchant, Request? body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body?.Currency is { } code && Currency.TryParse(code, out _), "/currency", "field.unknown_currency", "currency is a code of ISO 4217, such as GBP.");
        checks.Range(body?.Lines?.Count ?? 0, 1, Enum.GetValues<Activity>().Length, "/lines");
        var seen = new HashSet<string>();
        foreach (var (i, line) in (body?.Lines ?? []).Take(Enum.GetValues<Activity>().Length).Index())
        {
            checks.That(Bills.Parse(line?.Activity) is not null, $"/lines/{i}/activity", "field.unknown_value", $"activity is one of {string.Join(", ", Enum.GetValues<Activity>().Select(Bills.Name))}.");
            checks.That(line?.Activity is null || seen.Add(line.Activity), $"/lines/{i}/activity", "field.repeated", "This activity stands twice.");
            checks.That(line?.PriceMinor is not null, $"/lines/{i}/priceMinor", "field.required", "priceMinor is required.");
            checks.Amount(line?.PriceMinor ?? 0, $"/lines/{i}/priceMinor");
            checks.Range(line?.Per ?? 1, 1, 1_000_000, $"/lines/{i}/per");
        }
        if (checks.AnyFault) return checks.ToError();
        var whose = await BillingAccess.For(db, actor, merchant);
        if (whose.Error is { } unknown) return unknown;
        var now = clock.GetUtcNow();
        return await db.Write<Response>(whose.Value, async work =>
        {
            await work.Query("select version from tariffs where merchant_id = @merchant for update", row => row.Long());
            var present = await Load(work);
            if (expected is { } version && version != present.Version) return CatalogErrors.Changed("The tariff", present.Version);
            List<TariffLine> lines = [.. body!.Lines!.Select(l => new TariffLine(Bills.Parse(l!.Activity)!.Value, l.PriceMinor!.Value, l.Per ?? 1))];
            await work.Execute(
                """
                insert into tariffs (merchant_id, currency, lines, updated_by, updated_at_ms) values (@merchant, @currency, @lines, @by, @now)
                    on conflict (merchant_id) do update set currency = excluded.currency, lines = excluded.lines, version = tariffs.version + 1, updated_by = excluded.updated_by, updated_at_ms = excluded.updated_at_ms
                """, ("currency", body.Currency), ("lines", JsonSerializer.Serialize(lines, Json.Options)), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, whose.Value, now, new Happening("tariff", present.Merchant, "TariffWritten", new { currency = body.Currency, lines }));
            return await Load(work);
        });
    }

    internal static IReadOnlyList<TariffLine> Lines(string json) => JsonSerializer.Deserialize<List<TariffLine>>(json, Json.Options)!;

    internal static async Task<Response> Load(Work work)
    {
        string merchant = (await work.Query("select code from merchants where id = @merchant", row => row.Text()))[0];
        return (await work.Query("select currency, lines, version from tariffs where merchant_id = @merchant",
            row => new Response("tariff", merchant, row.Text(), Lines(row.Text()), row.Long()))).FirstOrDefault() ?? new Response("tariff", merchant, null, [], 0);
    }
}
