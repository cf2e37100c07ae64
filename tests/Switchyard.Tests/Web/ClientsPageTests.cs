using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Access;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Web;

/// <summary>A 3PL with two clients: one cart for both on a phone, the month's bill approved at a desk, and the client who sees his own.</summary>
[Collection(PagesTests.Floor)]
public sealed class ClientsPageTests
{
    private const string MugOfAlpha = "4006381333931", MugOfBeta = "5012345678900";

    [Fact, Capability("AX-52")]
    public async Task One_cart_for_two_clients_is_picked_on_a_phone_and_a_bill_is_approved_and_seen_by_its_client()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        using var alpha = shop.Client((await shop.Post("/merchants", new { code = "alpha", name = "Alpha Homeware", baseCurrency = "GBP" })).Text("key"));
        using var beta = shop.Client((await shop.Post("/merchants", new { code = "beta", name = "Beta Living", baseCurrency = "GBP" })).Text("key"));
        await shop.Post("/nodes", new { code = "SHED", name = "Shared shed", kind = "warehouse", country = "GB", merchants = new[] { "alpha", "beta" } });
        foreach (var (merchant, barcode, bin) in new[] { (alpha, MugOfAlpha, "A-1"), (beta, MugOfBeta, "A-2") })
        {
            await Send(merchant, HttpMethod.Post, "/products", new { sku = "MUG-01", name = "Mug", kind = "goods", weightGrams = 300, prices = Array.Empty<object>(), barcodes = new[] { new { barcode } } });
            await Send(merchant, HttpMethod.Put, "/inventory/bins", new { items = new[] { new { node = "SHED", bin, sku = "MUG-01", quantity = 5 } } });
            string order = (await Send(merchant, HttpMethod.Post, "/orders", Given.Order(("MUG-01", 1)))).Text("id")!;
            await Send(merchant, HttpMethod.Post, $"/orders/{order}/release", new { });
            string wave = (await Send(merchant, HttpMethod.Post, "/waves", new { node = "SHED", method = "cluster", totes = 4 })).Text("id")!;
            await Send(merchant, HttpMethod.Post, $"/waves/{wave}/release", new { });
        }
        // Somebody who picks for both.
        string id = (await Send(alpha, HttpMethod.Post, "/users", new { userName = "pia", displayName = "Pia", password = BrowserShop.Password, roles = new[] { "warehouse" } })).Text("id")!;
        long other = await shop.Db.ReadAll(work => work.Scalar("select id from merchants where code = 'beta' /* house */"));
        (await shop.Services.GetRequiredService<ChangeUser.Change>().Assign(id, new ChangeUser.RolesRequest(["warehouse"], null), Actor.House("cli", other), anyMerchant: true)).IsOk.ShouldBeTrue();

        var phone = await BrowserShop.SignIn(await opened.Page("/handheld", Width.Phone), "pia", BrowserShop.Password);
        await phone.GetByLabel("Together with other clients").CheckAsync();
        (await BrowserShop.BarriersInBothSchemes(phone)).ShouldBeEmpty();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Start shift" }).TapAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Take the next walk" }).TapAsync();
        var what = phone.GetByRole(AriaRole.Region, new() { Name = "What" });
        foreach (var (bin, own, wrong, name, othersName, tote) in new[] { ("A-1", MugOfAlpha, MugOfBeta, "Alpha Homeware", "Beta Living", "T-1"), ("A-2", MugOfBeta, MugOfAlpha, "Beta Living", "Alpha Homeware", "T-2") })
        {
            await Assertions.Expect(what).ToContainTextAsync(name);
            await phone.Instruction("Scan the bin").WaitForAsync();
            await phone.Scan(bin);
            await phone.Instruction("Scan the item").WaitForAsync();
            await phone.Scan(wrong);
            await Assertions.Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync($"This is Mug ({othersName}).");
            await phone.Scan(own);
            await phone.Instruction("Scan tote").WaitForAsync();
            await phone.Scan(tote);
        }
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cart finished");
        await Assertions.Expect(phone.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "T-2" })).ToContainTextAsync("Beta Living");
        await phone.Said();
        (await BrowserShop.BarriersInBothSchemes(phone)).ShouldBeEmpty();
        foreach (var merchant in new[] { alpha, beta }) (await Send(merchant, HttpMethod.Get, "/fulfilments?state=picked", null)).GetProperty("data").GetArrayLength().ShouldBe(1);

        // In a month that is over everywhere, sixty units were picked for Alpha.
        var last = DateTimeOffset.UtcNow.AddDays(-DateTimeOffset.UtcNow.Day).AddMonths(-1);
        string month = last.ToString("yyyy-MM", CultureInfo.InvariantCulture), shown = last.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
        await shop.Db.WriteAll(work => work.Execute(
            """
            insert into billable_activities (merchant_id, node_id, activity, day, quantity, subject, position, at_ms, fact_key) /* house */
            select m.id, n.id, 'pick', @day, 60, '10042-F1', null, @at, 'pick:test' from merchants m, nodes n where m.code = 'alpha' and n.code = 'SHED'
            """, ("day", last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("at", last.ToUnixTimeMilliseconds())));
        var desk = await opened.SignedIn(path: "/bills");
        await desk.GetByRole(AriaRole.Row).Filter(new() { HasText = shown }).GetByRole(AriaRole.Link).First.ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Set prices" }).ClickAsync();
        await desk.GetByLabel("Units picked").FillAsync("0.40");
        (await BrowserShop.BarriersInBothSchemes(desk)).ShouldBeEmpty();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "1 entry" }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Region, new() { Name = "Entries: Units picked" }).First).ToContainTextAsync("10042-F1");
        (await BrowserShop.BarriersInBothSchemes(desk)).ShouldBeEmpty();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Dialog)).ToContainTextAsync("£24.00");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Approve the bill" }).ClickAsync();
        await Assertions.Expect(desk.GetByText($"Alpha Homeware, {shown}: version 1 is approved")).ToBeVisibleAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true })).ToHaveCountAsync(0);

        // The client, with every right at his own merchant: his bill, approved, and nobody else's work.
        await Send(alpha, HttpMethod.Post, "/users", new { userName = "clive", displayName = "Clive", password = BrowserShop.Password, roles = new[] { "administrator" } });
        var client = await BrowserShop.SignIn(await opened.Page($"/bills/alpha/{month}", Width.Phone), "clive", BrowserShop.Password);
        await Assertions.Expect(client.GetByRole(AriaRole.Row).Filter(new() { HasText = "Total" })).ToContainTextAsync("£24.00");
        await Assertions.Expect(client.GetByText("Version 1").First).ToBeVisibleAsync();
        await Assertions.Expect(client.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true })).ToHaveCountAsync(0);
        (await BrowserShop.BarriersInBothSchemes(client)).ShouldBeEmpty();
        await client.GotoAsync($"/bills/beta/{month}");
        await Assertions.Expect(client.GetByText("There is no such bill")).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }

    private static async Task<JsonElement> Send(HttpClient http, HttpMethod method, string path, object? body) =>
        await Shop.Read(await http.SendAsync(new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) }), null);
}
