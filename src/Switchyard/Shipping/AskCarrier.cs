using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Asks a carrier where its service points are.</summary>
public static class AskCarrier
{
    public sealed record PointsRequest(string? Country = null, string? Postcode = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/carrier-accounts/{code}/service-points", async (string code, PointsRequest body, CarrierDesk desk, Db db, Actor actor, HttpContext http) =>
                (await Points(code, body, desk, db, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("shipping.servicePoints").WithTags("Shipping").WithSummary("List a carrier's shops and lockers near a postcode")
            .Produces<Page<ServicePoint>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(502);

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
}
