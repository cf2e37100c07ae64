using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>The address to which carriers send what happens to parcels. Each message is signed with the account's secret; nothing else is believed.</summary>
public static class TakeMessages
{
    /// <param name="Known">Of the scans told, how many are of parcels of this account.</param>
    public sealed record Response(string Object, int Scans, int Known);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/carrier-events/{id}", async (string id, HttpContext http, CarrierDesk desk, TakeScans take, Db db) => (await Handle(id, http, desk, take, db)).ToHttp())
            .IsOpenToAnyone().WithName("shipping.takeMessage").WithTags("Shipping").WithSummary("Take a carrier's message about parcels, signed with the account's secret")
            .Produces<Response>().ProducesProblem(400);

    private static async Task<Result<Response>> Handle(string id, HttpContext http, CarrierDesk desk, TakeScans take, Db db)
    {
        // An account that is not there answers as one whose secret does not fit.
        if (!CarrierAccountId.TryParse(id, null, out var known) || await db.ReadAll(work => CarrierAccount.FindAny(work, known.Value)) is not { } account) return ShippingErrors.NoWebhook;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var mail = new WebhookMail(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray(), desk.MessageSecret(account));
        if (desk.Of(account).Read(mail) is not { } scans) return ShippingErrors.NoWebhook;
        var house = Actor.House("system:shipping", account.Merchant);
        int ours = 0;
        foreach (var parcel in scans.Where(s => s.Tracking.Length is > 0 and <= 100 && Text.IsStorable(s.Tracking)).GroupBy(s => s.Tracking).Take(200))
        {
            var labels = await db.Read(house, work => work.Query(
                "select id from carrier_labels where merchant_id = @merchant and account_id = @account and tracking = @tracking and state in ('booked', 'manifested', 'voiding')",
                row => new LabelId(row.Uuid()), ("account", account.Id.Value), ("tracking", parcel.Key)));
            foreach (var label in labels) if (await take.Keep(account.Merchant, label, [.. parcel])) ours += parcel.Count();
        }
        return new Response("carrierMessage", scans.Count, ours);
    }
}
