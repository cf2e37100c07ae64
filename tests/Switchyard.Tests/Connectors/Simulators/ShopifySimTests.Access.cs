using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

// Who is let in, and what is sent to whom.
public sealed partial class ShopifySimTests
{
    [Fact]
    public async Task An_app_is_let_in_by_consent_with_a_code_that_is_good_once_and_by_tokens_that_end()
    {
        string back0 = Uri.EscapeDataString("https://oms.test/back");
        string start = $"{_sim.Url}/admin/oauth/authorize?client_id={ShopifySim.ClientId}&scope=read_orders&redirect_uri={back0}&state=st%20ate";
        var sent = await _caller.Send(new HttpRequestMessage(HttpMethod.Get, start));
        sent.Status.ShouldBe(HttpStatusCode.Redirect);
        var back = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(sent.Raw.Headers.Location!.Query).ToDictionary(q => q.Key, q => q.Value.ToString());
        back["state"].ShouldBe("st ate");
        string signed = string.Join('&', back.Where(q => q.Key != "hmac").OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}={q.Value}"));
        back["hmac"].ShouldBe(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ShopifySim.ClientSecret), Encoding.UTF8.GetBytes(signed))));
        async Task<SimAnswer> Exchange(string fields) => await _caller.Send(new HttpRequestMessage(HttpMethod.Post, _sim.Url + "/admin/oauth/access_token")
        {
            Content = new StringContent(
                $$"""{"client_id":"{{ShopifySim.ClientId}}","client_secret":"{{ShopifySim.ClientSecret}}",{{fields}}}""", Encoding.UTF8, "application/json"),
        });
        var given = await Exchange($"\"code\":\"{back["code"]}\",\"expiring\":\"1\"");
        (await Exchange($"\"code\":\"{back["code"]}\"")).Status.ShouldBe(HttpStatusCode.BadRequest);
        _caller.Token = (string)given.Json["access_token"]!;
        (await _caller.Ask("{ shop { name } }")).Status.ShouldBe(HttpStatusCode.OK);
        _sim.Clock.Advance(TimeSpan.FromMinutes(61));
        (await _caller.Ask("{ shop { name } }")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var fresh = await Exchange($"\"grant_type\":\"refresh_token\",\"refresh_token\":\"{given.Json["refresh_token"]}\"");
        _caller.Token = (string)fresh.Json["access_token"]!;
        (await _caller.Ask("{ shop { name } }")).Status.ShouldBe(HttpStatusCode.OK);
        _sim.ExpireTokens();
        (await _caller.Ask("{ shop { name } }")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _caller.Token = "shpat_guessed";
        (await _caller.Ask("{ shop { name } }")).Text.ShouldContain("Invalid API key or access token");
    }

    [Fact]
    public async Task Webhooks_go_to_whoever_subscribed_signed_by_the_apps_secret()
    {
        var mailbox = new Mailbox();
        _sim.Sender.Http = new HttpClient(mailbox);
        const string Subscribe = "mutation($t: WebhookSubscriptionTopic!, $u: URL) { webhookSubscriptionCreate(topic: $t, webhookSubscription: { callbackUrl: $u }) { "
            + "webhookSubscription { id topic endpoint { ... on WebhookHttpEndpoint { callbackUrl } } } userErrors { field message } } }";
        foreach (string topic in new[] { "ORDERS_CREATE", "ORDERS_UPDATED", "REFUNDS_CREATE", "INVENTORY_LEVELS_UPDATE", "ORDERS_PARTIALLY_FULFILLED" })
            (await _caller.Data(Subscribe, new { t = topic, u = "https://oms.test/in" }))["webhookSubscriptionCreate"]!["userErrors"]!.AsArray().ShouldBeEmpty();
        var again = (await _caller.Data(Subscribe, new { t = "ORDERS_CREATE", u = "https://oms.test/in" }))["webhookSubscriptionCreate"]!;
        ((string)again["userErrors"]![0]!["message"]!).ShouldBe("Address for this topic has already been taken");
        ((string)(await _caller.Data(Subscribe, new
        {
            t = "ORDERS_CREATE",
            u = "http://oms.test/in"
        }))["webhookSubscriptionCreate"]!["userErrors"]![0]!["message"]!).ShouldBe("Address is invalid");

        var order = _sim.Generator.Buy("MUG", 2)!;
        _sim.Shop.Ship(order, [new SimShippedLine(order.Lines[0].Id, 1)], "DPD", "T1");
        _sim.Shop.Refund(order, 100, "Late");
        await _sim.Sender.Quiet();
        mailbox.Mails.Select(m => m.Headers["X-Shopify-Topic"]).ShouldBe(["orders/create", "orders/updated", "inventory_levels/update", "orders/partially_fulfilled",
            "orders/updated", "refunds/create", "orders/updated"]);
        foreach (var (headers, body) in mailbox.Mails)
            headers["X-Shopify-Hmac-Sha256"].ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ShopifySim.ClientSecret), body)));
        mailbox.Mails.Select(m => m.Headers["X-Shopify-Webhook-Id"]).Distinct().Count().ShouldBe(7);
        var first = JsonNode.Parse(mailbox.Mails[0].Body)!;
        ((string)first["admin_graphql_api_id"]!).ShouldBe($"gid://shopify/Order/{first["id"]}");
        ((string)first["line_items"]![0]!["sku"]!, (int)first["line_items"]![0]!["fulfillable_quantity"]!).ShouldBe(("MUG", 2));
        ((int)JsonNode.Parse(mailbox.Mails[2].Body)!["available"]!).ShouldBe(48);
        string id = (string)(await _caller.Data("{ webhookSubscriptions(first: 10, topics: [ORDERS_CREATE]) { nodes { id } } "
            + "}"))["webhookSubscriptions"]!["nodes"]!.AsArray().Single()!["id"]!;
        await _caller.Data("mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId } }", new { id });
        _sim.Webhooks.Count.ShouldBe(4);
    }
}
