using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Shipping;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Shipping;

/// <summary>Parcels that stand still, are lost and claimed; and messages that carriers send.</summary>
public sealed class LostParcelTests
{
    [Theory, BothDatabases]
    [Capability("SH-10", "AU-02", "AU-03")]
    public async Task Signed_messages_move_parcels_and_silence_is_told_then_lost_then_claimed_and_sent_again_once(DatabaseKind kind)
    {
        await using var sim = new EasyPostSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("easy", sim);
        string account = (await shop.Get("/carrier-accounts")).GetProperty("data")[0].Text("id")!;
        var (order, release, package) = await shop.Packed();
        var label = await shop.Label(package);
        label.Text("state").ShouldBe("booked", label.ToString());
        label.Long("costMinor").ShouldBe(607);
        string id = label.Text("id")!;
        var manifest = await shop.Post("/nodes/MAIN/manifests", new { account = "easy", allLeave = true });
        (manifest.Text("state"), manifest.Long("scanned")).ShouldBe(("closed", 1), manifest.ToString());
        (await shop.Release(release)).Text("state").ShouldBe("handedOver");

        // A message counts with its signature, once however often it comes.
        var parcel = sim.Parcels.Values.Single();
        parcel.Scans.Add(new SimScan("in_transit", "Sorted", shop.Clock!.GetUtcNow().AddMinutes(-5)));
        var (headers, body) = sim.Message(parcel);
        ((int)(await Send([])).StatusCode).ShouldBe(400);
        for (int i = 0; i < 2; i++)
        {
            var taken = await Shop.Read(await Send(headers), 200);
            (taken.Long("scans"), taken.Long("known")).ShouldBe((1, 1));
        }
        (await shop.Release(release)).GetProperty("packages")[0].Text("state").ShouldBe("inTransit");
        (await shop.Get($"/labels/{id}/tracking")).GetProperty("scans").GetArrayLength().ShouldBe(1);

        // Nothing is heard of it for three days: somebody is told, once.
        var keep = shop.Services.GetRequiredService<KeepTracking>();
        await keep.Turn(CancellationToken.None);
        (await shop.Troubles("parcel_stalled")).ShouldBeEmpty();
        shop.Clock.Advance(TimeSpan.FromHours(73));
        for (int i = 0; i < 2; i++) await keep.Turn(CancellationToken.None);
        (await shop.Troubles("parcel_stalled")).ShouldHaveSingleItem().Long("seen").ShouldBe(1);

        // Ten days: it counts as lost, and the claim is open for what the goods were worth.
        shop.Clock.Advance(TimeSpan.FromDays(8));
        for (int i = 0; i < 2; i++) await keep.Turn(CancellationToken.None);
        (await shop.Release(release)).GetProperty("packages")[0].Text("state").ShouldBe("lost");
        (await shop.Troubles("parcel_stalled")).ShouldBeEmpty();
        (await shop.Troubles("parcel_lost")).ShouldHaveSingleItem();
        var claim = (await shop.Get("/carrier-claims?state=open")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        (claim.Text("label"), claim.Text("order"), claim.Long("amountMinor"), claim.Text("reason")).ShouldBe((id, order, 2000, "silence"));
        claim.GetProperty("deadline").GetDateTimeOffset().ShouldBe(manifest.GetProperty("createdAt").GetDateTimeOffset().AddDays(30), TimeSpan.FromMinutes(1));
        (await shop.Post($"/carrier-claims/{claim.Text("id")}/settle", new { state = "paid", paidMinor = 1800, reference = "C-1" })).Text("state").ShouldBe("paid");
        await shop.Refused(HttpMethod.Post, $"/carrier-claims/{claim.Text("id")}/settle", new { state = "refused" }, 409, "shipping.claim_settled");

        // Sent again free of charge, and no more than was lost.
        var again = await shop.Post($"/orders/{order}/replacement", new { reason = "Lost", lines = new[] { new { line = 1, quantity = 2 } } });
        again.Long("totalMinor").ShouldBe(0);
        ((int)(await shop.Send(HttpMethod.Post, $"/orders/{order}/replacement", new { reason = "Lost", lines = new[] { new { line = 1, quantity = 1 } } })).StatusCode).ShouldBe(409);
        await shop.BooksAreRight();

        Task<HttpResponseMessage> Send(Dictionary<string, string> with)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/carrier-events/{account}") { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            foreach (var (name, value) in with) request.Headers.Add(name, value);
            return shop.Client(null).SendAsync(request);
        }
    }

    [Theory, BothDatabases]
    [Capability("CU-03")]
    public async Task A_parcel_abroad_carries_its_customs_data(DatabaseKind kind)
    {
        await using var shop = await ShippingShop.Open(kind);
        await shop.Put("/nodes/MAIN", new { code = "MAIN", name = "Main", kind = "warehouse", country = "GB" });
        await shop.Table("van", "Van", "VAN", 900, 1, 3);
        var (_, _, package) = await shop.Packed(country: "FR");
        var customs = (await shop.Label(package)).GetProperty("customs");
        (customs.Text("form"), customs.Text("reason"), customs.Long("totalMinor"), customs.Long("totalGrams")).ShouldBe(("commercialInvoice", "saleOfGoods", 2000, 600));
        customs.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).ShouldBe(["MUG: HS code", "MUG: country of origin"]);
        var small = CarrierContractTests.Parcel("p", "FR");
        CustomsData.Of(small, isPost: true, "saleOfGoods").Form.ShouldBe(CustomsForm.Cn22);
        CustomsData.Of(small with { Items = [small.Items[0] with { UnitValueMinor = 13_501 }] }, isPost: true, "saleOfGoods").Form.ShouldBe(CustomsForm.Cn23);
    }
}
