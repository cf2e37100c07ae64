using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Shipping;

/// <summary>How a merchant's services are chosen where nobody says otherwise.</summary>
public static class ShippingSettings
{
    /// <param name="Policy">cheapestInTime: the cheapest that keeps the promised date. No policy takes less than the customer bought.</param>
    public sealed record Body(ShippingPolicy? Policy = null);

    public sealed record Response(string Object, [property: Words(typeof(ShippingPolicy))] string Policy, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/shipping-settings", async (Db db, Actor actor, HttpContext http) =>
            {
                var (policy, version) = await db.Read(actor, Load);
                ETag.Set(http, version);
                return Results.Json(View(policy, version), Json.Options);
            })
            .Requires(Permission.SettingsRead).WithName("shipping.readSettings").WithTags("Shipping").WithSummary("Read how services are chosen").Produces<Response>();
        routes.MapPut("/shipping-settings", async (Body body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(body, expected.Value, db, clock, actor);
                if (saved.IsOk) ETag.Set(http, saved.Value.Version);
                return saved.ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("shipping.writeSettings").WithTags("Shipping").WithSummary("Say how services are chosen")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(412);
    }

    /// <summary>The merchant's policy; the cheapest in time until something else is said.</summary>
    internal static async Task<(ShippingPolicy Policy, long Version)> Load(Work work) =>
        (await work.Query("select policy, version from shipping_settings where merchant_id = @merchant", row => (ServiceChoice.Parse(row.Text()), row.Long()))) is [var found] ? found : (ShippingPolicy.CheapestInTime, 0);

    private static async Task<Result<Response>> Handle(Body body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Policy is not null, "/policy", "field.required", "policy is required.");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            // The row of the merchant is there from here on: two that write at once go one after the other.
            await work.Execute("insert into shipping_settings (merchant_id, policy, version, changed_at_ms) values (@merchant, 'cheapestInTime', 0, @now) on conflict (merchant_id) do nothing", ("now", now.ToUnixTimeMilliseconds()));
            var (policy, version) = await work.Find("select policy, version from shipping_settings where merchant_id = @merchant for update", row => Tuple.Create(ServiceChoice.Parse(row.Text()), row.Long())) is { } present
                ? (present.Item1, present.Item2) : (ShippingPolicy.CheapestInTime, 0);
            if (expected is { } known && known != version) return ShippingErrors.Changed(version);
            if (policy == body.Policy && version > 0) return View(policy, version);
            await work.Execute("update shipping_settings set policy = @policy, version = version + 1, changed_at_ms = @now where merchant_id = @merchant", ("policy", ServiceChoice.Name(body.Policy!.Value)), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("shipping_settings", "policy", "ShippingPolicyChanged", new { policy = ServiceChoice.Name(body.Policy.Value) }));
            return View(body.Policy.Value, version + 1);
        });
    }

    private static Response View(ShippingPolicy policy, long version) => new("shippingSettings", ServiceChoice.Name(policy), version);
}
