using Shouldly;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Tests.Log;

namespace Switchyard.Tests.Webhooks;

/// <summary>A developer follows a server's events on a machine of their own.</summary>
[Capability("IG-15")]
public sealed class ListenTests
{
    [Fact, Trait("Kind", "Database")]
    public async Task Events_are_forwarded_to_a_local_address_signed_with_the_secret_that_is_printed()
    {
        using var receiver = new Receiver();
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        await shop.Product("MUG", 10);
        string nowhere = Path.Combine(Path.GetTempPath(), "switchyard-listen-needs-no-database.db");
        await using var listener = SwitchyardProcess.Start(nowhere, null, "listen", "--forward", receiver.Url("/hook"), "--server", shop.Address, "--key", Shop.AdminKey, "--events", "OrderP*");
        await LogTesting.Until(() => Task.FromResult(listener.Output.Contains("Stop with", StringComparison.Ordinal) || listener.HasEnded), "it listens: " + listener.Notes, 120);
        string secret = listener.Output.Split("Secret: ")[1].Split('\n')[0].Trim();
        string order = "";
        // It begins with what happens after it is connected, so things happen until it hears of one.
        await LogTesting.Until(async () =>
        {
            order = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
            await Task.Delay(300);
            return receiver.All("/hook").Count > 0;
        }, "an event is forwarded");
        await shop.Post($"/orders/{order}/cancel", new { reason = "test" });
        await LogTesting.Until(() => Task.FromResult(receiver.All("/hook").Any(g => g.Subject == order)), "the last order");
        receiver.All("/hook").ShouldAllBe(g => g.IsSignedBy(secret) && g.Kind == "OrderPlaced" && g.Json.Text("source") == "/merchants/main");
        // It is written when the receiver has answered, a moment after it was there.
        await LogTesting.Until(() => Task.FromResult(listener.Output.Contains($"OrderPlaced  {order}  200 in ", StringComparison.Ordinal)), "the line of the last order");
        File.Exists(nowhere).ShouldBeFalse();
    }

    [Fact, Trait("Kind", "Database")]
    public async Task With_json_each_line_is_a_document_for_a_program()
    {
        using var receiver = new Receiver();
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        await shop.Product("MUG", 100);
        await using var listener = SwitchyardProcess.Start("none.db", null, "listen", "--json", "--forward", receiver.Url("/hook"), "--server", shop.Address, "--key", Shop.AdminKey, "--events", "OrderP*");
        await LogTesting.Until(() => Task.FromResult(listener.Output.Contains("\"listening\"", StringComparison.Ordinal) || listener.HasEnded), "it listens: " + listener.Notes, 120);
        await LogTesting.Until(async () =>
        {
            await shop.Post("/orders", Given.Order(("MUG", 1)));
            await Task.Delay(300);
            return listener.Output.Contains("\"forwarded\"", StringComparison.Ordinal);
        }, "an event is forwarded");
        var lines = listener.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement).ToList();
        lines[0].Text("secret").ShouldStartWith("whsec_");
        (lines[1].Text("object"), lines[1].Text("kind"), lines[1].Long("status"), lines[1].Text("aggregateId")!.StartsWith("ord_", StringComparison.Ordinal)).ShouldBe(("forwarded", "OrderPlaced", 200, true));
    }

    [Fact]
    public async Task A_wrong_line_says_what_is_missing()
    {
        (await SwitchyardProcess.Run("none.db", null, "listen", "--forward", "http://localhost:1/")).Notes.ShouldContain("API key");
        (await SwitchyardProcess.Run("none.db", null, "listen", "--key", "x")).Code.ShouldBe(ExitCode.Usage);
        (await SwitchyardProcess.Run("none.db", null, "listen", "--key", "x", "--forward", "http://localhost:1/", "--events", "Or der")).Notes.ShouldContain("'Or der'");
    }
}
