using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Connectors;

/// <summary>What goes wrong at one connection stays there, is told, and can be mended.</summary>
public sealed class ConnectorFaultsTests
{
    [Theory, BothDatabases, Capability("CH-05")]
    public async Task Who_lets_us_in_comes_back_in_the_browser_that_began_and_messages_that_are_not_believed_are_counted(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = (await SimHost.Listening(new ShopifySim())).Stocked();
        await shop.Connect(sim, "north");

        // One person begins, and sends the page on to the owner of another shop.
        var (began, page) = await Begin();
        var (second, _) = await Begin();
        Uri back = await Consent(page);
        using var stranger = Browser();
        (await Code(await stranger.GetAsync(back))).ShouldBe("connectors.no_such_grant");
        using (var other = new HttpRequestMessage(HttpMethod.Get, back))
        {
            other.Headers.Add("Cookie", second);
            (await Code(await stranger.SendAsync(other))).ShouldBe("connectors.no_such_grant");
        }
        using (var forged = new HttpRequestMessage(HttpMethod.Get, back))
        {
            forged.Headers.Add("Cookie", began.Split('=')[0] + "=" + second.Split('=')[1]);
            (await Code(await stranger.SendAsync(forged))).ShouldBe("connectors.no_such_grant");
        }
        // What was begun last in the browser goes on, and once.
        (began, page) = await Begin();
        back = await Consent(page);
        for (int i = 0; i < 2; i++)
        {
            using var own = new HttpRequestMessage(HttpMethod.Get, back);
            own.Headers.Add("Cookie", began);
            using var answer = await stranger.SendAsync(own);
            if (i == 0) answer.Headers.Location!.ToString().ShouldBe("/channels?authorised=done&channel=north");
            else (await Code(answer)).ShouldBe("connectors.no_such_grant");
        }

        // Forged, too old, come again: counted, each for itself, and nothing else happens.
        string url = (await shop.Get("/connections/north")).Text("messageUrl")!;
        long before = await Counted("taken");
        (await Message("w-1", DateTimeOffset.UtcNow, sim.Secrets["clientSecret"])).ShouldBe(HttpStatusCode.OK);
        (await Message("w-1", DateTimeOffset.UtcNow, sim.Secrets["clientSecret"])).ShouldBe(HttpStatusCode.OK);
        (await Message("w-2", DateTimeOffset.UtcNow.AddDays(-5), sim.Secrets["clientSecret"])).ShouldBe(HttpStatusCode.OK);
        (await Message("w-3", DateTimeOffset.UtcNow, "somebody else's")).ShouldBe(HttpStatusCode.Unauthorized);
        await shop.Until(async () => await Counted("forged") == 1);
        (await Counted("stale"), await Counted("repeated"), await Counted("taken") - before).ShouldBe((1, 1, 1));

        async Task<(string Cookie, string Page)> Begin()
        {
            using var answer = await shop.Send(HttpMethod.Post, "/connections/north/authorise", new { returnTo = "/channels" });
            string cookie = answer.Headers.GetValues("Set-Cookie").Single();
            cookie.ShouldContain("httponly", Case.Insensitive);
            cookie.ShouldContain("samesite=lax", Case.Insensitive);
            return (cookie.Split(';')[0], (await Shop.Read(answer, 200)).Text("url")!);
        }
        async Task<Uri> Consent(string at)
        {
            using var browser = Browser();
            return (await browser.GetAsync(new Uri(at))).Headers.Location!;
        }
        static HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        static async Task<string?> Code(HttpResponseMessage answer) => (await Shop.Read(answer, 400)).Text("code");
        async Task<long> Counted(string what) => (await shop.Get("/connections/north")).GetProperty("health").GetProperty("counts").Long(what);
        async Task<HttpStatusCode> Message(string id, DateTimeOffset at, string secret)
        {
            byte[] body = Encoding.UTF8.GetBytes("""{"id":424242}""");
            using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            message.Headers.Add("X-Shopify-Hmac-Sha256", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
            message.Headers.Add("X-Shopify-Topic", "shop/update");
            message.Headers.Add("X-Shopify-Webhook-Id", id);
            message.Headers.Add("X-Shopify-Triggered-At", at.ToString("O"));
            using var client = new HttpClient();
            using var answer = await client.SendAsync(message);
            return answer.StatusCode;
        }
    }

    [Theory, BothDatabases, Capability("CH-14", "CH-15")]
    public async Task An_order_that_breaks_is_parked_and_replayed_and_one_slow_channel_holds_up_no_other(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 100);
        var (north, south) = (await desk.Connect("north"), await desk.Connect("south"));
        foreach (var sim in desk.Sims) sim.Shop.List("MUG", "A mug", 1_000, 50);
        await desk.UntilShows(north, "MUG", 100);
        await desk.UntilShows(south, "MUG", 100);
        var (one, two, slow) = (north.Generator.Buy("MUG", 1)!, north.Generator.Buy("MUG", 1)!, south.Generator.Buy("MUG", 1)!);
        var (first, second, held) = (await desk.Taken(one, "north"), await desk.Taken(two, "north"), await desk.Taken(slow, "south"));

        var connection = await shop.Db.ReadAll(async work => (await work.Query("select k.id, k.merchant_id from connections k join channels c on c.id = k.channel_id where c.code = 'north'", row => (Id: row.Uuid(), Merchant: row.Long())))[0]);

        // What is kept of a telling is a copy: one that cannot be read is asked for again.
        foreach (string channel in (string[])["north", "south"]) await desk.AskLater(channel);
        await Tell(one.Key, "{");
        await desk.Taken(one, "north");
        // One that breaks whoever works on it is tried a few times; then a person is told, and has it taken in again.
        await Tell(one.Key, (await Told(one.Key)).Replace("\"lines\":[", "\"lines\":null,\"was\":[", StringComparison.Ordinal));
        try { await shop.Until(async () => (await shop.Troubles("channel_order_parked")).Count == 1); }
        catch (ShouldAssertException) { throw new ShouldAssertException(await shop.Waiting("north") + await Told(one.Key)); }
        var parked = await shop.Get($"/connections/north/orders/{one.Key}");
        (parked.Text("state"), parked.GetProperty("tries").GetInt32()).ShouldBe(("parked", 3));
        parked.Text("said")!.ShouldContain("Exception");
        await shop.Post($"/connections/north/orders/{one.Key}/replay", new { });
        await desk.Taken(one, "north");
        await shop.Until(async () => (await shop.Troubles("channel_order_parked")).Count == 0);

        // One that was put off is not taken, though somebody has just seen it due.
        var take = await shop.ByHand<TakeOrders>();
        await shop.Db.WriteAll(work => work.Execute("update channel_orders set state = 'waiting', due_at_ms = @later where connection_id = @at and external_id = @id", ("at", connection.Id), ("later", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds()), ("id", one.Key)));
        (await take.Claim(HouseWork.Of(connection.Merchant), connection.Id, one.Key)).ShouldBeNull();

        // One channel answers nothing: what another is to hear, one thing after the other, it hears meanwhile.
        south.Next(Mood.Waits, call => call.Method == "PUT");
        await shop.Post($"/orders/{held}/cancel", new { reason = "The customer wished so" });
        await shop.Until(() => Task.FromResult(south.Announced == 0));
        foreach (var (order, id) in new[] { (one, first), (two, second) })
        {
            await shop.Post($"/orders/{id}/cancel", new { reason = "The customer wished so" });
            await shop.Until(() => Task.FromResult(order.IsCancelled));
        }
        slow.IsCancelled.ShouldBeFalse();
        south.Go.SetResult();
        await shop.Until(() => Task.FromResult(slow.IsCancelled));

        // A shop tells of a thing that is no listing: all is read again at once only where that was not done a short while ago.
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), quarter = (long)TimeSpan.FromMinutes(15).TotalMilliseconds;
        foreach (var (readAt, due) in new[] { (now - 4 * quarter, now), (now - 1_000, now - 1_000 + quarter) })
        {
            await shop.Db.WriteAll(work => work.Execute("update connections set state = 'paused', listings_at_ms = @at, listings_due_ms = @far where id = @id", ("at", readAt), ("far", now + 100 * quarter), ("id", connection.Id)));
            (await shop.Db.Do(HouseWork.Of(connection.Merchant), async work =>
            {
                await KeepListings.Wish(work, connection.Id, ["a draft"], DateTimeOffset.FromUnixTimeMilliseconds(now));
                return await work.Scalar("select listings_due_ms from connections where merchant_id = @merchant and id = @id", ("id", connection.Id));
            })).ShouldBe(due);
        }

