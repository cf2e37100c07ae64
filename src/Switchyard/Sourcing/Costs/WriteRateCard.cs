using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>A rate card as the API shows it.</summary>
/// <param name="LeftOut">Rows of the sheet without a rate; only where a sheet was sent.</param>
public sealed record RateCardView(string Object, string Code, string Name, string Carrier, string Currency, IReadOnlyList<CardArea> Areas, IReadOnlyList<CardRate> Rates,
    long Version, DateTimeOffset ChangedAt, int? LeftOut = null)
{
    internal static RateCardView Of(RateCardSql.Stored s) =>
        new("rateCard", s.Code, s.Card.Name, s.Card.Carrier, s.Card.Currency, s.Card.Areas, s.Card.Rates, s.Version, s.ChangedAt);
}

/// <summary>Writes a rate card as a document or as the carrier's sheet, and removes one that nobody uses.</summary>
public static class WriteRateCard
{
    public const int MostAreas = 20_000;

    public sealed record Request(string? Name = null, string? Carrier = null, string? Currency = null, IReadOnlyList<CardArea?>? Areas = null, IReadOnlyList<CardRate?>? Rates = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/rate-cards/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : (await Handle(code, body, expected.Value, db, clock, actor)).ToHttp(http);
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("rateCards.write").WithSummary("Write what a carrier charges").WithTags("Nodes").Produces<RateCardView>()
            .WithMetadata(new TellsPrices()).ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
        routes.MapPut("/rate-cards/{code}/sheet", async (string code, string? name, string? carrier, int? days, bool? dryRun, Db db, TimeProvider clock, Actor actor, HttpContext http, CancellationToken stop) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : (await ReadRateSheet.Handle(code, name, carrier, days, dryRun ?? false, http.Request.Body, expected.Value, db, clock, actor, stop)).ToHttp(http);
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("rateCards.sheet").WithSummary("Write what a carrier charges from its sheet").WithTags("Nodes").Accepts<string>("text/csv")
            .WithDescription("A row a service, zone and weight: service_code, zone_label, country_codes, max_weight (kg), rate, currency, transit_days (3-5 counts as 5). Rows without a rate are left out.")
            .WithMetadata(new TellsPrices()).Produces<RateCardView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
        routes.MapDelete("/rate-cards/{code}", async (string code, Db db, TimeProvider clock, Actor actor) => (await Remove(code, db, clock, actor)).ToHttp())
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("rateCards.remove").WithSummary("Remove a rate card that no node uses").WithTags("Nodes").Produces<Done>()
            .ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: rate_cards.changed, nodes.only_your_nodes.</remarks>
    public static Task<Result<RateCardView>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var card = Check(checks, body);
        return Save(code, card, checks, expected, null, db, clock, actor);
    }

    internal static async Task<Result<RateCardView>> Save(string code, RateCard? card, Checks checks, long? expected, int? leftOut, Db db, TimeProvider clock, Actor actor)
    {
        NodeChecks.Code(checks, code, "#code");
        if (checks.AnyFault || card is null) return checks.ToError();
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var now = clock.GetUtcNow();
        return await db.WriteShared<RateCardView>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            var saved = await RateCardSql.Save(work, code, card, expected, now);
            if (saved.Error is { } error) return error;
            if (saved.Value.IsChanged)
            {
                await EventLog.Append(work, actor, now, new Happening("rate_card", code, "RateCardChanged", new { Code = code, card.Carrier, RateCount = card.Rates.Count }));
                await CatalogVersion.BumpForAll(work);
            }
            return RateCardView.Of(saved.Value.Card) with { LeftOut = leftOut };
        });
    }

    private static async Task<Result<Done>> Remove(string code, Db db, TimeProvider clock, Actor actor)
    {
        if (!Text.IsStorable(code)) return RateCardSql.NoSuchCard;
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        return await db.Write<Done>(actor, async work =>
        {
            if (await RateCardSql.Find(work, code) is null) return RateCardSql.NoSuchCard;
            if (await work.Execute("delete from rate_cards where code = @code and not exists (select 1 from node_rate_cards u where u.card = @code)", ("code", code)) == 0)
                return Error.Conflict("rate_cards.in_use", "Nodes send by this card. Take it from them first.");
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("rate_card", code, "RateCardRemoved", new { Code = code }));
            return new Done();
        });
    }

    private static RateCard? Check(Checks checks, Request body)
    {
        checks.Text(body.Name, "/name", 200, required: true);
        checks.Text(body.Carrier, "/carrier", 64, required: true);
        ProductChecks.IsCurrency(checks, body.Currency, "/currency");
        checks.That(body.Areas is { Count: > 0 and <= MostAreas }, "/areas", "field.out_of_range", $"A card has 1 to {MostAreas} areas.");
        checks.That(body.Rates is { Count: > 0 and <= RateSheet.MostRows }, "/rates", "field.out_of_range", $"A card has 1 to {RateSheet.MostRows} rates.");
        if (checks.AnyFault) return null;
        var areas = new HashSet<CardArea>();
        foreach (var (i, area) in body.Areas!.Index())
        {
            checks.Text(area?.Zone, $"/areas/{i}/zone", 100, required: true);
            RateSheet.CheckZone(checks, area?.Zone, $"/areas/{i}/zone");
            if (area?.Country is not null) NodeChecks.Country(checks, area.Country, $"/areas/{i}/country");
            checks.Text(area?.PostcodePrefix, $"/areas/{i}/postcodePrefix", 20);
            checks.That(area is not { Country: null, PostcodePrefix.Length: > 0 }, $"/areas/{i}/country", "field.required", "A postcode needs its country.");
            if (area is null) continue;
            string? country = area.Country?.ToUpperInvariant();
            var one = area with { Country = country, PostcodePrefix = Areas.Prefix(country ?? "", area.PostcodePrefix ?? "") };
            checks.That(!areas.Contains(one), $"/areas/{i}", "field.repeated", $"{string.Join(' ', new[] { one.Country, one.PostcodePrefix }.Where(t => !string.IsNullOrEmpty(t)))} of zone {one.Zone} stands twice.".TrimStart());
            areas.Add(one);
        }
        var zones = areas.Select(a => a.Zone).ToHashSet();
        var seen = new HashSet<(string?, string?, long)>();
        foreach (var (i, rate) in body.Rates!.Index())
        {
            string at = $"/rates/{i}";
            checks.That(rate?.Zone is { } zone && zones.Contains(zone), at + "/zone", "zones.no_such_zone", $"The card has no area of zone {rate?.Zone}.");
            NodeChecks.Code(checks, rate?.Service, at + "/service");
            NodeChecks.Code(checks, rate?.Method, at + "/method");
            checks.Range(rate?.UpToGrams ?? 0, 1, ProductChecks.MostGrams, at + "/upToGrams");
            checks.Amount(rate?.PriceMinor ?? 0, at + "/priceMinor");
            checks.Range(rate?.TransitDays ?? 0, 0, WriteLanes.MostTransitDays, at + "/transitDays");
            checks.That(seen.Add((rate?.Zone, rate?.Service, rate?.UpToGrams ?? 0)), at, "field.repeated", "The same service to the same zone up to the same weight stands twice.");
        }
        return checks.AnyFault ? null : new RateCard(body.Name!, body.Carrier!, body.Currency!, [.. areas], [.. body.Rates!.OfType<CardRate>()]);
    }

    internal static IResult ToHttp(this Result<RateCardView> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
