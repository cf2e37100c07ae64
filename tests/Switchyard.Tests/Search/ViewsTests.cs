using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Search;

/// <summary>Views people keep: their own and shared ones, with counts; nobody changes another's.</summary>
[Trait("Kind", "Database")]
public sealed class ViewsTests
{
    [Theory, BothDatabases, Capability("SE-03")]
    public async Task A_view_is_kept_counted_shared_changed_and_dropped(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10);
        for (int i = 0; i < 3; i++) await shop.Post("/orders", Given.Order(("MUG", 1)));
        var mine = await shop.Post("/views", new { list = "orders", name = "Open", query = "status:confirmed", columns = new[] { "number", "total" }, sort = "-placedAt", isDefault = true });
        var shared = await shop.Post("/views", new { list = "orders", name = "Held", query = "held:yes", isShared = true, isDefault = true });
        var views = (await shop.Get("/views?list=orders&counts=true")).GetProperty("data");
        views.EnumerateArray().Select(v => (v.Text("name"), v.GetProperty("count").Long("count"), v.GetProperty("isDefault").GetBoolean())).ShouldBe([("Held", 0, true), ("Open", 3, false)]);

        using var other = shop.Client((await shop.Post("/keys", new { name = "k", scopes = new[] { "orders:read" } })).Text("secret"));
        var seen = (await other.GetFromJsonAsync<JsonElement>("/api/v1/views")).GetProperty("data");
        seen.EnumerateArray().Select(v => (v.Text("name"), v.GetProperty("isMine").GetBoolean())).ShouldBe([("Held", false)]);
        (await other.DeleteAsync("/api/v1/views/" + shared.Text("id"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var buyer = shop.Client((await shop.Post("/keys", new { name = "b", scopes = new[] { "catalog:read" } })).Text("secret"));
        (await buyer.GetFromJsonAsync<JsonElement>("/api/v1/views")).GetProperty("data").GetArrayLength().ShouldBe(0, "who may not see orders sees no views of them");

        (await shop.Put("/views/" + mine.Text("id"), new { list = "orders", name = "Cancelled", query = "status:cancelled" })).Long("version").ShouldBe(2);
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/views/" + mine.Text("id"), null), 200);
        await shop.Refused(HttpMethod.Put, "/views/" + mine.Text("id"), new { list = "orders", name = "x" }, 404, "views.not_found");
        (await Shop.Read(await shop.Send(HttpMethod.Post, "/views", new { list = "orders", name = "", query = "colour:red", sort = "colour" }), 400)).GetProperty("errors")
            .EnumerateArray().Select(e => e.Text("pointer")).ShouldBe(["/name", "/sort", "/query"]);
    }

    [Theory, BothDatabases]
    public async Task The_fields_of_a_list_are_named_for_who_may_see_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var fields = await shop.Get("/search/fields?list=orders");
        fields.GetProperty("fields").EnumerateArray().Select(f => f.Text("name")).ShouldContain("postcode");
        fields.GetProperty("sorts").EnumerateArray().Select(s => s.GetString()).ShouldBe(["placedAt", "shipBy"]);
        await shop.Refused(HttpMethod.Get, "/search/fields?list=nothing", null, 400, "request.invalid");
    }
}
