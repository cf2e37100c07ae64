using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Log;
using Switchyard.Messages;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Messages;

/// <summary>What customers are written, through a real mail server.</summary>
public sealed class CustomerMessagesTests
{
    [Theory, BothDatabases, Capability("SH-09", "SH-10", "SH-12", "AU-02")]
    public async Task Each_piece_of_news_reaches_the_customer_once_for_each_parcel_in_their_language(DatabaseKind kind)
    {
        await using var shop = await MessageShop.Open(kind);
        await using var sink = new MailSink();
        await shop.Mail(sink);
        string order = await shop.Ordered(3, "DE", "Łucja <b>Müller</b>");
        string number = (await shop.Get("/orders/" + order)).Text("number")!;
        await shop.Until(() => Task.FromResult(sink.Taken.Count == 1));
        var release = await shop.Boxed(order, 2, 1);
        string id = release.Text("id")!, first = release.GetProperty("packages")[0].Text("id")!;
        await shop.Post($"/fulfilments/{id}/ship", new { carrier = "DHL", packages = new object[] { new { package = 1, tracking = "JD1" }, new { package = 2, tracking = "JD2" } } });
        await shop.Until(() => Task.FromResult(sink.Taken.Count == 3));
        await shop.Post($"/packages/{first}/track", new { state = "outForDelivery" });
        await shop.Until(() => Task.FromResult(sink.Taken.Count == 4));
        await shop.Post($"/fulfilments/{id}/deliver", new { });
        await shop.Until(() => Task.FromResult(sink.Taken.Count == 6));

        var mails = sink.Taken;
        mails.Select(m => m.Subject).Order().ShouldBe(new[]
        {
            $"Wir haben Ihre Bestellung {number} erhalten", $"Ihre Bestellung {number} ist unterwegs", $"Ihre Bestellung {number} ist unterwegs", $"Ihre Bestellung {number} kommt heute",
            $"Ihre Bestellung {number} wurde zugestellt", $"Ihre Bestellung {number} wurde zugestellt",
        }.Order());
        mails.Select(m => m.MessageId).Distinct().Count().ShouldBe(6);
        mails.ShouldAllBe(m => m.From.ToString().Contains("orders@shop.test", StringComparison.Ordinal) && m.ReplyTo.ToString().Contains("help@shop.test", StringComparison.Ordinal) && m.Headers["Auto-Submitted"] == "auto-generated");
        var shipped = mails.First(m => m.TextBody!.Contains("JD1", StringComparison.Ordinal));
        shipped.TextBody!.ShouldContain(shop.Address + "/t/");
        shipped.TextBody!.ShouldContain("× 2");
        // A name is a name, whatever it looks like; nothing is loaded from anywhere.
        shipped.HtmlBody!.ShouldContain("Łucja &lt;b&gt;M&#252;ller&lt;/b&gt;");
        shipped.HtmlBody!.ShouldNotContain("<img");
        shipped.HtmlBody!.ShouldNotContain("<script");
        // Only what one can do without can be turned off from the mail program.
        shipped.Headers.Contains("List-Unsubscribe").ShouldBeFalse();
        mails.First(m => m.Subject!.EndsWith("kommt heute", StringComparison.Ordinal)).Headers["List-Unsubscribe"]!.ShouldEndWith("/fewer>");

        // The whole log is read again: nobody is written to twice.
        var queue = shop.Services.GetRequiredService<QueueMessages>();
        await shop.Db.WriteAll(async work =>
        {
            await queue.Handle(work, await EventsSql.OfHouse(work, 0, long.MaxValue, 1_000, []));
            return 0;
        });
        (await shop.MessagesOf(order)).Count.ShouldBe(6);
        sink.Taken.Count.ShouldBe(6);
        (await shop.Get("/reports/tracking")).Long("withPage").ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("SH-12", "AU-03")]
    public async Task A_server_that_breaks_off_is_busy_or_refuses_costs_no_message_and_an_answered_one_is_never_sent_again(DatabaseKind kind)
    {
        await using var shop = await MessageShop.Open(kind);
        await using var sink = new MailSink { Script = [Act.DropAfterData, Act.Busy, Act.Take] };
        await shop.Mail(sink);
        string order = await shop.Ordered();
        (await shop.Settled(order, 1))[0].Text("state").ShouldBe("sent");
        // The one whose answer was lost came again, and can be told to be the same.
        sink.Came.Count.ShouldBe(2);
        sink.Came.Select(c => c.Mail.MessageId).Distinct().Count().ShouldBe(1);
        sink.Taken.Count.ShouldBe(1);
        var senders = shop.Services.GetRequiredService<SendMessages>();
        long merchant = await shop.Db.ReadAll(work => work.Scalar("select min(id) from merchants"));
        (await senders.Round(merchant, CancellationToken.None)).ShouldBe(0);

        // Nobody at the address: it waits for a person, who mends it and sends it again.
        await using var strict = new MailSink { Script = [Act.Refuse] };
        await shop.Mail(strict);
        string other = await shop.Ordered(email: "gone@example.test");
        var failed = (await shop.Settled(other, 1))[0];
        (failed.Text("state"), failed.Text("fault")).ShouldBe(("failed", "The mail server answered 550 to the address."));
        var trouble = (await shop.Get("/attention?kind=message_failed")).GetProperty("data");
        trouble.GetArrayLength().ShouldBe(1);
        trouble[0].Text("order").ShouldBe(other);
        await shop.Post($"/messages/{failed.Text("id")}/resend", new { });
        (await shop.Settled(other, 2))[0].Text("state").ShouldBe("sent");
        (await shop.Get("/attention?kind=message_failed")).GetProperty("data").GetArrayLength().ShouldBe(0);
        strict.Taken.ShouldHaveSingleItem().To.ToString().ShouldContain("gone@example.test");
    }

