using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>The simulators as their program runs them: several behind one address, steered at /_control.</summary>
public sealed class ControlPageTests : IAsyncLifetime
{
    private readonly IReadOnlyList<VendorSim> _sims = SimCatalogue.All(3, ["ACME-1", "ACME-2"]);
    private readonly HttpClient _http = new();
    private SimHost _host = null!;

    public async Task InitializeAsync() => _host = await SimHost.Start(_sims);

    public async Task DisposeAsync()
    {
        foreach (var sim in _sims) await sim.DisposeAsync();
        await _host.DisposeAsync();
        _http.Dispose();
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> Ask(string path, object? body = null)
    {
        using var answer = body is null ? await _http.GetAsync(_host.Url + "/_control" + path) : await _http.PostAsJsonAsync(_host.Url + "/_control" + path, body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    [Fact]
    public async Task A_person_places_changes_cancels_and_refunds_orders_from_the_page()
    {
        (await _http.GetStringAsync(_host.Url + "/")).ShouldContain("<h1>Simulated vendors</h1>");
        var shops = (await Ask("/shops")).Body.AsArray();
        shops.Select(s => (string)s!["name"]!).ShouldBe(_sims.Select(s => s.Name));
        shops.ShouldAllBe(s => ((string)s!["baseUrl"]!).StartsWith(_host.Url, StringComparison.Ordinal));
        var (_, placed) = await Ask("/shops/woocommerce/orders", new { sku = "ACME-1", quantity = 2, country = "DE" });
        string id = (string)placed[0]!["id"]!;
        ((string)placed[0]!["to"]!).ShouldEndWith("DE");
        var (_, changed) = await Ask($"/shops/woocommerce/orders/{id}/change", new { quantity = 3, note = "Ring twice", newAddress = true });
        ((int)changed["lines"]![0]!["quantity"]!, (string)changed["note"]!).ShouldBe((3, "Ring twice"));
        (await Ask($"/shops/woocommerce/orders/{id}/refund", new { amountMinor = 100 })).Body["refunded"]!.ToString().ShouldBe("1.00");
        (await Ask($"/shops/woocommerce/orders/{id}/cancel", new { })).Body["state"]!.ToString().ShouldBe("cancelled");
        (await Ask("/shops/shopify/last-unit", new { sku = "ACME-2" })).Status.ShouldBe(HttpStatusCode.OK);
        _sims.Single(s => s.Name == "shopify").Shop.BySku("ACME-2")!.Available.ShouldBe(0);
        (await Ask("/shops/shopify/last-unit", new { sku = "ACME-2" })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await Ask("/shops/shopify/prices", new { sku = "ACME-2", priceMinor = 4321 })).Status.ShouldBe(HttpStatusCode.OK);
        (await Ask("/shops/shopify/listings")).Body.AsArray().Single(l => (string)l!["sku"]! == "ACME-2")!["priceMinor"]!.GetValue<long>().ShouldBe(4321);
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_by_name()
    {
        var (status, body) = await Ask("/shops/woocommerce/mood", new { mood = "Grumpy" });
        (status, body["error"]!.ToString().StartsWith("mood is one of", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true));
        (await Ask("/shops/woocommerce/prices", new { sku = "ACME-1", priceMinor = "dear" })).Body["error"]!.ToString().ShouldBe("priceMinor is a number.");
        (await Ask("/shops/nobody/orders", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Ask("/shops/woocommerce/orders/1/cancel", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Ask("/shops/woocommerce/dance", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Moods_and_webhooks_are_set_from_the_page_and_calls_are_listed()
    {
        var woo = (WooCommerceSim)_sims.Single(s => s.Name == "woocommerce");
        await Ask("/shops/woocommerce/mood", new { mood = "broken", calls = 2 });
        using var caller = new WooCaller(woo);
        (await caller.Get("orders")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await caller.Get("orders")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await caller.Get("orders")).Status.ShouldBe(HttpStatusCode.OK);
        var calls = (await Ask("/shops/woocommerce/calls")).Body.AsArray();
        calls.Select(c => (int)c!["status"]!).ShouldBe([200, 500, 500]);
        ((string)calls[0]!["path"]!).ShouldBe("/wp-json/wc/v3/orders");
        await Ask("/shops/woocommerce/messages", new { copies = 3, dropEvery = 2, forgesToo = true, holds = true });
        (woo.Sender.Copies, woo.Sender.DropEvery, woo.Sender.ForgesToo, woo.Sender.Holds).ShouldBe((3, 2, true, true));
        var before = woo.Clock.GetUtcNow();
        await Ask("/shops/woocommerce/clock", new { advanceSeconds = 7200 });
        woo.Clock.GetUtcNow().ShouldBeGreaterThan(before.AddHours(2).AddSeconds(-1));
    }

    [Fact]
    public async Task A_stream_places_orders_until_it_is_stopped()
    {
        var sim = _sims[0];
        var some = new TaskCompletionSource();
        sim.Shop.Happened += happened => { if (happened.Kind == ShopEventKind.OrderPlaced && sim.Shop.Orders.Count >= 3) some.TrySetResult(); };
        await Ask($"/shops/{sim.Name}/stream", new { perMinute = 6000 });
        await some.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await Ask($"/shops/{sim.Name}/stream", new { perMinute = 0 });
        sim.Stream.PerMinute.ShouldBe(0);
        await Ask($"/shops/{sim.Name}/stream", new { perMinute = 0.5 });
        sim.Stream.PerMinute.ShouldBe(0.5);
    }

    [Fact]
    public void The_simulators_know_nothing_of_the_server()
    {
        string project = File.ReadAllText(Path.Combine(TestPostgres.Root, "src", "Switchyard.Simulators", "Switchyard.Simulators.csproj"));
        project.ShouldNotContain("ProjectReference");
    }
}
