using System.Text.Json;
using Shouldly;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Tests.Webhooks;

namespace Switchyard.Tests.Cli;

/// <summary>Commands that call a server as a developer does: login, orders list, trigger.</summary>
[Capability("IG-15")]
public sealed class ApiCommandTests
{
    [Fact, Trait("Kind", "Database")]
    public async Task Who_logged_in_once_lists_orders_and_triggers_without_saying_server_or_key()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        await shop.Product("MUG", 10);
        var order = await shop.Post("/orders", Given.Order(("MUG", 1)));
        string home = Directory.CreateTempSubdirectory("switchyard-login-").FullName;

        (await Run(home, "orders", "list", "--json")).ShouldSatisfyAllConditions(e => e.Code.ShouldBe(ExitCode.Usage), e => e.Json.GetProperty("error").Text("code").ShouldBe("cli.key_needed"));
        var wrong = await Run(home, "login", "--server", shop.Address, "--key", "sy_no_such_key", "--json");
        wrong.Code.ShouldBe(ExitCode.Refused);
        wrong.Json.GetProperty("error").Text("code").ShouldBe("access.sign_in_required");
        var login = await Run(home, "login", "--server", shop.Address, "--key", Shop.AdminKey, "--json");
        login.Code.ShouldBe(ExitCode.Ok, login.Notes);
        login.Json.Text("merchant").ShouldBe("main");
        string file = Path.Combine(home, "switchyard", "login.json");
        login.Json.Text("file").ShouldBe(file);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await shop.Until(async () => (await shop.Get("/orders?query=sku:MUG")).GetProperty("data").GetArrayLength() == 1);
        var found = await Run(home, "orders", "list", "-q", "sku:MUG status:confirmed", "--json");
        found.Code.ShouldBe(ExitCode.Ok, found.Notes);
        found.Json.GetProperty("data")[0].Text("id").ShouldBe(order.Text("id"));
        var shown = await Run(home, "orders", "list");
        shown.Output.ShouldContain(order.Text("number")!);
        var odd = await Run(home, "orders", "list", "-q", "no_such_field:1", "--json");
        odd.Code.ShouldBe(ExitCode.Refused);

        using var receiver = new Receiver();
        var sent = await Run(home, "trigger", "OrderPlaced", "--forward", receiver.Url("/hook"), "--json");
        sent.Code.ShouldBe(ExitCode.Ok, sent.Notes + sent.Output);
        receiver.All("/hook").ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            got => got.IsSignedBy(sent.Json.Text("secret")!).ShouldBeTrue(), got => got.Kind.ShouldBe("OrderPlaced"), got => got.Json.Text("id").ShouldBe(sent.Json.Text("event")));
        (await Run(home, "trigger", "OrderPlaced", "--forward", "http://127.0.0.1:1/", "--json")).ShouldSatisfyAllConditions(
            e => e.Code.ShouldBe(ExitCode.Refused), e => e.Json.GetProperty("isDelivered").GetBoolean().ShouldBeFalse());

        (await Run(home, "login", "--forget")).Code.ShouldBe(ExitCode.Ok);
        File.Exists(file).ShouldBeFalse();
        (await Run(home, "login", "--server", "http://127.0.0.1:1", "--key", "x")).Code.ShouldBe(ExitCode.CannotRun);
    }

    [Fact]
    public async Task The_kinds_are_listed_and_a_wrong_line_says_what_is_missing()
    {
        string home = Directory.CreateTempSubdirectory("switchyard-login-").FullName;
        var list = await Run(home, "trigger", "--list", "--json");
        string[] kinds = [.. list.Json.GetProperty("kinds").EnumerateArray().Select(k => k.GetString()!)];
        kinds.Length.ShouldBeGreaterThan(30);
        kinds.ShouldContain("OrderPlaced");
        (await Run(home, "trigger", "OrderPlaced")).ShouldSatisfyAllConditions(e => e.Code.ShouldBe(ExitCode.Usage), e => e.Notes.ShouldContain("--forward"));
        (await Run(home, "trigger", "NoSuchThing", "--forward", "http://localhost:1/")).ShouldSatisfyAllConditions(e => e.Code.ShouldBe(ExitCode.Refused), e => e.Notes.ShouldContain("--list"));
        (await Run(home, "trigger", "OrderPlaced", "--forward", "http://localhost:1/", "--secret", "short")).Code.ShouldBe(ExitCode.Usage);
    }

    [Fact, Trait("Kind", "Database")]
    public async Task A_server_sends_a_sample_with_the_secret_of_the_webhook()
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(DatabaseKind.Sqlite);
        var (webhook, secret) = await shop.Webhook(receiver.Url("/hook"), "Order*");
        var answer = await shop.Post($"/webhooks/{webhook}/test", new { kind = "FulfilmentShipped" });
        answer.GetProperty("isDelivered").GetBoolean().ShouldBeTrue(answer.GetRawText());
        var got = receiver.All("/hook").ShouldHaveSingleItem();
        got.IsSignedBy(secret).ShouldBeTrue();
        got.Kind.ShouldBe("FulfilmentShipped");
        got.Json.GetProperty("data").GetProperty("payload").ValueKind.ShouldBe(JsonValueKind.Object);
        await shop.Refused(HttpMethod.Post, $"/webhooks/{webhook}/test", new { kind = "NoSuchThing" }, 400, "webhooks.no_sample");
    }

    private static async Task<SwitchyardProcess.Ended> Run(string home, params string[] arguments)
    {
        string nowhere = Path.Combine(home, "none.db");
        var ended = await SwitchyardProcess.Run(nowhere, null, arguments, new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = home });
        File.Exists(nowhere).ShouldBeFalse("these commands need no database");
        return ended;
    }
}
