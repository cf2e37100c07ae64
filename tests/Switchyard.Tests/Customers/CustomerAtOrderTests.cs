using System.Text.Json;
using Shouldly;
using Switchyard.Customers;
using Switchyard.Database;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Tests.Customers;

/// <summary>Orders find their customer, or make one, in the transaction that places them.</summary>
[Capability("CU-02")]
public sealed class CustomerAtOrderTests
{
    [Theory, BothDatabases]
    public async Task A_new_email_makes_a_customer_and_the_same_email_finds_it_on_any_channel(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var first = await Place(shop, new { name = "Ada Byron", email = "Ada@Example.test", phone = "07700 900123" });
        string id = Of(first)!;
        id.ShouldStartWith("cus_");
        Of(await Place(shop, new { name = "A. Byron", email = "ada@example.TEST" }, "market")).ShouldBe(id);
        Of(await Place(shop, new { email = "ada+2@example.test" })).ShouldNotBe(id, "a plus-tag is another address");
        Of(await shop.Get("/orders/" + first.Text("id"))).ShouldBe(id);

        var customer = await shop.Get("/customers/" + id);
        customer.Text("name").ShouldBe("Ada Byron");
        customer.Text("email").ShouldBe("Ada@Example.test");
        var history = customer.GetProperty("history");
        history.Long("orders").ShouldBe(2);
        history.GetProperty("value")[0].Long("totalMinor").ShouldBe(2_000);
        history.GetProperty("newest").EnumerateArray().Select(o => o.Text("channel")).ShouldBe(["market", "web"], ignoreOrder: true);
        (await shop.Get($"/customers/{id}/orders?limit=1")).GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        (await shop.Get("/customers?query=phone:%2B447700900123")).GetProperty("data")[0].Text("id").ShouldBe(id);
    }

    [Theory, BothDatabases]
    public async Task A_channels_own_id_says_more_than_the_email_and_counts_on_that_channel_only(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        string ada = Of(await Place(shop, new { email = "ada@example.test", reference = "17" }))!;
        Of(await Place(shop, new { email = "new@example.test", reference = "17" })).ShouldBe(ada);
        Of(await Place(shop, new { email = "new@example.test" })).ShouldBe(ada, "the new address is his too");
        Of(await Place(shop, new { reference = "17" }, "market")).ShouldNotBe(ada);
        Of(await Place(shop, new { reference = "17" })).ShouldBe(ada);
        (await shop.Get("/customers/" + ada)).GetProperty("otherEmails")[0].GetString().ShouldBe("new@example.test");
    }

