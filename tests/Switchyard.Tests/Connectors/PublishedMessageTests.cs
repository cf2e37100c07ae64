using System.Net;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>An order as WooCommerce publishes it, sent as its shops send it.</summary>
public sealed class PublishedMessageTests
{
    [Theory, BothDatabases, Capability("CH-04", "P13")]
    public async Task A_published_order_that_is_signed_becomes_an_order_of_its_total_and_one_that_is_not_changes_nothing(DatabaseKind kind)
    {
        if (WooPublished.Examples("orders") is not { } published) return;
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = (await SimHost.Listening(new WooCommerceSim { EndsTls = true })).Stocked();
        await shop.Connect(sim, "shop");
        string url = (await shop.Get("/connections/shop")).Text("messageUrl")!, secret = sim.Webhooks[0].Secret;
        byte[] body = Encoding.UTF8.GetBytes(published.First(o => o["id"]!.ToString() == "727").ToJsonString());

        (await Send("forged", "somebody else's", body)).ShouldBe(HttpStatusCode.Unauthorized);
        byte[] other = [.. body];
        other[^2] ^= 1;
        (await Send("changed", secret, other, signed: body)).ShouldBe(HttpStatusCode.Unauthorized);
        (await shop.Get("/connections/shop/orders")).GetProperty("data").GetArrayLength().ShouldBe(0);

        (await Send("genuine", secret, body)).ShouldBe(HttpStatusCode.OK);
        var order = await shop.OrderOf("shop", "727");
        (order.Long("totalMinor"), order.Text("currency")).ShouldBe((2_935L, "USD"));
        // Once more, under another number: nothing new is in it.
        (await Send("again", secret, body)).ShouldBe(HttpStatusCode.OK);
        (await shop.Get("/connections/shop/orders")).GetProperty("data").GetArrayLength().ShouldBe(1);
        sim.Calls.ShouldNotContain(c => c.Path.EndsWith("/orders/727", StringComparison.Ordinal), "the message carries the order");

        async Task<HttpStatusCode> Send(string delivery, string by, byte[] what, byte[]? signed = null)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(what) };
            message.Headers.Add("X-WC-Webhook-Topic", "order.created");
            message.Headers.Add("X-WC-Webhook-Delivery-ID", delivery);
            message.Headers.Add("X-WC-Webhook-Signature", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(by), signed ?? what)));
            using var client = new HttpClient();
            using var answer = await client.SendAsync(message);
            return answer.StatusCode;
        }
    }
}
