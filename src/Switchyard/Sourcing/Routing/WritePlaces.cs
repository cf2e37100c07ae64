using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>Where places are, by country and beginning of the postcode: strategies that go by distance need it.</summary>
public static class WritePlaces
{
    private const int MostPlaces = 50_000;

    /// <param name="Prefix">The beginning of postcodes, such as M1; empty: the whole country.</param>
    public sealed record Place(string? Prefix = null, decimal? Latitude = null, decimal? Longitude = null);

    /// <param name="Places">All places of the country: those that are left out are forgotten.</param>
    public sealed record Request(IReadOnlyList<Place?>? Places = null);

    public sealed record Response(string Object, string Country, long Count);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/routing/places/{country}", async (string country, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(country, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("routing.places").WithSummary("Say where the places of a country are").WithTags("Routing")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403);
        routes.MapGet("/routing/places/{country}", async (string country, int? limit, string? after, Db db, Actor actor) => (await List(country, limit, after, db, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.placesList").WithSummary("List the known places of a country").WithTags("Routing")
            .Produces<Page<Place>>().ProducesProblem(400);
    }

    public static Task<Result<Response>> Handle(string country, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        NodeChecks.Country(checks, country, "#country");
        country = country.ToUpperInvariant();
        checks.That(body.Places is { Count: <= MostPlaces }, "/places", "field.too_many", $"Send a list of at most {MostPlaces} places.");
        var places = new Dictionary<string, (long Latitude, long Longitude)>(StringComparer.Ordinal);
        foreach (var (i, place) in (body.Places ?? []).Take(MostPlaces).Index())
        {
            if (place is null) { checks.Fault($"/places/{i}", "field.required", "A place must be an object."); continue; }
            checks.Text(place.Prefix, $"/places/{i}/prefix", 20);
            checks.That(place.Latitude is >= -90 and <= 90, $"/places/{i}/latitude", "field.out_of_range", "A latitude is from -90 to 90.");
            checks.That(place.Longitude is >= -180 and <= 180, $"/places/{i}/longitude", "field.out_of_range", "A longitude is from -180 to 180.");
            if (place.Latitude is null || place.Longitude is null || !Text.IsStorable(place.Prefix ?? "")) continue;
            string prefix = Areas.Prefix(country, place.Prefix ?? "");
            checks.That(places.TryAdd(prefix, ((long)(place.Latitude!.Value * 1_000_000), (long)(place.Longitude!.Value * 1_000_000))), $"/places/{i}/prefix", "field.repeated",
                prefix.Length == 0 ? "The whole country stands twice." : $"{prefix} stands twice.");
        }
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        if (actor.Nodes is not null) return Task.FromResult<Result<Response>>(NodeErrors.OnlyYourNodes);
        return db.Write<Response>(actor, async work =>
        {
            await work.Execute("delete from routing_places where merchant_id = @merchant and country = @country", ("country", country));
            await work.Execute(
                "insert into routing_places (merchant_id, country, prefix, latitude_micro, longitude_micro) select @merchant, @country, prefix, latitude, longitude from @rows r",
                Rows.Of(places.ToList()).Text("prefix", p => p.Key).Long("latitude", p => p.Value.Latitude).Long("longitude", p => p.Value.Longitude), ("country", country));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("routingPlaces", country, "RoutingPlacesReplaced", new { country, places = places.Count }));
            await CatalogVersion.Bump(work);
            return new Response("routingPlaces", country, places.Count);
        });
    }

    private static async Task<Result<Page<Place>>> List(string country, int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        if (!Text.IsStorable(country)) return new Page<Place>([], null, false);
        country = country.ToUpperInvariant();
        var found = await db.Read(actor, work => work.Query(
            """
            select prefix, latitude_micro, longitude_micro from routing_places
             where merchant_id = @merchant and country = @country and prefix >= @after and (prefix > @after or @first = 1) order by prefix limit @limit
            """, row => new Place(row.Text(), row.Long() / 1_000_000m, row.Long() / 1_000_000m),
            ("country", country), ("after", from), ("first", after is null ? 1L : 0L), ("limit", most + 1L)));       // the whole country is the empty prefix
        return Page<Place>.Of(found, most, p => p.Prefix!);
    }
}
