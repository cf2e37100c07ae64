using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Simulators;
using Switchyard.Support;

namespace Switchyard.Tests.Web;

/// <summary>Somebody connects the help desk that agents work in, and has a ticket opened that it did not take at first.</summary>
[Collection(PagesTests.Name)]
public sealed class HelpDeskPageTests(OrderDesk desk)
{
    [Fact, Capability("CU-06", "IG-04")]
    public async Task A_help_desk_is_connected_tested_and_given_a_secret_and_a_ticket_it_refused_is_tried_again()
    {
        var shop = await desk.Shop();
        var outward = shop.Services.GetRequiredService<OutwardHttp>();
        (outward.Allowed, outward.AllowsPlainHttp) = (OutwardAddresses.Allowing("127.0.0.1"), true);
        var patience = shop.Services.GetRequiredService<DeskPatience>();
        (patience.FailuresBeforeRest, patience.LongestRest, patience.MostTries) = (1_000_000, TimeSpan.Zero, 1);
        await using var sim = await SimHost.Listening(new ZendeskSim());

        var page = await (await desk.Opened).SignedIn(path: "/settings/support");
        var person = new Person(page, Hand.Mouse);
        await person.PressButton("New desk");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await person.Write(dialog.GetByLabel("Code"), "care");
        await person.Write(dialog.GetByLabel("Name", new() { Exact = true }), "Customer care");
        await person.Choose(dialog.GetByRole(AriaRole.Combobox, new() { Name = "Help desk" }), "Zendesk");
        await person.Write(dialog.GetByRole(AriaRole.Textbox, new() { Name = "Address", Exact = true }), sim.BaseUrl);
        await person.Write(dialog.GetByLabel("Mail address of the account"), HelpDeskSim.AgentEmail);
        await person.Write(dialog.GetByLabel("API token"), HelpDeskSim.Token);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await person.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await person.PressButton("Test Customer care");
        await Assertions.Expect(page.GetByText("Customer care takes the credentials of Dee Desk.")).ToBeVisibleAsync();
        await person.PressButton("Calls of Customer care");
        await person.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Make a secret" }));
        await Assertions.Expect(dialog.GetByText("Copy the secret now")).ToBeVisibleAsync();
        await person.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }));

        sim.Always = Mood.Broken;
        await Raise(shop);
        await shop.Until(async () => (await shop.Get("/support-desks/care")).GetProperty("tickets").Long("parked") == 1);
        sim.Always = Mood.Fine;
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("1 ticket not taken")).ToBeVisibleAsync();
        await person.PressButton("Tickets at Customer care");
        await Assertions.Expect(dialog.GetByText("Not taken", new() { Exact = true })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await person.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Try again" }));
        await shop.Until(() => Task.FromResult(sim.Tickets.Count == 1));
    }

    private static async Task Raise(Shop shop)
    {
        var done = await shop.Db.Write<Done>(Actor.House("system:test", 1), async work =>
        {
            var batch = work.Batch();
            ExceptionsRoom.Raise(batch, [new Trouble("parcel_lost", "JD-HELP-DESK", "Parcel JD1 counts as lost.")], DateTimeOffset.UtcNow);
            await batch.Run();
            return new Done();
        });
        done.IsOk.ShouldBeTrue(done.Error?.Detail);
    }
}
