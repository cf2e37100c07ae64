using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>The simulated WooCommerce shop answers as WooCommerce's REST API v3 is published.</summary>
public sealed class WooCommerceSimTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 9, 0, 0, TimeSpan.Zero);
    private readonly WooCommerceSim _sim = new(clock: SimClock.At(Start));
    private WooCaller _caller = null!;

    public async Task InitializeAsync()
    {
        await SimHost.Listening(_sim);
        _caller = new WooCaller(_sim);
        _sim.Shop.List("MUG", "Enamel mug", 1250, 50);
        long shirt = _sim.Shop.NextId();
        _sim.Shop.List("SHIRT-S", "Shirt", 2000, 5, "S", shirt);
        _sim.Shop.List("SHIRT-M", "Shirt", 2000, 5, "M", shirt);
    }

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _sim.DisposeAsync();
    }

    private List<SimOrder> Place(int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        _sim.Clock.Advance(TimeSpan.FromSeconds(10));
        return _sim.Generator.Buy("MUG")!;
    })];

    private static long[] Ids(SimAnswer answer) => [.. answer.List.Select(o => (long)o!["id"]!)];

    [Fact]
    public void The_text_to_sign_is_that_of_the_published_example() =>
        OAuthOne.BaseString("get", "http://photos.example.net/photos",
        [
            new("oauth_consumer_key", "dpf43f3p2l4k3l03"), new("oauth_token", "nnch734d00sl2jdk"), new("oauth_signature_method", "HMAC-SHA1"), new("oauth_signature", "left out"),
            new("oauth_timestamp", "1191242096"), new("oauth_nonce", "kllo9940pd9333jh"), new("oauth_version", "1.0"), new("size", "original"), new("file", "vacation.jpg"),
        ]).ShouldBe("GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3Dkllo9940pd9333jh"
            + "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal");

    [Fact]
    public async Task Without_TLS_calls_are_signed_once_and_lately_and_with_it_they_bring_their_keys()
    {
        (await _caller.Get("orders")).Status.ShouldBe(HttpStatusCode.OK);
        (await _caller.Send(HttpMethod.Get, "orders", null, nonce: "same")).Status.ShouldBe(HttpStatusCode.OK);
        Code(await _caller.Send(HttpMethod.Get, "orders", null, nonce: "same")).ShouldBe("woocommerce_rest_authentication_error");
        Code(await _caller.Send(HttpMethod.Get, "orders", null, secret: "cs_wrong")).ShouldBe("woocommerce_rest_authentication_error");
        Code(await _caller.Send(HttpMethod.Get, "orders", null, at: Start.AddMinutes(-16))).ShouldBe("woocommerce_rest_authentication_error");
        string basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{WooCommerceSim.Key}:{WooCommerceSim.Secret}"));
        var refused = await _caller.Plain(HttpMethod.Get, _sim.Url + "/wp-json/wc/v3/orders", null, basic);
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Json["data"]!["status"]!.GetValue<int>().ShouldBe(401);
        _sim.EndsTls = true;
        (await _caller.Plain(HttpMethod.Get, _sim.Url + "/wp-json/wc/v3/orders", null, basic)).Status.ShouldBe(HttpStatusCode.OK);
        (await _caller.Plain(HttpMethod.Get, $"{_sim.Url}/wp-json/wc/v3/orders?consumer_key={WooCommerceSim.Key}&consumer_secret={WooCommerceSim.Secret}",
            null)).Status.ShouldBe(HttpStatusCode.OK);
        (await _caller.Plain(HttpMethod.Get, _sim.Url + "/wp-json/wc/v3/orders", null, basic[..^4])).Status.ShouldBe(HttpStatusCode.Unauthorized);

        static string Code(SimAnswer answer)
        {
            answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
            return (string)answer.Json["code"]!;
        }
    }

    [Fact]
    public async Task Pages_say_how_many_there_are_and_where_the_next_one_is()
    {
        var placed = Place(23);
        var first = await _caller.Get("orders?per_page=10&orderby=modified&order=asc");
        (first.Header("X-WP-Total"), first.Header("X-WP-TotalPages")).ShouldBe(("23", "3"));
        first.Header("Link")!.ShouldContain("page=2>; rel=\"next\"");
        Ids(first).ShouldBe(placed.Take(10).Select(o => o.Id));
        var last = await _caller.Get("orders?per_page=10&orderby=modified&order=asc&page=3");
        Ids(last).ShouldBe(placed.Skip(20).Select(o => o.Id));
        last.Header("Link")!.ShouldNotContain("next");
        foreach (string wrong in new[] { "per_page=0", "per_page=101", "page=0", "orderby=nothing", "status=odd", "modified_after=never" })
        {
            var answer = await _caller.Get("orders?" + wrong);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, wrong);
            ((string)answer.Json["code"]!).ShouldBe("rest_invalid_param");
            answer.Json["data"]!["params"]![wrong.Split('=')[0]].ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Orders_changed_since_a_moment_are_those_after_it_in_the_shops_own_time_or_in_UTC()
    {
        var placed = Place(3);
        string Moment(SimOrder order, int hours) => order.UpdatedAt.AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        // In July the shop in London is an hour ahead.
        Ids(await _caller.Get($"orders?modified_after={Moment(placed[0], 1)}&order=asc")).ShouldBe(placed.Skip(1).Select(o => o.Id));
        Ids(await _caller.Get($"orders?modified_after={Moment(placed[0], 0)}&dates_are_gmt=true&order=asc")).ShouldBe(placed.Skip(1).Select(o => o.Id));
        Ids(await _caller.Get($"orders?modified_after={Moment(placed[1], 0)}Z&order=asc")).ShouldBe(placed.Skip(2).Select(o => o.Id));
        var shown = (await _caller.Get($"orders/{placed[0].Key}")).Json;
        ((string)shown["date_modified"]!).ShouldBe(Moment(placed[0], 1));
        ((string)shown["date_modified_gmt"]!).ShouldBe(Moment(placed[0], 0));
    }

    [Fact]
    public async Task An_order_that_changes_between_two_pages_pushes_another_off_the_list_as_numbered_pages_do()
    {
        var placed = Place(4);
        Ids(await _caller.Get("orders?per_page=2&orderby=modified&order=asc")).ShouldBe([placed[0].Id, placed[1].Id]);
        _sim.Clock.Advance(TimeSpan.FromSeconds(5));
        _sim.Shop.Change(placed[0], o => o.Note = "Gate code 1");
        Ids(await _caller.Get("orders?per_page=2&orderby=modified&order=asc&page=2")).ShouldBe([placed[3].Id, placed[0].Id]);
    }

    [Fact]
    public async Task Amounts_of_an_order_add_up_without_tax_and_with_it()
    {
        var order = _sim.Generator.Buy("MUG", 3, w => w with { Discount = ("TENOFF", 10), ShipTo = w.ShipTo with { Country = "GB", Region = "" } })!;
        var shown = (await _caller.Get($"orders/{order.Key}")).Json;
        decimal Sum(string list, string field) => shown[list]!.AsArray().Sum(l => Money(l![field]));
        Money(shown["total"]).ShouldBe(SimMoney.Amount(order.TotalMinor, "GBP"));
        (Sum("line_items", "total") + Sum("line_items", "total_tax") + Sum("shipping_lines", "total") + Sum("shipping_lines", "total_tax")).ShouldBe(Money(shown["total"]));
        (Sum("line_items", "subtotal") - Sum("line_items", "total")).ShouldBe(Money(shown["discount_total"]));
        (Sum("tax_lines", "tax_total") + Sum("tax_lines", "shipping_tax_total")).ShouldBe(Money(shown["total_tax"]));
        // 3 × 12.50 less 10 percent is 33.75 with 20 percent tax in it.
        Money(shown["line_items"]![0]!["total"]).ShouldBe(28.12m);
        Money(shown["line_items"]![0]!["total_tax"]).ShouldBe(5.63m);
        ((string)shown["coupon_lines"]![0]!["code"]!).ShouldBe("tenoff");

        static decimal Money(JsonNode? text) => decimal.Parse((string)text!, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Refunds_are_checked_bring_units_back_and_end_in_an_order_that_is_refunded()
    {
        var order = _sim.Generator.Buy("MUG", 2)!;
        string path = $"orders/{order.Key}/refunds";
        (await _caller.Post(path, """{"amount":"0"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var tooMuch = await _caller.Post(path, """{"amount":"9999.00"}""");
        tooMuch.Status.ShouldBe(HttpStatusCode.InternalServerError);
        ((string)tooMuch.Json["code"]!).ShouldBe("woocommerce_rest_cannot_create_order_refund");
        order.Refunds.ShouldBeEmpty();

        long line = order.Lines[0].Id;
        var made = await _caller.Post(path,
            $$"""{"reason":"One was cracked","line_items":[{"id":{{line}},"quantity":1,"refund_total":"10.42","refund_tax":[{"id":2000,"refund_total":"2.08"}]}]}""");
        made.Status.ShouldBe(HttpStatusCode.Created);
        ((string)made.Json["amount"]!).ShouldBe("12.50");
        ((int)made.Json["line_items"]![0]!["quantity"]!).ShouldBe(-1);
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(49);
        (await _caller.Post(path,
            $$"""{"api_restock":false,"line_items":[{"id":{{line}},"quantity":2,"refund_total":"1.00"}]}""")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await _caller.Get(path)).List.Count.ShouldBe(1);
        (await _caller.Put($"orders/{order.Key}", """{"status":"refunded"}""")).Status.ShouldBe(HttpStatusCode.OK);
        ((string)(await _caller.Get($"orders/{order.Key}")).Json["status"]!).ShouldBe("refunded");
        order.RefundedMinor.ShouldBe(order.TotalMinor);
    }

    [Fact]
    public async Task Stock_of_products_and_variations_is_set_in_batches_of_which_each_is_answered_for_itself()
    {
        var mug = _sim.Shop.BySku("MUG")!;
        var shirt = _sim.Shop.BySku("SHIRT-M")!;
        var done = await _caller.Post("products/batch", $$"""{"update":[{"id":{{mug.Id}},"stock_quantity":7},{"id":999999,"stock_quantity":1}]}""");
        done.Status.ShouldBe(HttpStatusCode.OK);
        ((int)done.Json["update"]![0]!["stock_quantity"]!).ShouldBe(7);
        ((string)done.Json["update"]![1]!["error"]!["code"]!).ShouldBe("woocommerce_rest_product_invalid_id");
        (await _caller.Post($"products/{shirt.ProductId}/variations/batch", $$"""{"update":[{"id":{{shirt.Id}},"stock_quantity":0}]}""")).Status.ShouldBe(HttpStatusCode.OK);
        (mug.Available, shirt.Available, _sim.Shop.BySku("SHIRT-S")!.Available).ShouldBe((7, 0, 5));
        ((string)(await _caller.Get($"products/{shirt.ProductId}/variations/{shirt.Id}")).Json["stock_status"]!).ShouldBe("outofstock");
        string many = string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"id":{{i}},"stock_quantity":1}"""));
        (await _caller.Post("products/batch", $$"""{"update":[{{many}}]}""")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var all = await _caller.Get("products?order=asc");
        all.List.Select(p => (string)p!["type"]!).ShouldBe(["simple", "variable"]);
        (await _caller.Get($"products/{shirt.ProductId}/variations")).List.Select(v => (string)v!["sku"]!).ShouldBe(["SHIRT-S", "SHIRT-M"]);
        Ids(await _caller.Get("products?sku=MUG")).ShouldBe([mug.Id]);
    }

    [Fact]
    public async Task Webhooks_are_tried_when_they_are_made_signed_over_their_bytes_and_disabled_after_six_failures()
    {
        var mailbox = new Mailbox();
        _sim.Sender.Http = new HttpClient(mailbox);
        (await _caller.Post("webhooks", """{"topic":"order.eaten","delivery_url":"https://oms.test/"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _caller.Post("webhooks", """{"topic":"order.updated","delivery_url":"ftp://oms.test/"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var made = await _caller.Post("webhooks", """{"topic":"order.updated","delivery_url":"https://oms.test/in","secret":"whsec"}""");
        made.Status.ShouldBe(HttpStatusCode.Created);
        made.Json["secret"].ShouldBeNull();
        await _sim.Sender.Quiet();
        Encoding.UTF8.GetString(mailbox.Mails.Single().Body).ShouldBe($"webhook_id={made.Json["id"]}");

        var order = _sim.Generator.Buy("MUG", with: w => w with { IsPaid = false })!;
        _sim.Sender.ForgesToo = true;
        _sim.Shop.Pay(order);
        await _sim.Sender.Quiet();
        var (headers, body) = mailbox.Mails[1];
        headers["X-WC-Webhook-Topic"].ShouldBe("order.updated");
        headers["X-WC-Webhook-Signature"].ShouldBe(Convert.ToBase64String(HMACSHA256.HashData("whsec"u8, body)));
        JsonNode.DeepEquals(JsonNode.Parse(body), (await _caller.Get($"orders/{order.Key}")).Json).ShouldBeTrue();
        var (forged, forgedBody) = mailbox.Mails[2];
        forged["X-WC-Webhook-Signature"].ShouldNotBe(Convert.ToBase64String(HMACSHA256.HashData("whsec"u8, forgedBody)));

        _sim.Sender.ForgesToo = false;
        mailbox.Answer = HttpStatusCode.BadGateway;
        for (int i = 0; i < 8; i++)
        {
            _sim.Shop.Change(order, o => o.Note += "!");
            await _sim.Sender.Quiet();
        }
        _sim.Webhooks.Single().Status.ShouldBe("disabled");
        mailbox.Mails.Count.ShouldBe(3 + 6);
        (await _caller.Put($"webhooks/{made.Json["id"]}", """{"status":"active"}""")).Status.ShouldBe(HttpStatusCode.OK);
        _sim.Webhooks.Single().Failures.ShouldBe(0);
        (await _caller.Delete($"webhooks/{made.Json["id"]}")).Status.ShouldBe(HttpStatusCode.NotImplemented);
        (await _caller.Delete($"webhooks/{made.Json["id"]}?force=true")).Status.ShouldBe(HttpStatusCode.OK);
        _sim.Webhooks.ShouldBeEmpty();
    }

    [Fact]
    public async Task States_and_notes_are_set_and_what_is_unknown_is_refused()
    {
        var order = _sim.Generator.Buy("MUG", 2)!;
        ((string)(await _caller.Get($"orders/{order.Key}")).Json["status"]!).ShouldBe("processing");
        (await _caller.Put($"orders/{order.Key}", """{"status":"eaten"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var done = await _caller.Put($"orders/{order.Key}", """{"status":"completed","meta_data":[{"key":"_oms_shipment","value":"s-1"}]}""");
        ((string)done.Json["status"]!).ShouldBe("completed");
        ((string)done.Json["meta_data"]![0]!["value"]!).ShouldBe("s-1");
        order.IsShipped.ShouldBeTrue();
        (await _caller.Post($"orders/{order.Key}/notes", """{"note":"Sent with Royal Mail AB123","customer_note":true}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await _caller.Get($"orders/{order.Key}/notes?type=customer")).List.Select(n => (string)n!["note"]!).ShouldBe(["Sent with Royal Mail AB123"]);
        ((string)(await _caller.Get("orders/1")).Json["code"]!).ShouldBe("woocommerce_rest_shop_order_invalid_id");
        ((string)(await _caller.Get("pets")).Json["code"]!).ShouldBe("rest_no_route");
        (await _caller.Put($"orders/{order.Key}", "{\"status\":")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var other = _sim.Generator.Buy("MUG")!;
        await _caller.Put($"orders/{other.Key}", """{"status":"cancelled"}""");
        other.IsCancelled.ShouldBeTrue();
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(48);
    }

    [Fact]
    public async Task Moods_fail_before_or_after_the_effect_as_they_say()
    {
        var order = _sim.Generator.Buy("MUG")!;
        string note = """{"note":"n"}""", path = $"orders/{order.Key}/notes";
        _sim.Next(Mood.Throttled);
        var throttled = await _caller.Post(path, note);
        ((int)throttled.Status, throttled.Header("Retry-After")).ShouldBe((429, "2"));
        _sim.Next(Mood.Broken);
        (await _caller.Post(path, note)).Status.ShouldBe(HttpStatusCode.InternalServerError);
        _sim.Next(Mood.Refused);
        (await _caller.Post(path, note)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _sim.Next(Mood.BreaksOff);
        await Should.ThrowAsync<HttpRequestException>(() => _caller.Post(path, note));
        order.Remarks.ShouldBeEmpty();
        _sim.Next(Mood.FailsAfter);
        (await _caller.Post(path, note)).Status.ShouldBe(HttpStatusCode.InternalServerError);
        _sim.Next(Mood.BreaksOffAfter, r => r.Method == "POST");
        (await _caller.Get(path)).Status.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => _caller.Post(path, note));
        order.Remarks.Count.ShouldBe(2);
        _sim.Announced.ShouldBe(0);
        _sim.Next(Mood.Waits);
        var waiting = _caller.Post(path, note);
        _sim.Go.SetResult();
        (await waiting).Status.ShouldBe(HttpStatusCode.Created);
        _sim.Calls.Count(c => c.Mood == Mood.Waits).ShouldBe(1);
    }
}
