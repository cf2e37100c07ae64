using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Simulators;
using Switchyard.Support;
using Switchyard.Tests.Connectors;

namespace Switchyard.Tests.SupportDesks;

/// <summary>What every adapter of a help desk keeps. One joins by a class that makes its desk.</summary>
[Capability("CU-06")]
public abstract class SupportDeskContract
{
    private static readonly Mood[] Unheard = [Mood.FailsAfter, Mood.BreaksOffAfter];
    private static readonly NewTicket Lost = new("switchyard:dsk_1:7", "A parcel counts as lost: UK-1001", "Parcel JD1 counts as lost.", "UK-1001");

    private protected abstract TestedDesk Make();

    /// <summary>What the vendor publishes of its API; none of it where it is not at hand.</summary>
    private protected abstract IReadOnlyList<PublishedRequests?> Published();

    /// <summary>What the adapter does and the document does not say, numbers of tickets left out.</summary>
    private protected virtual IReadOnlyList<string> Unpublished => [];

    private async Task<TestedDesk> Open() => await Make().Open();

    [Fact]
    public async Task Good_credentials_are_good_and_wrong_ones_are_not()
    {
        await using var desk = await Open();
        var good = await desk.Desk.Test(desk.Call());
        good.IsOk.ShouldBeTrue(good.Fault?.Words);
        good.Value.Name.ShouldNotBeEmpty();
        (await desk.Desk.Test(desk.Call(isStranger: true))).Fault.ShouldNotBeNull().Kind.ShouldBe(FaultKind.Unauthorized);
        (await desk.Desk.Open(desk.Call(isStranger: true), Lost)).Fault.ShouldNotBeNull().Kind.ShouldBe(FaultKind.Unauthorized);
        desk.Sim.Tickets.ShouldBeEmpty();
    }

    // Each call that writes fails once after its effect, whichever of them it is.
    [Fact]
    public async Task A_ticket_is_opened_once_however_often_it_is_asked_for_and_whatever_became_of_the_answers()
    {
        foreach (var mood in Unheard)
        {
            await using var desk = await Open();
            for (int tries = 0; tries < 4; tries++)
            {
                desk.Sim.Next(mood, call => call.Method == "POST");
                var said = await desk.Desk.Open(desk.Call(), Lost);
                if (desk.Sim.Announced > 0) { said.IsOk.ShouldBeTrue("nothing is written any more: " + said.Fault?.Words); break; }
                said.Fault.ShouldNotBeNull(mood.ToString()).IsOpen.ShouldBeTrue($"{mood}: it may have been done");
            }
            desk.Sim.Announced.ShouldBe(1, "it came to an end, and nothing was written then");
            var ticket = desk.Sim.Tickets.ShouldHaveSingleItem();
            (ticket.Key, ticket.Subject).ShouldBe((Lost.Key, Lost.Subject));
            var note = ticket.Comments.ShouldHaveSingleItem();
            note.IsPublic.ShouldBeFalse("agents read it, and nobody else");
            note.Body.ShouldContain("Parcel JD1 counts as lost.");
        }
    }

    [Fact]
    public async Task Two_troubles_of_one_order_have_two_tickets()
    {
        await using var desk = await Open();
        foreach (string key in new[] { "switchyard:dsk_1:7", "switchyard:dsk_1:8", "switchyard:dsk_1:7" })
            (await desk.Desk.Open(desk.Call(), Lost with { Key = key })).IsOk.ShouldBeTrue();
        desk.Sim.Tickets.Select(t => t.Key).ShouldBe(["switchyard:dsk_1:7", "switchyard:dsk_1:8"]);
    }

    [Fact]
    public async Task A_note_stands_once_and_closes_the_ticket_whatever_became_of_the_answers()
    {
        foreach (var mood in Unheard)
        {
            await using var desk = await Open();
            string ticket = (await desk.Desk.Open(desk.Call(), Lost)).Value.Id;
            var note = new DeskNote("switchyard:dsk_1:7/mended", "The trouble is mended.", IsPublic: false, Closes: true);
            desk.Sim.Next(mood, call => call.Method is "POST" or "PUT");
            (await desk.Desk.Write(desk.Call(), ticket, note)).Fault.ShouldNotBeNull(mood.ToString()).IsOpen.ShouldBeTrue();
            for (int times = 0; times < 3; times++)
            {
                var said = await desk.Desk.Write(desk.Call(), ticket, note);
                said.IsOk.ShouldBeTrue(said.Fault?.Words);
            }
            var there = desk.Sim.Tickets.ShouldHaveSingleItem();
            there.Status.ShouldBe(desk.Done, mood.ToString());
            there.Comments.Count(c => c.Body.Contains("The trouble is mended.", StringComparison.Ordinal)).ShouldBe(1, mood.ToString());
            there.Comments.ShouldAllBe(c => !c.IsPublic);
        }
    }

