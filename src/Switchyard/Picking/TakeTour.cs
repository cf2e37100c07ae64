using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// The whole walk of whoever asks: the one they are on, or the next one, which becomes theirs. With every stop and every barcode of what is to be picked, so
/// that a device checks scans and goes on without network. Asked again while the walk lasts, it is the same walk as it stands now.
/// </summary>
public static class TakeTour
{
    /// <param name="Sku">A product of the walk.</param>
    /// <param name="Key">A barcode as scans are compared by: a GTIN with zeros before it to 14 digits, any other code as it is.</param>
    /// <param name="Units">Units that one such code stands for: 12 on a case of 12.</param>
    public sealed record Code(string Sku, string Key, long Units)
    {
        /// <summary>On a cart that goes round for several merchants: whose code it is.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Merchant { get; init; }
    }

    /// <param name="Id">Of a cart that goes round for several merchants its own: the walks are those of the stops.</param>
    /// <param name="HasTotes">Goods go into a tote, which is to be scanned.</param>
    /// <param name="Seconds">What the whole walk takes, about.</param>
    /// <param name="Stops">In the order they are passed, those that are done and those that nobody can work on any more too.</param>
    public sealed record Tour(PickTourId Id, WaveId Wave, [Words("single", "batch", "cluster", "zone")] string Method, string? Zone, bool HasTotes, long Seconds, IReadOnlyList<StopView> Stops, IReadOnlyList<Code> Codes);

    /// <param name="Tour">Null: there is nothing to pick here now.</param>
    public sealed record Response(string Object, string Node, Tour? Tour);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/nodes/{code}/next-tour", async (string code, [FromQuery] bool? together, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var own = http.Items[typeof(SignedInUser)] is SignedInUser user ? SharedCart.Picks(user) : [];
                bool isTogether = own.Count > 1 && (together is true || await SharedCart.IsOn(db, own));
                return (isTogether ? await SharedCart.Take(code, own, db, clock) : await Handle(code, db, clock, actor)).ToHttp();
            })
            .Requires(Permission.FulfilmentWork).WithName("picking.nextTour").WithTags("Picking").WithSummary("Take your walk with all its stops, or the next walk")
            .WithDescription("With `together` whoever works for several merchants here takes the next walk of each, on one cart and in one order; each stop names its merchant. Walks without totes, or begun alone, go alone. Who is on such a cart is given it whatever is asked.")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Handle(string code, Db db, TimeProvider clock, Actor actor) => db.Write<Response>(actor, async work =>
    {
        if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
        var stops = await TakeStop.Current(work, node.Id, actor, clock.GetUtcNow());
        if (stops.Count == 0) return new Response("nextTour", node.Code, null);
        return new Response("nextTour", node.Code, await Read(work, stops));
    });

    /// <summary>The walk of these stops, which are all of it.</summary>
    internal static async Task<Tour> Read(Work work, IReadOnlyList<StopView> stops)
    {
        var head = (await work.Query(
            "select w.method, u.zone, u.has_totes, u.seconds from pick_tours u join waves w on w.id = u.wave_id where u.id = @tour and u.merchant_id = @merchant",
            row => (Method: row.Text(), Zone: row.Text(), HasTotes: row.Bool(), Seconds: row.Long()), ("tour", stops[0].Tour.Value)))[0];
        var codes = await ScannedCodes.Of(work, stops.Select(s => s.Sku));
        return new Tour(stops[0].Tour, stops[0].Wave, head.Method, head.Zone.Length == 0 ? null : head.Zone, head.HasTotes, head.Seconds, stops, [.. codes.Select(c => new Code(c.Sku, c.Key, c.Units))]);
    }
}
