using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Support;

namespace Switchyard.Tests.SupportDesks;

/// <summary>A trouble of a chosen kind opens one ticket at the desk, which is closed with a note when it is mended.</summary>
[Capability("CU-06", "IG-03", "IG-04")]
public sealed class TroubleTicketTests
{
    [Theory, BothDatabases]
    public async Task A_trouble_has_one_ticket_whoever_keeps_it_and_the_ticket_closes_when_it_is_mended(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new GorgiasDesk());
        await care.Shop.Product("MUG", 10);
        var order = await care.Shop.Post("/orders", Given.Order(("MUG", 1)));
        await care.Raise("parcel_lost", "JD1", Kernel.OrderId.Parse(order.Text("id")!, null));
        await care.Raise("parcel_lost", "JD1");
        await care.Raise("count_wanted", "MUG@MAIN");
        // Several at once, and the desk does what it is asked and says that it did not.
        care.Sim.Next(Mood.FailsAfter, call => call.Method == "POST");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => care.Keeper.Turn(default)));
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "open") == 1; });
        var ticket = care.Sim.Tickets.ShouldHaveSingleItem();
        ticket.Subject.ShouldBe("A parcel counts as lost: " + order.Text("number"));
        var body = ticket.Comments.ShouldHaveSingleItem().Body;
        body.ShouldContain("Parcel JD1 counts as lost.");
        string[] personal = ["Ada", "@example.test", "Mill Lane", "M1 1AE"];
        foreach (string word in personal) body.ShouldNotContain(word, Case.Sensitive);

        await care.Mend("parcel_lost", "JD1");
        care.Sim.Next(Mood.FailsAfter, call => call.Method == "POST");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => care.Keeper.Turn(default)));
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "closed") == 1; });
        ticket.Status.ShouldBe("closed");
        ticket.Comments.Count.ShouldBe(2, "one note of the beginning, one of the end");
        ticket.Comments[1].Body.ShouldNotContain("Ada Byron", Case.Sensitive, "what a person wrote stays here");

        // The same again later is another trouble.
        await care.Raise("parcel_lost", "JD1");
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "open") == 1; });
        care.Sim.Tickets.Count.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task What_was_open_before_a_kind_was_chosen_and_what_is_mended_in_time_open_no_ticket(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new ZendeskDesk(), new { troubles = new[] { "over_paid" } });
        await care.Raise("parcel_lost", "old");
        await care.Raise("over_paid", "mended");
        await care.Mend("over_paid", "mended");
        await care.Write();
        await care.Keeper.Turn(default);
        care.Sim.Tickets.ShouldBeEmpty();

        await care.Write(new { secrets = new { apiToken = "wrong" } });
        await care.Shop.Refused(HttpMethod.Post, "/support-desks/care/troubles/1/retry", new { }, 404, "support.no_such_ticket");
        (await care.Shop.Post("/support-desks/care/test", new { })).GetProperty("fault").GetString().ShouldBe("unauthorized");
        await care.Write();
        (await care.Shop.Post("/support-desks/care/test", new { })).GetProperty("account").GetProperty("who").GetString().ShouldBe("Dee Desk");
        await care.Raise("parcel_lost", "new");
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "open") == 1; });

        // Agents ended it for good: it takes no note any more, and needs none.
        care.Sim.End(care.Sim.Tickets.ShouldHaveSingleItem().Id);
        await care.Mend("parcel_lost", "new");
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "closed") == 1; });
        care.Sim.Tickets.ShouldHaveSingleItem().Comments.Count.ShouldBe(1);
        await care.Shop.Refused(HttpMethod.Delete, "/support-desks/care", null, 409, "support.has_tickets");
    }

    [Theory, BothDatabases]
    public async Task A_ticket_that_the_desk_does_not_take_is_parked_told_once_and_tried_again_when_a_person_says_so(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new ZendeskDesk());
        var patience = care.Shop.Services.GetRequiredService<DeskPatience>();
        patience.MostTries = 2;
        care.Sim.Always = Mood.Broken;
        await care.Raise("parcel_lost", "JD1");
        await care.Raise("parcel_lost", "JD2");
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "parked") == 2; });
        (await Troubles(care)).ShouldBe(1, "one trouble of the desk");
        (await care.Shop.Get("/support-desks/care")).GetProperty("tickets").Long("parked").ShouldBe(2);
        care.Sim.Always = Mood.Fine;
        await care.Keeper.Turn(default);
        care.Sim.Tickets.ShouldBeEmpty("nothing is tried again by itself");
        foreach (var ticket in (await care.Shop.Get("/support-desks/care/troubles")).GetProperty("data").EnumerateArray())
            (await care.Shop.Post($"/support-desks/care/troubles/{ticket.Long("trouble")}/retry", new { })).Text("state").ShouldBe("waiting");
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "open") == 2; });
        care.Sim.Tickets.Count.ShouldBe(2);
        (await Troubles(care)).ShouldBe(0);

        // New credentials have everything tried again; what is mended meanwhile is not asked for.
        care.Sim.Always = Mood.Broken;
        foreach (string subject in new[] { "JD3", "JD4" }) await care.Raise("parcel_lost", subject);
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "parked") == 2; });
        await care.Mend("parcel_lost", "JD4");
        await care.Keeper.Turn(default);
        ((await Ticket(care, "dropped")), (await Ticket(care, "parked"))).ShouldBe((1, 1));
        care.Sim.Always = Mood.Fine;
        await care.Write();
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "open") == 3; });
        (await Troubles(care)).ShouldBe(0);

        // Credentials that are not taken park nothing, and are told at once.
        await care.Write(new { secrets = new { apiToken = "wrong" } });
        await care.Raise("parcel_lost", "JD5");
        for (int i = 0; i < 3; i++) await care.Keeper.Turn(default);
        ((await Ticket(care, "parked")), (await Troubles(care))).ShouldBe((0, 1));
        await care.Mend("parcel_lost", "JD5");
        await care.Keeper.Turn(default);
        ((await Ticket(care, "dropped")), (await Troubles(care))).ShouldBe((2, 0));
        care.Sim.Tickets.Count.ShouldBe(3);
    }

    [Theory, InlineData("zendesk"), InlineData("gorgias"), Trait("Kind", "Database")]
    public async Task Troubles_of_hours_in_which_the_desk_was_away_have_one_ticket_each_when_it_is_back(string adapter)
    {
        await using var care = await SupportShop.Open(DatabaseKind.Sqlite, adapter == "zendesk" ? new ZendeskDesk() : new GorgiasDesk(), fakeClock: true);
        // As patient as an operator's server is.
        care.Shop.Services.GetRequiredService<DeskPatience>().Waits = new DeskPatience().Waits;
        async Task pass()
        {
            care.Shop.Clock!.Advance(TimeSpan.FromMinutes(1));
            await care.Keeper.Turn(default);
        }
        care.Sim.Always = Mood.Broken;
        foreach (string subject in new[] { "JD1", "JD2", "JD3" }) await care.Raise("parcel_lost", subject);
        for (int minutes = 0; minutes < 120; minutes++) await pass();
        care.Sim.Tickets.ShouldBeEmpty();
        (await Ticket(care, "waiting"), await Ticket(care, "parked")).ShouldBe((3, 0));
        await care.Mend("parcel_lost", "JD3");
        care.Sim.Always = Mood.Throttled;
        await pass();
        care.Sim.Always = Mood.Fine;
        // What may have been asked for before is looked for first, whatever became of it since.
        await care.Shop.Until(async () => { await pass(); return (await Ticket(care, "open"), await Ticket(care, "waiting"), await Ticket(care, "closing")) == (2, 0, 0); });
        care.Sim.Tickets.Where(t => t.Status != care.Desk.Done).Select(t => t.Key).Distinct().Count().ShouldBe(2);
        care.Sim.Tickets.Select(t => t.Key).ShouldBeUnique();
        (await Troubles(care)).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Many_troubles_at_once_all_have_their_ticket_though_the_desk_takes_few_calls(DatabaseKind kind)
    {
        // Sixty calls at once, half of which are left to people: the last tickets wait for their turn.
        await using var care = await SupportShop.Open(kind, new ZendeskDesk(), new { callsPerMinute = 600 });
        care.Shop.Services.GetRequiredService<DeskPatience>().Poll = TimeSpan.FromMilliseconds(20);
        for (int i = 0; i < 20; i++) await care.Raise("parcel_lost", "JD" + i);
        await care.Shop.Until(async () => { await care.Keeper.Turn(default); return await Ticket(care, "open") == 20; });
        care.Sim.Tickets.Count.ShouldBe(20);
        (await care.Shop.Get("/support-desks/care")).GetProperty("failedAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null, "waiting for one's turn is no failure");
    }

    private static async Task<int> Troubles(SupportShop care) => (await care.Shop.Get("/exceptions?kind=desk_ticket_parked")).GetProperty("data").GetArrayLength();

    private static async Task<int> Ticket(SupportShop care, string state) => (await care.Shop.Get("/support-desks/care/troubles?state=" + state))
        .GetProperty("data").GetArrayLength();
}
