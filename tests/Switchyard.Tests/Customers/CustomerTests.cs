using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Customers;

/// <summary>Customers over the API: made, changed, found, blocked, and what they agreed to.</summary>
[Capability("CU-01")]
public sealed class CustomerTests
{
    [Theory, BothDatabases]
    public async Task A_company_has_places_people_and_credit_and_is_read_as_it_was_made(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var made = await shop.Post("/customers", new
        {
            kind = "company", name = "Mill & Sons", email = "Office@Mill.test", otherEmails = new[] { "orders@mill.test" }, phone = "0161 496 0123",
            externalIds = new[] { new { channel = "web", id = "C-77" } },
            addresses = new[] { new { label = "head office", line1 = "1 Mill Lane", city = "Manchester", postcode = "M1 1AE", country = "GB" } },
            contacts = new[] { new { name = "Ada Byron", role = "buyer", email = "ada@mill.test" } },
            credit = new { currency = "GBP", limitMinor = 100_000, termsDays = 30 }, tags = new[] { "trade" }, vatNumber = "GB123456789",
        });
        made.Text("id")!.ShouldStartWith("cus_");
        var read = await shop.Get("/customers/" + made.Text("id"));
        read.ToString().ShouldBe(made.ToString());
        read.Text("email").ShouldBe("Office@Mill.test");
        read.GetProperty("otherEmails")[0].GetString().ShouldBe("orders@mill.test");
        read.GetProperty("externalIds")[0].Text("id").ShouldBe("C-77");
        read.GetProperty("credit").Long("openMinor").ShouldBe(100_000);
        read.GetProperty("history").Long("orders").ShouldBe(0);
        foreach (string query in new[] { "email:OFFICE@mill.test", "email:orders@mill.test", "phone:+441614960123", "name:mill", "name:\"mill & s\"", "tag:trade", "orders@mill.test" })
            (await shop.Get("/customers?query=" + Uri.EscapeDataString(query))).GetProperty("data").EnumerateArray().Select(c => c.Text("id")).ShouldBe([made.Text("id")], query);
        foreach (string query in new[] { "email:other@mill.test", "name:sons", "tag:tr", "phone:+441614960124" })
            (await shop.Get("/customers?query=" + Uri.EscapeDataString(query))).GetProperty("data").GetArrayLength().ShouldBe(0, query);
        await shop.Refused(HttpMethod.Get, "/customers?query=size:9", null, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task A_change_over_somebody_elses_is_refused_and_an_identity_has_one_owner(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var ada = await shop.Post("/customers", new { name = "Ada", email = "ada@example.test", otherEmails = new[] { "a@example.test" } });
        var bob = await shop.Post("/customers", new { name = "Bob", email = "bob@example.test" });
        var taken = await shop.Refused(HttpMethod.Post, "/customers", new { name = "Eve", email = "ADA@example.test" }, 409, "customers.identity_taken");
        taken.Text("customerId").ShouldBe(ada.Text("id"));
        taken.GetProperty("errors")[0].Text("pointer").ShouldBe("/email");

        (await Put(ada.Text("id")!, new { name = "Ada B", email = "ada@example.test", otherEmails = Array.Empty<string>() }, "\"1\"")).Long("version").ShouldBe(2);
        using var stale = await Send(ada.Text("id")!, new { name = "Ada C" }, "\"1\"");
        ((int)stale.StatusCode).ShouldBe(412);
        (await Put(bob.Text("id")!, new { name = "Bob", email = "bob@example.test", otherEmails = new[] { "a@example.test" } }, null)).GetProperty("otherEmails").GetArrayLength().ShouldBe(1);
        await shop.Refused(HttpMethod.Put, "/customers/cus_00000000000000000000000000000000", new { name = "Nobody" }, 404, "customers.not_found");

        async Task<JsonElement> Put(string id, object body, string? version) => await Shop.Read(await Send(id, body, version), 200);
        Task<HttpResponseMessage> Send(string id, object body, string? version)
        {
            var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/customers/" + id) { Content = JsonContent.Create(body) };
            if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
            return shop.Http.SendAsync(request);
        }
    }

    [Theory, BothDatabases]
    public async Task What_is_malformed_is_refused_with_its_place(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var faults = (await shop.Refused(HttpMethod.Post, "/customers", new
        {
            kind = "robot", email = "none", credit = new { currency = "XXX", limitMinor = -1 }, contacts = new object?[] { null, new { role = "buyer" } },
            externalIds = new[] { new { channel = "web" } }, tags = new[] { "4111 1111 1111 1111" },
        }, 400, "request.invalid")).GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ToList();
        faults.ShouldBe(["/kind", "/email", "/externalIds/0/id", "/contacts/0", "/contacts/1/name", "/tags/0", "/credit", "/credit/currency", "/credit/limitMinor"], ignoreOrder: true);
        await shop.Refused(HttpMethod.Post, "/customers", new { }, 400, "request.invalid");
        var unknown = await shop.Refused(HttpMethod.Post, "/customers", new { name = "A", externalIds = new[] { new { channel = "moon", id = "1" } } }, 400, "request.invalid");
        unknown.GetProperty("errors")[0].Text("pointer").ShouldBe("/externalIds/0/channel");
        (await shop.Get("/customers")).GetProperty("data").GetArrayLength().ShouldBe(0, "nothing of it was kept");
    }

    [Theory, BothDatabases]
    public async Task Consent_is_the_newest_word_of_purpose_and_channel_and_nothing_is_forgotten(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string id = (await shop.Post("/customers", new { name = "Ada", email = "ada@example.test" })).Text("id")!;
        await shop.Post($"/customers/{id}/consents", new { purpose = "marketing", channel = "email", isGiven = true, source = "checkout" });
        await shop.Post($"/customers/{id}/consents", new { purpose = "marketing", channel = "sms", isGiven = true, source = "checkout" });
        await shop.Post($"/customers/{id}/consents", new { purpose = "marketing", channel = "email", isGiven = false, source = "call" });
        var consents = (await shop.Get("/customers/" + id)).GetProperty("consents").EnumerateArray().ToDictionary(c => c.Text("channel")!, c => c.GetProperty("isGiven").GetBoolean());
        consents.ShouldBe(new Dictionary<string, bool> { ["email"] = false, ["sms"] = true }, ignoreOrder: true);
        (await shop.Get($"/customers/{id}/consents?limit=2")).GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        await shop.Refused(HttpMethod.Post, $"/customers/{id}/consents", new { purpose = "marketing", channel = "email", source = "x" }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task Notes_are_kept_but_never_on_the_log_and_never_with_a_card(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string id = (await shop.Post("/customers", new { name = "Zebediah Quux", email = "zebediah@quux.test" })).Text("id")!;
        await shop.Post($"/customers/{id}/notes", new { note = "Rings the bell twice." });
        await shop.Refused(HttpMethod.Post, $"/customers/{id}/notes", new { note = "pays with 4111 1111 1111 1111" }, 400, "request.invalid");
        (await shop.Get($"/customers/{id}/notes")).GetProperty("data")[0].Text("note").ShouldBe("Rings the bell twice.");
        string log = (await shop.Get($"/events?aggregate={id}")).ToString();
        log.ShouldContain("CustomerNoted");
        foreach (string word in new[] { "Zebediah", "quux.test", "bell twice" }) log.ShouldNotContain(word);
    }

    [Theory, BothDatabases]
    public async Task Customers_and_people_can_be_blocked_and_let_go_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string id = (await shop.Post("/customers", new { name = "Ada", email = "ada@example.test" })).Text("id")!;
        (await shop.Post($"/customers/{id}/block", new { reason = "Chargebacks." })).Text("blockedReason").ShouldBe("Chargebacks.");
        (await shop.Post($"/customers/{id}/unblock", new { })).Text("blockedReason").ShouldBeNull();
        var entry = await shop.Post("/blocked-people", new { postcode = "m1 1ae", line1 = "1, Mill Lane", reason = "Parcels vanish." });
        (await shop.Post("/blocked-people", new { postcode = "M1 1AE", line1 = "1 mill lane", reason = "Still." })).Text("id").ShouldBe(entry.Text("id"));
        await shop.Refused(HttpMethod.Post, "/blocked-people", new { email = "a@b.test", phone = "07700 900123", country = "GB", reason = "both" }, 400, "request.invalid");
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/blocked-people/" + entry.Text("id"), null), 200);
        (await shop.Get("/blocked-people")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }
}
