using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Access;

public sealed class ColleaguesTests
{
    [Theory, BothDatabases, Capability("SE-02", "SE-05")]
    public async Task Whoever_signs_in_knows_the_names_of_those_who_work_here_page_by_page_and_nothing_else_of_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string name in (string[])["ada", "ben"]) await SessionTests.Hire(shop, name, "viewer");
        string ben = (await shop.Get("/users")).GetProperty("data").EnumerateArray().First(u => u.Text("userName") == "ben").Text("id")!;
        await shop.Post($"/users/{ben}/disable", new { });
        using var ada = await new Browser(shop).SignIn("ada", "correct horse battery");
        var first = await Shop.Read(await ada.Send(HttpMethod.Get, "/colleagues?limit=1"), 200);
        var second = await Shop.Read(await ada.Send(HttpMethod.Get, "/colleagues?limit=1&after=" + Uri.EscapeDataString(first.Text("next")!)), 200);
        var all = first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).ToList();
        all.Select(c => (c.Text("userName"), c.GetProperty("isDisabled").GetBoolean())).Order().ShouldBe([("ada", false), ("ben", true)]);
        all[0].EnumerateObject().Select(p => p.Name).ShouldBe(["id", "userName", "displayName", "isDisabled"]);

        // Another merchant of the house has people of its own.
        var other = await shop.Post("/merchants", new { code = "other", name = "Other", baseCurrency = "GBP" });
        using var stranger = shop.Client(other.Text("key"));
        (await Shop.Read(await stranger.GetAsync("/api/v1/colleagues"), 200)).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("SE-04")]
    public async Task The_rows_of_a_job_say_which_orders_they_are_by_the_number_people_know(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        var placed = await shop.Post("/orders", Given.Order(("MUG", 1)));
        string job = (await shop.Post("/orders/bulk", new { action = "tag", ids = new[] { placed.Text("id"), "ord_01936f5c00007a11be60c8d14f2e9a01" }, arguments = new { tags = new[] { "fair" } } })).Text("id")!;
        await shop.Until(async () => (await shop.Get("/jobs/" + job)).Text("state") == "done");
        var rows = (await shop.Get($"/jobs/{job}/rows")).GetProperty("data").EnumerateArray().ToDictionary(r => r.Text("state")!, r => r.Text("name"));
        rows["ok"].ShouldBe(placed.Text("number"));
        rows["failed"].ShouldBeNull("there is no such order");
    }
}