    [Theory, BothDatabases]
    public async Task Orders_without_anything_to_recognise_somebody_by_have_no_customer(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        Of(await Place(shop, null)).ShouldBeNull();
        Of(await Place(shop, new { name = "Ada", phone = "07700 900123" })).ShouldBeNull();
        Of(await Place(shop, new { name = "Ada", email = "not an address" })).ShouldBeNull();
        (await shop.Get("/customers")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Whoever_takes_the_order_may_name_the_customer(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        string company = (await shop.Post("/customers", new { kind = "company", name = "Mill", email = "office@mill.test" })).Text("id")!;
        Of(await Place(shop, new { id = company, email = "ada@mill.test" })).ShouldBe(company);
        Of(await Place(shop, new { email = "ada@mill.test" })).ShouldNotBe(company, "who orders for the company is not the company");
        var body = Given.Order(("MUG", 1));
        body["customer"] = new { id = "cus_00000000000000000000000000000001" };
        var refused = await shop.Refused(HttpMethod.Post, "/orders", body, 400, "request.invalid");
        refused.GetProperty("errors")[0].Text("code").ShouldBe("orders.unknown_customer");
    }

    [Theory, BothDatabases]
    public async Task A_marketplaces_address_is_of_its_channel_only_and_is_forgotten_in_time(DatabaseKind kind)
    {
        await using var shop = await Open(kind, fakeClock: true);
        const string relay = "x7k2@marketplace.amazon.co.uk";
        string buyer = Of(await Place(shop, new { name = "Ada", email = relay }, "market"))!;
        Of(await Place(shop, new { email = relay }, "market")).ShouldBe(buyer);
        string other = Of(await Place(shop, new { email = relay }))!;
        other.ShouldNotBe(buyer, "another channel is another buyer");
        var read = await shop.Get("/customers/" + buyer);
        read.GetProperty("isRelay").GetBoolean().ShouldBeTrue();
        read.GetProperty("relayAddresses")[0].Text("channel").ShouldBe("market");
        await shop.Refused(HttpMethod.Post, $"/customers/{buyer}/merge", new { other }, 409, "customers.cannot_merge");

        shop.Clock!.Advance(TimeSpan.FromDays(179));
        (await shop.Services.GetRequiredService<ForgetRelayAddresses>().Handle()).ShouldBe(0);
        await Place(shop, new { email = relay }, "market");
        shop.Clock.Advance(TimeSpan.FromDays(2));
        (await shop.Services.GetRequiredService<ForgetRelayAddresses>().Handle()).ShouldBe(1, "only the one that was not used again");
        (await shop.Get("/customers/" + other)).Text("email").ShouldBeNull();
        Of(await Place(shop, new { email = relay }, "market")).ShouldBe(buyer);
    }

    [Theory, BothDatabases]
    public async Task Many_orders_at_once_of_one_new_email_over_two_processes_make_one_customer(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        await shop.Stock("MUG", 1_000);
        var placed = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Place(i % 2 == 0 ? shop : second ?? shop, new { name = "Ada", email = $"ada{i % 3}@example.test", reference = $"{i % 6}" })));
        placed.Select(Of).ShouldAllBe(id => id != null);
        (await shop.Get("/customers?limit=250")).GetProperty("data").GetArrayLength().ShouldBe(placed.Select(Of).Distinct().Count(), "every customer has an order");
        foreach (var group in placed.Select((order, i) => (Id: Of(order), Email: i % 3)).GroupBy(o => o.Email)) group.Select(o => o.Id).Distinct().Count().ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task An_order_that_is_refused_makes_no_customer(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var body = Given.Order(("MUG", 10_000));
        body["customer"] = new { email = "ada@example.test" };
        await shop.Refused(HttpMethod.Post, "/orders", body, 409, "orders.short");
        (await shop.Get("/customers")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_merge_answers_for_both_and_undone_gives_back_what_was_each_ones(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        string ada = Of(await Place(shop, new { name = "Ada", email = "ada@example.test" }))!;
        string old = Of(await Place(shop, new { name = "Ada B", email = "old@example.test" }))!;
        string older = Of(await Place(shop, new { name = "Ada C", email = "older@example.test" }))!;
        await shop.Post($"/customers/{old}/merge", new { other = older, reason = "the same" });
        var merged = await shop.Post($"/customers/{ada}/merge", new { other = old, reason = "the same" });
        merged.GetProperty("history").Long("orders").ShouldBe(3);
        merged.GetProperty("merged").GetArrayLength().ShouldBe(2);
        merged.GetProperty("otherEmails").EnumerateArray().Select(e => e.GetString()).ShouldBe(["old@example.test", "older@example.test"]);
        var later = await Place(shop, new { email = "older@example.test" });
        Of(later).ShouldBe(ada, "people see who stands for him");
        (await shop.Get("/customers/" + ada)).GetProperty("history").Long("orders").ShouldBe(4);
        (await shop.Get("/customers")).GetProperty("data").GetArrayLength().ShouldBe(1, "those merged are not listed");
        await shop.Refused(HttpMethod.Post, $"/customers/{old}/merge", new { other = ada }, 409, "customers.is_merged");
        await shop.Refused(HttpMethod.Put, $"/customers/{older}", new { name = "X" }, 409, "customers.is_merged");
        await shop.Refused(HttpMethod.Post, $"/customers/{ada}/merge", new { other = ada }, 409, "customers.cannot_merge");

        var apart = await shop.Post($"/customers/{old}/unmerge", new { reason = "two people" });
        apart.GetProperty("history").Long("orders").ShouldBe(3, "those merged into it before go with it, and what they ordered meanwhile");
        (await shop.Get("/customers/" + ada)).GetProperty("history").Long("orders").ShouldBe(1);
        Of(await shop.Get("/orders/" + later.Text("id"))).ShouldBe(old);
        await shop.Refused(HttpMethod.Post, $"/customers/{old}/unmerge", new { }, 409, "customers.not_merged");
        await shop.Post($"/customers/{older}/unmerge", new { });
        Of(await shop.Get("/orders/" + later.Text("id"))).ShouldBe(older);
    }

    private static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        await shop.Product("MUG", 100);
        await shop.Put("/channels/market", new { name = "Market" });
        return shop;
    }

    private static Task<JsonElement> Place(Shop shop, object? customer, string channel = "web")
    {
        var body = Given.Order(("MUG", 1));
        (body["customer"], body["channel"]) = (customer, channel);
        return shop.Post("/orders", body);
    }

    private static string? Of(JsonElement order) => order.GetProperty("customer") is { ValueKind: JsonValueKind.Object } customer ? customer.Text("id") : null;
}