    [Fact]
    public async Task A_ticket_that_is_gone_needs_no_closing_and_takes_no_reply()
    {
        await using var desk = await Open();
        (await desk.Desk.Write(desk.Call(), "999999", new DeskNote("over-1", "The trouble is mended.", IsPublic: false, Closes: true))).IsOk.ShouldBeTrue();
        (await desk.Desk.Write(desk.Call(), "999999", new DeskNote("over-2", "It is on its way.", IsPublic: true, Closes: false)))
            .Fault.ShouldNotBeNull().Kind.ShouldBe(FaultKind.Refused);
        desk.Sim.Tickets.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_is_read_by_the_buyer_and_leaves_the_ticket_open()
    {
        await using var desk = await Open();
        var ticket = desk.Sim.Write("ada@example.test", "Where is it?", "It was to be here on Monday.");
        (await desk.Desk.Write(desk.Call(), Text(ticket), new DeskNote("reply-1", "It is on its way.", IsPublic: true, Closes: false))).IsOk.ShouldBeTrue();
        ticket.Comments[^1].IsPublic.ShouldBeTrue();
        ticket.Status.ShouldBe("open");
    }

    [Fact]
    public async Task Tickets_are_found_by_the_buyers_address_and_by_the_order()
    {
        await using var desk = await Open();
        var ticket = desk.Sim.Write("ada@example.test", "Where is it?", "It was to be here on Monday.");
        desk.Sim.Write("bob@example.test", "Something else", "Do you sell mugs?");
        (await desk.Desk.Open(desk.Call(), Lost)).IsOk.ShouldBeTrue();
        (await desk.Desk.Tickets(desk.Call(), "ada@example.test", null)).Value.ShouldHaveSingleItem().Id.ShouldBe(Text(ticket));
        (await desk.Desk.Tickets(desk.Call(), null, "UK-1001")).Value.ShouldHaveSingleItem().Key.ShouldBe(Lost.Key);
        (await desk.Desk.Tickets(desk.Call(), "nobody@example.test", null)).Value.ShouldBeEmpty();
        (await desk.Desk.Tickets(desk.Call(), null, "UK-9999")).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_is_as_the_published_document_says()
    {
        var published = Published();
        if (published.Contains(null)) return;
        await using var desk = await Open();
        (await desk.Desk.Test(desk.Call())).IsOk.ShouldBeTrue();
        var ticket = (await desk.Desk.Open(desk.Call(), Lost)).Value;
        (await desk.Desk.Write(desk.Call(), ticket.Id, new DeskNote("n1", "It is looked for.", IsPublic: true, Closes: false))).IsOk.ShouldBeTrue();
        (await desk.Desk.Write(desk.Call(), ticket.Id, new DeskNote("n2", "It was found.", IsPublic: false, Closes: true))).IsOk.ShouldBeTrue();
        (await desk.Desk.Tickets(desk.Call(), "ada@example.test", null)).IsOk.ShouldBeTrue();
        (await desk.Desk.Tickets(desk.Call(), null, "UK-1001")).IsOk.ShouldBeTrue();
        desk.Sim.Calls.Count.ShouldBeGreaterThan(6);
        var faults = new List<string>();
        foreach (var call in desk.Sim.Calls) faults.AddRange((published.FirstOrDefault(p => p!.Knows(call)) ?? published[0])!.Faults([call]));
        faults.Select(f => Regex.Replace(f, @"/\d+", "/{id}")).Distinct().Except(Unpublished).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_thrown_and_every_fault_says_whether_it_may_have_been_done()
    {
        await using var desk = await Open();
        desk.Sim.RetryAfterSeconds = 7;
        (Mood, FaultKind)[] faults =
            [(Mood.Throttled, FaultKind.Throttled), (Mood.Broken, FaultKind.Unknown), (Mood.BreaksOff, FaultKind.Unknown), (Mood.Malformed, FaultKind.Malformed),
            (Mood.Refused, FaultKind.Unauthorized)];
        foreach (var (mood, kind) in faults)
        {
            desk.Sim.Next(mood);
            var fault = (await desk.Desk.Open(desk.Call(), Lost)).Fault.ShouldNotBeNull(mood.ToString());
            fault.Kind.ShouldBe(kind);
            if (mood == Mood.Throttled) fault.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
            desk.Sim.Tickets.ShouldBeEmpty(mood.ToString());
        }
        (await desk.Desk.Open(desk.Call(), Lost)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_counts_only_when_it_shows_that_the_desk_made_it()
    {
        await using var desk = Make();
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        DeskAgent? Read(string secret, DateTimeOffset at, string? known = TestedDesk.CallSecret)
        {
            var (headers, body) = desk.Shown("dee@example.test", secret, at);
            return desk.Desk.Read(new DeskMail(headers, body, known, now));
        }

        Read(TestedDesk.CallSecret, now).ShouldBe(new DeskAgent("dee@example.test"));
        Read("another secret", now).ShouldBeNull();
        Read(TestedDesk.CallSecret, now, known: null).ShouldBeNull("no secret was made");
        desk.Desk.Read(new DeskMail(new Dictionary<string, string>(), [], TestedDesk.CallSecret, now)).ShouldBeNull();
        if (!desk.Ages) return;
        Read(TestedDesk.CallSecret, now.AddMinutes(-6)).ShouldBeNull("it is over");
        Read(TestedDesk.CallSecret, now.AddMinutes(5)).ShouldBeNull("it is of tomorrow");
    }

    private static string Text(SimTicket ticket) => ticket.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

[Capability("IG-04")]
public sealed class ZendeskDeskTests : SupportDeskContract
{
    private protected override TestedDesk Make() => new ZendeskDesk();
    private protected override IReadOnlyList<PublishedRequests?> Published() => [PublishedRequests.Find("zendesk", "zendesk-support-openapi.yml"), PublishedRequests.Find("zendesk", "search.yml")];

    [Theory, InlineData("none", 300), InlineData("HS512", 300), InlineData("HS256", 601), InlineData("HS256", 0)]
    public void A_token_of_another_algorithm_or_one_that_lasts_too_long_is_none(string algorithm, int seconds)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        string token = TestedDesk.Token("dee@example.test", TestedDesk.CallSecret, now, algorithm, seconds);
        CallToken.Claims(token, TestedDesk.CallSecret, now).ShouldBeNull();
        CallToken.Claims(token[..token.LastIndexOf('.')] + ".", TestedDesk.CallSecret, now).ShouldBeNull("unsigned");
        CallToken.Claims(TestedDesk.Token("dee@example.test", TestedDesk.CallSecret, now), TestedDesk.CallSecret, now).ShouldNotBeNull();
    }
}

[Capability("IG-03")]
public sealed class GorgiasDeskTests : SupportDeskContract
{
    private protected override TestedDesk Make() => new GorgiasDesk();
    private protected override IReadOnlyList<PublishedRequests?> Published() => [PublishedRequests.Find("gorgias", "gorgias_thirdparty_openapi.yml")];

    // A third party wrote the document as well as it could: it leaves out the first message of a ticket, and that messages are read by pages.
    private protected override IReadOnlyList<string> Unpublished =>
        ["POST /api/tickets: body.messages is not in the document", "GET /api/tickets/{id}/messages: the parameter limit is not in the document"];

    [Fact]
    public async Task A_ticket_is_found_again_behind_more_than_a_page_of_others()
    {
        await using var desk = await new GorgiasDesk().Open();
        for (int i = 0; i < 130; i++)
            (await desk.Desk.Open(desk.Call(), new NewTicket($"k{i}", "One of many", "Words.", "UK-1"))).IsOk.ShouldBeTrue();
        (await desk.Desk.Open(desk.Call(), new NewTicket("k129", "One of many", "Words.", "UK-1"))).IsOk.ShouldBeTrue();
        desk.Sim.Tickets.Count.ShouldBe(130);
    }
}

public sealed class DeskControlTests
{
    [Fact]
    public async Task A_buyer_writes_from_the_control_page_and_the_tickets_are_seen_there()
    {
        var sims = SimCatalogue.Desks(3);
        await using var host = await SimHost.Start([.. sims]);
        using var http = new HttpClient();
        foreach (var sim in sims)
        {
            string shop = $"{host.Url}/_control/shops/{sim.Name}/tickets";
            using var body = new StringContent("""{"email":"ada@example.test","subject":"Where is UK-1001?"}""", System.Text.Encoding.UTF8, "application/json");
            (await http.PostAsync(shop, body)).IsSuccessStatusCode.ShouldBeTrue();
            (await http.GetStringAsync(shop)).ShouldContain("Where is UK-1001?");
            sim.Tickets.ShouldHaveSingleItem().Comments.ShouldHaveSingleItem().IsPublic.ShouldBeTrue();
            await sim.DisposeAsync();
        }
    }
}
