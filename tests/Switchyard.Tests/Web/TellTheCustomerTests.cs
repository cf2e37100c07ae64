using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Web;

/// <summary>A customer asks where the order is: an agent sends the news again, and the customer looks for themselves.</summary>
[Collection(PagesTests.Name)]
public sealed class TellTheCustomerTests(OrderDesk desk)
{
    [Fact, Capability("CU-03", "SH-09", "SH-12", "SE-06")]
    public async Task An_agent_sends_a_message_again_and_the_customer_reads_the_page_in_german_on_a_phone()
    {
        var shop = await desk.Shop();
        await shop.Put("/channels/letters", new { name = "Letters" });
        await shop.Put("/message-settings", new { publicUrl = shop.Address, accent = "#C2185B", contact = "help@shop.test", footer = "Fenwick & Vale, Birmingham" });
        await shop.Put("/message-accounts/mail", new { messenger = "keep" });
        var body = Given.Order(("MUG-MOSS", 2));
        (body["channel"], body["customer"]) = ("letters", new { name = "Ida <b>Ilk</b>", email = "ida@example.test" });
        body["shippingAddress"] = new { name = "Ida Ilk", line1 = "Königstraße 7", city = "Köln", postcode = "50667", country = "DE" };
        string id = (await shop.Post("/orders", body)).Text("id")!;
        string release = (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick", "pack");
        await shop.Post($"/fulfilments/{release}/ship", new { carrier = "DHL", tracking = "JD014600" });
        await shop.Until(async () => (await shop.Get($"/orders/{id}/messages")).GetProperty("data").EnumerateArray().Count(m => m.Text("state") == "kept") == 2);

        var agent = await desk.Person("ann", "/orders/" + id, Hand.Mouse);
        var page = agent.Page;
        var messages = page.GetByRole(AriaRole.Region, new() { Name = "Customer messages" });
        await Assertions.Expect(messages.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await agent.Press(messages.GetByRole(AriaRole.Button, new() { Name = "Send again: Shipped" }));
        await Assertions.Expect(messages.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await Assertions.Expect(messages.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Kept, not sent");
        await agent.Press(messages.GetByRole(AriaRole.Button, new() { Name = "Show: Shipped" }).First);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Group, new() { Name = "Preview" })).ToContainTextAsync("Guten Tag, Ida <b>Ilk</b>,");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("Escape");
        string url = (await messages.GetByRole(AriaRole.Link, new() { Name = "The customer’s page" }).GetAttributeAsync("href"))!;

        // The customer, who has signed in nowhere.
        var opened = await desk.Opened;
        var phone = await opened.Page(url, Width.Phone, locale: "de-DE");
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Unterwegs");
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Name = "Paket 1 von 1" })).ToBeVisibleAsync();
        await Assertions.Expect(phone.GetByText("JD014600")).ToBeVisibleAsync();
        (await phone.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("nothing is wider than the phone");
        (await BrowserShop.BarriersInBothSchemes(phone)).ShouldBeEmpty();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Weniger Nachrichten" }).TapAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.Status)).ToContainTextAsync("Erledigt");
        await phone.GetByRole(AriaRole.Link, new() { Name = "English" }).TapAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("On its way");
        opened.ShouldBeQuiet();
    }
}
