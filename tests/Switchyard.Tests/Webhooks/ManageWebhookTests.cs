using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Webhooks;

namespace Switchyard.Tests.Webhooks;

/// <summary>Webhooks are made, changed, tested and ended by those who may, and seen by nobody else.</summary>
[Capability("IG-15")]
public sealed class ManageWebhookTests
{
    [Theory, BothDatabases]
    public async Task A_webhook_is_made_shown_without_its_secret_changed_and_deleted(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        var body = new { url = receiver.Url("/hook"), kinds = new[] { "Order*" }, description = "ERP", channels = new[] { "web" } };
        var made = await shop.Post("/webhooks", body, key: "make-1");
        string id = made.Text("id")!;
        WebhookSignature.IsSecret(made.GetProperty("secrets")[0].Text("secret")).ShouldBeTrue();
        var replay = await shop.Post("/webhooks", body, key: "make-1");
        replay.Text("id").ShouldBe(id);
        replay.GetProperty("secrets")[0].GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null, "a replay does not show it again");
        var read = await shop.Get("/webhooks/" + id);
        read.Text("description").ShouldBe("ERP");
        read.GetProperty("secrets")[0].GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null);
        (await shop.Get("/webhooks")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Db.ReadAll(work => work.Query("select secret from webhook_secrets /* house */", row => row.Text()))).ShouldAllBe(s => !s.Contains("whsec_"));

        var change = new HttpRequestMessage(HttpMethod.Put, "/api/v1/webhooks/" + id) { Content = System.Net.Http.Json.JsonContent.Create(new { url = receiver.Url("/other"), kinds = new[] { "*" } }) };
        change.Headers.TryAddWithoutValidation("If-Match", "\"7\"");
        (await Shop.Read(await shop.Http.SendAsync(change), 412)).Text("code").ShouldBe("webhooks.changed");
        (await shop.Put("/webhooks/" + id, new { url = receiver.Url("/other"), kinds = new[] { "*" } })).Text("url").ShouldBe(receiver.Url("/other"));

        (await Shop.Read(await shop.Send(HttpMethod.Delete, "/webhooks/" + id, null), 200)).Text("state").ShouldBe("deleted");
        await shop.Refused(HttpMethod.Get, "/webhooks/" + id, null, 404, "webhooks.not_found");
        (await shop.Get("/webhooks")).GetProperty("data").GetArrayLength().ShouldBe(0);
        // A delivery that is under way just now keeps it for this round.
        await shop.Until(async () =>
        {
            await shop.Services.GetRequiredService<ForgetOldDeliveries>().Handle();
            return await shop.Db.ReadAll(work => work.Scalar("select count(*) from webhook_endpoints /* house */")) == 0;
        });
    }

    [Theory, BothDatabases]
    [Capability("P25")]
    public async Task Addresses_that_lead_inside_are_refused_when_given_and_names_when_sent(DatabaseKind kind)
    {
        using var canary = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        var http = shop.Services.GetRequiredService<OutwardHttp>();
        http.Allowed = new OutwardAddresses();
        foreach (string url in (string[])[canary.Url("/"), "https://10.0.0.1/", "https://2130706433/", "https://[::1]/", "http://example.org/", "ftp://example.org/", "nonsense"])
        {
            var problem = await shop.Refused(HttpMethod.Post, "/webhooks", new { url, kinds = new[] { "*" } }, 400, "request.invalid");
            problem.GetProperty("errors")[0].Text("pointer").ShouldBe("/url");
        }
        http.AllowsPlainHttp = true;
        http.Resolve = (_, _) => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback]);
        var (id, _) = await shop.Webhook($"http://looks-fine.example:{canary.Port}/", "*");
        (await shop.Post($"/webhooks/{id}/test", new { })).Text("error").ShouldBe("The address leads inside, where nothing is sent.");
        await shop.Until(async () => (await shop.Deliveries(id)).Any(d => d.Text("error") == "The address leads inside, where nothing is sent."));
        canary.All("/").ShouldBeEmpty();
    }

    [Theory, BothDatabases, Capability("SE-01")]
    public async Task A_webhook_of_somebody_without_prices_is_sent_no_amounts(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 76543);
        using var blind = shop.Client((await shop.Post("/keys", new { name = "Blind", scopes = new[] { "webhooks:manage", "events:read" } })).Text("secret"));
        var made = await Shop.Read(await blind.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Url("/blind"), kinds = new[] { "Order*" } }), 201);
        made.GetProperty("sendsPrices").GetBoolean().ShouldBeFalse();
        var (seeing, _) = await shop.Webhook(receiver.Url("/seeing"), "Order*");
        await shop.Order();
        await shop.Until(() => Task.FromResult(receiver.All("/blind").Count > 0 && receiver.All("/seeing").Count > 0));
        receiver.All("/seeing")[0].Json.GetRawText().ShouldContain("totalMinor");
        receiver.All("/blind").ShouldAllBe(g => !g.Json.GetRawText().Contains("Minor\""));
        receiver.All("/blind")[0].Json.GetProperty("data").GetProperty("payload").Text("number").ShouldNotBeNull();

        // Who may see no amounts cannot lead those of another's webhook to themselves.
        (await Shop.Read(await blind.PutAsJsonAsync("/api/v1/webhooks/" + seeing, new { url = receiver.Url("/mine"), kinds = new[] { "Order*" } }), 200)).GetProperty("sendsPrices").GetBoolean().ShouldBeFalse();
        await shop.Order();
        await shop.Until(() => Task.FromResult(receiver.All("/mine").Count > 0));
        receiver.All("/mine").ShouldAllBe(g => !g.Json.GetRawText().Contains("Minor\""));
        await shop.Post($"/webhooks/{seeing}/test", new { kind = "OrderPlaced" });
        receiver.All("/mine")[^1].Json.GetRawText().ShouldNotContain("Minor\"");
        (await shop.Put("/webhooks/" + seeing, new { url = receiver.Url("/mine"), kinds = new[] { "Order*" } })).GetProperty("sendsPrices").GetBoolean().ShouldBeTrue("somebody who may has looked at it");
    }

    [Theory, BothDatabases]
    public async Task What_a_webhook_may_say_is_checked_field_by_field(DatabaseKind kind)
    {
        await using var shop = await WebhookShop.Open(kind);
        var problem = await shop.Refused(HttpMethod.Post, "/webhooks", new { url = "http://127.0.0.1/", kinds = new[] { "Or der", "Ord*er" }, channels = new[] { "" }, description = new string('x', 201) }, 400, "request.invalid");
        problem.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/description", "/kinds/0", "/kinds/1", "/channels/0"]);
        await shop.Refused(HttpMethod.Post, "/webhooks", new { url = "http://127.0.0.1/", kinds = Array.Empty<string>() }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/webhooks", new { url = "http://127.0.0.1/", kinds = new[] { "*" }, channels = new[] { "nowhere" } }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task A_new_secret_signs_beside_the_old_one_until_that_is_retired(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 100);
        var (id, old) = await shop.Webhook(receiver.Url("/hook"), "OrderPlaced");
        var rotated = await shop.Post($"/webhooks/{id}/secrets", new { });
        string fresh = rotated.Text("secret")!;
        rotated.Long("number").ShouldBe(2);
        var both = await Next();
        (both.IsSignedBy(old), both.IsSignedBy(fresh)).ShouldBe((true, true));
        both.Headers["webhook-signature"].Split(' ').Length.ShouldBe(2);

        shop.Clock!.Advance(TimeSpan.FromHours(25));
        var one = await Next();
        (one.IsSignedBy(old), one.IsSignedBy(fresh)).ShouldBe((false, true), "after a day the old one is retired");

        string third = (await shop.Post($"/webhooks/{id}/secrets", new { retireOthersAfterSeconds = 3600 })).Text("secret")!;
        await Shop.Read(await shop.Send(HttpMethod.Delete, $"/webhooks/{id}/secrets/2", null), 200);
        var last = await Next();
        (last.IsSignedBy(fresh), last.IsSignedBy(third)).ShouldBe((false, true), "retired by hand before its time");
        await shop.Refused(HttpMethod.Delete, $"/webhooks/{id}/secrets/3", null, 409, "webhooks.last_secret");
        await shop.Refused(HttpMethod.Delete, $"/webhooks/{id}/secrets/1", null, 404, "webhooks.no_such_secret");

        async Task<Got> Next()
        {
            string order = await shop.Order();
            await shop.Until(() => Task.FromResult(receiver.All("/hook").Any(g => g.Subject == order)));
            return receiver.All("/hook").Single(g => g.Subject == order);
        }
    }

    [Theory, BothDatabases]
    public async Task A_test_send_says_what_the_receiver_answers(DatabaseKind kind)
    {
        using var receiver = new Receiver().On("/bad", Receiver.Answers("302 Found", "Location: http://127.0.0.1/elsewhere\r\n"));
        await using var shop = await WebhookShop.Open(kind);
        var (good, secret) = await shop.Webhook(receiver.Url("/good"), "OrderPlaced");
        var answer = await shop.Post($"/webhooks/{good}/test", new { });
        (answer.GetProperty("isDelivered").GetBoolean(), answer.Long("status"), answer.Text("answer")).ShouldBe((true, 200, "thanks"));
        var got = receiver.All("/good").ShouldHaveSingleItem();
        got.IsSignedBy(secret).ShouldBeTrue();
        got.Json.Text("type").ShouldBe("switchyard.webhook.test");
        var (bad, _) = await shop.Webhook(receiver.Url("/bad"), "OrderPlaced");
        (await shop.Post($"/webhooks/{bad}/test", new { })).Text("error").ShouldBe("Answered 302: redirects are not followed.");
        receiver.All("/elsewhere").ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    [Capability("P21")]
    public async Task Each_merchant_and_each_key_of_nodes_hears_only_of_its_own(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        var other = await shop.Post("/merchants", new { code = "b", name = "Brand B", baseCurrency = "GBP" });
        using var theirs = shop.Client(other.Text("key"));
        await shop.Put("/nodes/NORTH", new { name = "North", kind = "warehouse", country = "GB" });
        await shop.Product("MUG", 10);
        var store = await shop.Post("/keys", new { name = "Store", scopes = new[] { "webhooks:read", "webhooks:manage" }, nodes = new[] { "NORTH" } });
        using var north = shop.Client(store.Text("secret"));
        await Make(theirs, "/theirs");
        string mine = await Make(shop.Http, "/mine"), ofNorth = await Make(north, "/north");

        (await Shop.Read(await north.GetAsync("/api/v1/webhooks"), 200)).GetProperty("data").EnumerateArray().Select(w => w.Text("id")).ShouldBe([ofNorth]);
        await Shop.Read(await north.GetAsync("/api/v1/webhooks/" + mine), 404);
        await Shop.Read(await theirs.GetAsync("/api/v1/webhooks/" + mine), 404);

        await shop.Stock("MUG", 1, "NORTH");
        await shop.Post("/inventory/adjustments", new { items = new[] { new { sku = "MUG", node = "NORTH", delta = 1, reason = "x" }, new { sku = "MUG", node = "MAIN", delta = 1, reason = "x" } } });
        await shop.Stock("MUG", 1, "MAIN");
        await shop.Until(() => Task.FromResult(receiver.All("/mine").Count(g => g.Kind == "InventoryAdjusted") == 3 && receiver.All("/north").Count > 0));
        receiver.All("/north").ShouldHaveSingleItem("what names another node too is not for it").Kind.ShouldBe("InventoryAdjusted");
        receiver.All("/theirs").ShouldAllBe(g => g.Json.Text("source") == "/merchants/b");

        async Task<string> Make(HttpClient http, string path) => (await Shop.Read(await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { url = receiver.Url(path), kinds = new[] { "*" } }),
        }), 201)).Text("id")!;
    }

    [Theory, BothDatabases]
    [Capability("P12")]
    public async Task A_new_webhook_hears_nothing_that_happened_before_it_was_made_though_a_writer_dawdles(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 10);
        // On PostgreSQL an open transaction holds back how far the log may be read, so entries before the webhook are read after it.
        await using var source = kind == DatabaseKind.Postgres ? Npgsql.NpgsqlDataSource.Create(shop.Db.Settings.ConnectionString) : null;
        await using var dawdler = source is null ? null : await source.OpenConnectionAsync();
        await Run(dawdler, "begin; select pg_current_xact_id()");
        await shop.Order();
        var making = shop.Webhook(receiver.Url("/late"), "OrderPlaced");
        await Task.WhenAny(making, Task.Delay(300));
        await Run(dawdler, "commit");
        await making;
        string after = await shop.Order();
        await shop.Until(() => Task.FromResult(receiver.All("/late").Any(g => g.Subject == after)));
        receiver.All("/late").ShouldHaveSingleItem().Subject.ShouldBe(after);

        static async Task Run(Npgsql.NpgsqlConnection? connection, string sql)
        {
            if (connection is null) return;
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Theory, BothDatabases]
    public async Task A_webhook_of_one_channel_hears_only_of_its_orders(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Put("/channels/till", new { name = "Till" });
        await shop.Product("MUG", 10);
        await shop.Post("/webhooks", new { url = receiver.Url("/till"), kinds = new[] { "*" }, channels = new[] { "till" } });
        await shop.Order();
        var body = Given.Order(("MUG", 1));
        body["channel"] = "till";
        string atTill = (await shop.Post("/orders", body)).Text("id")!;
        await shop.Post($"/orders/{atTill}/cancel", new { reason = "test" });
        await shop.Until(() => Task.FromResult(receiver.All("/till").Count == 2));
        receiver.All("/till").Select(g => (g.Subject, g.Kind)).ShouldBe([(atTill, "OrderPlaced"), (atTill, "OrderCancelled")]);
    }
}
