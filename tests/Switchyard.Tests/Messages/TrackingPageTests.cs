using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;
using Switchyard.Messages;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Messages;

/// <summary>The public page of an order.</summary>
public sealed partial class TrackingPageTests
{
    [Theory, BothDatabases, Capability("CU-03", "CU-05", "P24")]
    public async Task The_customer_sees_the_same_status_as_staff_at_every_step_and_nothing_of_anybodys_address(DatabaseKind kind)
    {
        await using var shop = await MessageShop.Open(kind);
        await shop.Keep();
        string order = await shop.Ordered(3, "DE", "Wilhelmina <script>alert(1)</script>", "wilhelmina.secret@example.test");
        string url = await shop.Link(order);
        using var anyone = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        async Task<string> Same()
        {
            string page = await anyone.GetStringAsync(url);
            Status().Match(page).Groups[1].Value.ShouldBe((await shop.Get("/orders/" + order)).Text("status"));
            // Words that no random token of the page spells by chance.
            foreach (string secret in new[] { "secret@", "Secret Lane", "wilhelmina", "<script", "50667", "Anytown" }) page.ShouldNotContain(secret);
            return page;
        }
        (await Same()).ShouldContain("<html lang=\"de\"");
        var release = await shop.Boxed(order, 2, 1);
        string id = release.Text("id")!, first = release.GetProperty("packages")[0].Text("id")!;
        await Same();
        await shop.Post($"/fulfilments/{id}/ship", new { carrier = "DHL", packages = new object[] { new { package = 1, tracking = "<img src=x onerror=alert(2)>" } } });
        string shipped = await Same();
        shipped.ShouldContain("&lt;img src=x");
        shipped.ShouldContain("Paket 1 von 2");
        await shop.Post($"/packages/{first}/track", new { state = "outForDelivery" });
        (await Same()).ShouldContain("data-state=\"outForDelivery\"");
        await shop.Post($"/packages/{first}/track", new { state = "exception" });
        (await Same()).ShouldContain("class=\"late\"");
        await shop.Post($"/fulfilments/{id}/ship", new { });
        await shop.Post($"/fulfilments/{id}/deliver", new { });
        (await Same()).ShouldContain("Zugestellt");

        // Seen in another language; counted without a cookie; a look by a machine is none.
        var answer = await anyone.GetAsync(new Uri(url + "?lang=fr"));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<html lang=\"fr\"");
        answer.Headers.GetValues("X-Robots-Tag").Single().ShouldContain("noindex");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'nonce-");
        policy.ShouldNotContain("script");
        await anyone.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        await shop.Until(async () => (await shop.Get($"/orders/{order}/tracking-link")).Long("views") == 7);

        // Fewer messages: a look changes nothing, the form does.
        await anyone.GetAsync(new Uri(url + "/fewer"));
        (await anyone.PostAsync(new Uri(url + "/fewer"), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        string again = await shop.Ordered(1, email: "WILHELMINA.secret@example.test");
        var box = await shop.Boxed(again, 1);
        await shop.Run(box.Text("id")!, "ship");
        await shop.Post($"/packages/{box.GetProperty("packages")[0].Text("id")}/track", new { state = "outForDelivery" });
        var told = await shop.Settled(again, 3);
        told.Single(m => m.Text("kind") == "outForDelivery").Text("reason").ShouldBe("optedOut");
        told.Single(m => m.Text("kind") == "shipped").Text("state").ShouldBe("kept");
    }

    [Theory, BothDatabases, Capability("CU-03", "P21")]
    public async Task A_link_cannot_be_made_up_and_ends_when_it_is_taken_back_its_key_is_retired_or_its_time_is_over(DatabaseKind kind)
    {
        await using var shop = await MessageShop.Open(kind, fakeClock: true);
        string order = await shop.Ordered();
        using var anyone = new HttpClient();
        async Task<HttpStatusCode> Look(string url) => (await anyone.GetAsync(new Uri(url))).StatusCode;
        string url = await shop.Link(order);
        (await shop.Link(order)).ShouldBe(url);
        (await Look(url)).ShouldBe(HttpStatusCode.OK);
        foreach (int at in new[] { 5, 20, 40 })
            (await Look(url[..^at] + (url[^at] == 'A' ? 'B' : 'A') + url[(url.Length - at + 1)..])).ShouldBe(HttpStatusCode.NotFound);
        (await Look(url[..^1])).ShouldBe(HttpStatusCode.NotFound);
        (await Look(shop.Address + "/t/" + new TrackingToken(1, Guid.Empty).Sign(new byte[32]))).ShouldBe(HttpStatusCode.NotFound);

        await shop.Send(HttpMethod.Delete, $"/orders/{order}/tracking-link", null);
        (await Look(url)).ShouldBe(HttpStatusCode.NotFound);
        string second = await shop.Link(order);
        second.ShouldNotBe(url);
        await shop.Post("/tracking-keys", new { retireAfterDays = 0 });
        (await Look(second)).ShouldBe(HttpStatusCode.NotFound);
        string third = await shop.Link(order);
        await shop.Post("/tracking-keys", new { retireAfterDays = 30 });
        (await Look(third)).ShouldBe(HttpStatusCode.OK);
        (await Look(await shop.Link(order))).ShouldBe(HttpStatusCode.OK);
        shop.Clock!.Advance(TimeSpan.FromDays(31));
        (await Look(third)).ShouldBe(HttpStatusCode.NotFound);
        (await Look(await shop.Link(order))).ShouldBe(HttpStatusCode.OK);
        string fourth = await shop.Link(order);
        shop.Clock.Advance(TimeSpan.FromDays(181));
        (await Look(fourth)).ShouldBe(HttpStatusCode.NotFound);
        await shop.Put("/message-settings", new { hasTrackingPage = false });
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/tracking-link", new { }, 409, "messages.page_off");

        // One network may look so often a minute, and then waits.
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        for (int i = 0; i < PageThrottle.MostAMinute; i++) (await Look(fourth)).ShouldBe(HttpStatusCode.NotFound);
        var busy = await anyone.GetAsync(new Uri(fourth));
        ((int)busy.StatusCode, busy.Headers.RetryAfter is not null).ShouldBe((429, true));
        // Behind a proxy on this machine it is who asked the proxy that counts; of a chain the last is believed, the rest is hearsay.
        foreach (var (chain, status) in new[] { ("203.0.113.7", 404), ("203.0.113.8, 127.0.0.1", 429) })
            ((int)(await anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, fourth) { Headers = { { "X-Forwarded-For", chain } } })).StatusCode).ShouldBe(status, chain);
    }

    [Fact]
    public void A_colour_is_made_so_that_everybody_can_read_it()
    {
        foreach (string colour in new[] { "#FFD400", "#FFFFFF", "#000000", "#0B6375", "#FF00FF", "not one" })
            foreach (string ground in new[] { "#FFFFFF", "#191E1C" })
                Colour.Contrast(Colour.Readable(colour, ground), ground).ShouldBeGreaterThanOrEqualTo(4.5);
        Colour.Readable("#0B6375", "#FFFFFF").ShouldBe("#0B6375");
    }

    [GeneratedRegex("data-status=\"([A-Za-z]+)\"")]
    private static partial Regex Status();
}
