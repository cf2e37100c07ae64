using System.Diagnostics;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Asks a carrier whether it takes what the account says, without having anything done: for a parcel that it cannot know.</summary>
public static class TryAccount
{
    /// <param name="Works">The carrier answered, and took the keys.</param>
    /// <param name="Fault">notSent: not reached; unknown: no answer in time; malformed: the answer is not this carrier's; unauthorized: the keys are not taken; throttled; refused; unsupported.</param>
    /// <param name="Said">What the carrier said, in its words.</param>
    public sealed record Response(string Object, bool Works, [property: Words(typeof(FaultKind))] string? Fault, string? Said, long DurationMs);

    /// <summary>A reference that is no package's.</summary>
    private const string NoParcel = "switchyard-test";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/carrier-accounts/{code}/test", async (string code, CarrierDesk desk, Db db, Actor actor, HttpContext http) => (await Handle(code, desk, db, actor, http.RequestAborted)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("shipping.tryAccount").WithTags("Shipping").WithSummary("Ask a carrier whether it takes the keys of an account; nothing is booked")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<Result<Response>> Handle(string code, CarrierDesk desk, Db db, Actor actor, CancellationToken stop)
    {
        if (!Text.IsStorable(code) || await db.Read(actor, work => CarrierAccount.Find(work, code)) is not { } account || account.Node is { } node && !actor.MaySeeNode(node)) return ShippingErrors.NoSuchAccount;
        long began = Stopwatch.GetTimestamp();
        var asked = await desk.Of(account).Find(desk.Call(account, stop), NoParcel);
        return new Response("carrierTest", asked.IsOk, asked.Fault is { } fault ? Name(fault.Kind) : null, asked.Fault?.Words, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static string Name(FaultKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