        Task<int> Tell(string id, string told) => shop.Db.WriteAll(work => work.Execute("update channel_orders set told = @told, seen = seen + 1, state = 'waiting', tries = 0, due_at_ms = 0 where connection_id = @at and external_id = @id", ("at", connection.Id), ("told", told), ("id", id)));
        async Task<string> Told(string id) => (await shop.Db.ReadAll(work => work.Query("select told from channel_orders where connection_id = @at and external_id = @id", row => row.Text(), ("at", connection.Id), ("id", id))))[0];
    }

    [Theory, BothDatabases, Capability("CU-06", "CH-20")]
    public async Task A_buyer_who_leaves_eBay_is_forgotten_and_nobody_else(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = (await SimHost.Listening(new EbaySim())).Stocked();
        foreach (var (sku, _) in ConnectedShop.Goods) await shop.Stock(sku, 50);
        await shop.Connect(sim, "bay");
        var gone = sim.Generator.Buy("CUP", 1, null, "GB")!;
        var stays = sim.Generator.Buy("BOWL", 1, null, "GB")!;
        string order = (await shop.OrderOf("bay", gone.Key)).Text("id")!, other = (await shop.OrderOf("bay", stays.Key)).Text("id")!;
        // While something is still to be sent to them they are known.
        sim.CloseAccount(gone.Buyer);
        await shop.Until(async () => await Marked() == 1);
        var forget = shop.Services.GetRequiredService<ForgetBuyers>();
        (await forget.Handle()).ShouldBe(0);
        await shop.Post($"/orders/{order}/cancel", new { reason = "The customer wished so" });
        await shop.Until(async () => await forget.Handle() == 1);
        (await shop.Get("/orders/" + order)).GetRawText().ShouldNotContain(gone.ShipTo.Postcode);
        (await shop.Get("/orders/" + other)).GetRawText().ShouldContain(stays.ShipTo.Postcode);
        (await Marked()).ShouldBe(1);

        Task<long> Marked() => shop.Db.ReadAll(work => work.Scalar("select count(*) from channel_orders where is_to_forget"));
    }
}
