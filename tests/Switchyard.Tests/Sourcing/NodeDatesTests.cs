using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Sourcing;

/// <summary>Whoever keeps a calendar sees what it promises.</summary>
public sealed class NodeDatesTests
{
    [Theory, BothDatabases]
    public async Task What_a_node_would_promise_is_told_for_any_instant_by_its_hours_holidays_and_cut_offs(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/zones/gb", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        var day = new[] { new { from = "09:00", to = "17:00" } };
        await shop.Post("/nodes", new
        {
            code = "YORK", name = "York", kind = "warehouse", country = "GB", timeZone = "Europe/London", cutOffs = new Dictionary<string, string> { ["*"] = "14:00" },
            openingHours = new { monday = day, tuesday = day, wednesday = day, thursday = day, friday = day }, closedDays = new[] { "2027-12-27" },
        });
        await shop.Put("/nodes/YORK/lanes", new[] { new { zone = "gb", service = "tracked", method = "standard", currency = "GBP", baseMinor = 495, transitDays = 2 } });

        // Friday before the cut-off; Friday after it, over a weekend and a holiday.
        foreach (var (placed, ships, arrives) in new[] { ("2027-12-24T13:59:00Z", "2027-12-24", "2027-12-26"), ("2027-12-24T14:00:00Z", "2027-12-28", "2027-12-30") })
        {
            var told = (await shop.Get($"/nodes/YORK/dates?country=GB&postcode=YO1+9TL&placedAt={placed}")).GetProperty("services")[0];
            (told.Text("code"), told.Text("shipDay"), told.Text("deliverDay"), told.Text("cutOff")).ShouldBe(("tracked", ships, arrives, "14:00:00"));
        }
        (await shop.Get("/nodes/YORK/dates?country=gb&postcode=yo19tl")).GetProperty("services").GetArrayLength().ShouldBe(1, "a country is known in small letters too");
        (await shop.Get("/nodes/YORK/dates?country=FR")).GetProperty("services").GetArrayLength().ShouldBe(0);
        (await Shop.Read(await shop.Send(HttpMethod.Get, "/nodes/YORK/dates", null), 400)).GetProperty("errors")[0].Text("pointer").ShouldBe("#country");
        await Shop.Read(await shop.Send(HttpMethod.Get, "/nodes/NOWHERE/dates?country=GB", null), 404);
    }
}