    [Fact, Capability("SH-12", "P14")]
    public async Task A_server_that_hangs_is_left_and_the_message_goes_when_it_answers()
    {
        await using var shop = await MessageShop.Open(DatabaseKind.Sqlite);
        var messenger = shop.Services.GetRequiredService<SmtpMessenger>();
        messenger.Patience = TimeSpan.FromSeconds(5);
        await using var sink = new MailSink { Script = [Act.Hang] };
        await shop.Mail(sink);
        string order = await shop.Ordered();
        await shop.Until(() => Task.FromResult(!sink.Came.IsEmpty));
        messenger.Patience = TimeSpan.FromSeconds(60);          // only the one that hangs is left: a slow machine is no reason to send again
        (await shop.Settled(order, 1))[0].Text("state").ShouldBe("sent");
        sink.Came.Select(c => c.Mail.MessageId).Distinct().Count().ShouldBe(1);
        sink.Taken.Count.ShouldBe(1);
    }

    [Theory, BothDatabases, Capability("SH-12", "P11")]
    public async Task Many_senders_at_once_and_one_that_died_send_each_message_once(DatabaseKind kind)
    {
        await using var shop = await MessageShop.Open(kind);
        await using var sink = new MailSink();
        long merchant = await shop.Db.ReadAll(work => work.Scalar("select min(id) from merchants"));
        await shop.Mail(sink);
        var orders = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => shop.Ordered(1)));
        var senders = Enumerable.Range(0, 6).Select(_ => ActivatorUtilities.CreateInstance<SendMessages>(shop.Services)).ToList();
        while ((await shop.Get("/messages?state=waiting")).GetProperty("data").GetArrayLength() > 0 || sink.Taken.Count < orders.Length)
            await Task.WhenAll(senders.Select(s => s.Round(merchant, CancellationToken.None)));
        sink.Came.Count.ShouldBe(orders.Length);
        sink.Taken.Select(m => m.MessageId).Distinct().Count().ShouldBe(orders.Length);

        // Somebody takes a message and dies: another follows when the lease is over, and the dead one's word counts no more.
        var house = Switchyard.Access.Actor.House("test", merchant);
        await shop.Put("/message-accounts/mail", new { messenger = "keep", isActive = true });
        var pace = shop.Services.GetRequiredService<MessagePace>();
        pace.Lease = TimeSpan.FromMilliseconds(200);
        string last = await shop.Ordered(1);
        (await shop.Settled(last, 1))[0].Text("state").ShouldBe("kept");
        var guid = Switchyard.Kernel.OrderId.Parse(last, null).Value;
        await shop.Db.WriteAll(work => work.Execute("update messages set state = 'waiting', settled_at_ms = null, due_at_ms = 0, lease_no = 7 where order_id = @o", ("o", guid)));
        await shop.Until(async () => (await shop.MessagesOf(last))[0].Text("state") == "kept");
        await shop.Db.WriteAll(work => work.Execute("update messages set state = 'waiting', settled_at_ms = null, due_at_ms = @late, lease_no = 8 where order_id = @o", ("o", guid), ("late", 99_999_999_999_999L)));
        var id = Switchyard.Kernel.MessageId.Parse((await shop.MessagesOf(last))[0].Text("id")!, null);
        async Task<bool> Ends(long lease) => (await shop.Db.Write<bool>(house, async work => await MessagesSql.Settle(work,
            new DueMessage(id, merchant, default, "confirmation", "", 0, default, lease, 1, null, null, null, null, null, default), MessageState.Failed, null, "late", 1))).Value;
        (await Ends(7)).ShouldBeFalse();
        (await Ends(8)).ShouldBeTrue();
        foreach (var sender in senders) sender.Dispose();
    }

    [Theory, BothDatabases, Capability("SH-12", "CU-08")]
    public async Task What_is_switched_off_called_off_or_has_no_address_is_skipped_with_its_reason(DatabaseKind kind)
    {
        await using var shop = await MessageShop.Open(kind);
        await shop.Put("/channels/amazon-uk", new { name = "Amazon UK" });
        await shop.Keep();
        string market = await shop.Ordered(channel: "amazon-uk"), bad = await shop.Ordered(email: "nobody-at-home"), fine = await shop.Ordered();
        (await shop.Settled(market, 1))[0].Text("reason").ShouldBe("channelOff");
        (await shop.Settled(bad, 1))[0].Text("reason").ShouldBe("badAddress");
        var kept = (await shop.Settled(fine, 1))[0];
        (kept.Text("state"), kept.Text("to")!.EndsWith("@example.test", StringComparison.Ordinal)).ShouldBe(("kept", true));
        var read = await shop.Get("/messages/" + kept.Text("id"));
        read.GetProperty("page").Text("subject")!.ShouldStartWith("We have your order");
        read.Text("plain")!.ShouldContain("Hello Ada Byron,");
        var settings = await shop.Get("/message-settings");
        settings.GetProperty("channels").EnumerateArray().Single(c => c.Text("channel") == "amazon-uk").GetProperty("kinds").GetArrayLength().ShouldBe(0);
        await shop.Put("/message-settings", new { publicUrl = shop.Address, off = new[] { "confirmation" } });
        (await shop.Settled(await shop.Ordered(), 1))[0].Text("reason").ShouldBe("kindOff");
        await shop.Refused(HttpMethod.Post, $"/orders/{bad}/messages", new { kind = "trackingLink" }, 422, "messages.no_address");
        // A merchant's own words go before ours, and a template that cannot be filled is never kept.
        var words = new Dictionary<string, object> { ["trackingLink-subject"] = new Dictionary<string, string> { ["en-GB"] = "{shop}: {order}\r\nBcc: all@example.test" } };
        (await shop.Refused(HttpMethod.Put, "/message-templates/trackingLink", new { text = "<text>{{t \"hello\"}}</text><img src=\"x\"/>" }, 422, "messages.template_faulty")).Text("detail")!.ShouldContain("<img>");
        await shop.Refused(HttpMethod.Put, "/message-templates/trackingLink", new { text = "{{{name}}}" }, 422, "messages.template_faulty");
        await shop.Send(HttpMethod.Put, "/message-templates/trackingLink", new { words });
        await shop.Post($"/orders/{fine}/messages", new { kind = "trackingLink" });
        (await shop.Settled(fine, 2))[0].Text("subject")!.Any(char.IsControl).ShouldBeFalse();
    }

    [Fact, Capability("P25")]
    public async Task A_mail_server_inside_the_house_is_never_spoken_to_unless_the_operator_names_it()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        object Account(string host, string port, string tls = "starttls") => new { messenger = "smtp", settings = new { host, port, tls, from = "a@shop.test" }, secrets = new { password = "hush" } };
        foreach (var (host, port) in new[] { ("127.0.0.1", "25"), ("169.254.169.254", "25"), ("[::1]", "587"), ("10.0.0.8", "465"), ("mail.example.test", "6379") })
            (await shop.Refused(HttpMethod.Put, "/message-accounts/mail", Account(host, port), 400, "request.invalid")).GetProperty("errors")[0].Text("code").ShouldBe("messages.bad_setting");
        await shop.Refused(HttpMethod.Put, "/message-accounts/mail", Account("mail.example.test", "25", "none"), 400, "request.invalid");
        // A name that leads inside is found out when it is called, whatever it said before.
        shop.Services.GetRequiredService<MailServers>().Resolve = (_, _) => Task.FromResult(new[] { System.Net.IPAddress.Loopback });
        var made = await shop.Put("/message-accounts/mail", Account("mail.example.test", "587"));
        made.GetProperty("secretsSet")[0].GetString().ShouldBe("password");
        made.GetRawText().ShouldNotContain("hush");
        (await shop.Refused(HttpMethod.Post, "/message-accounts/mail/test", new { to = "me@shop.test" }, 422, "messages.test_failed")).Text("detail")!.ShouldContain("leads inside");
        // A password that was given for one server is not sent to another.
        (await shop.Put("/message-accounts/mail", new { messenger = "smtp", settings = new { host = "other.example.test", port = "587", tls = "starttls", from = "a@shop.test" } })).GetProperty("secretsSet").GetArrayLength().ShouldBe(0);
    }
}
