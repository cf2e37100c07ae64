using System.Net;
using Shouldly;
using Switchyard.Cli;
using Switchyard.Database;

namespace Switchyard.Tests.Access;

/// <summary>How the first person gets in, and how an operator locks somebody out.</summary>
public sealed class AccessCommandTests
{
    [Theory, BothDatabases]
    public async Task Users_and_keys_are_managed_from_the_command_line(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        string database = kind == DatabaseKind.Sqlite ? settings.SqlitePath : settings.ConnectionString;
        async Task<System.Text.Json.JsonElement> Run(params string[] line)
        {
            var ended = await SwitchyardProcess.Run(database, null, [.. line, "--json"]);
            ended.Code.ShouldBe(ExitCode.Ok, ended.Notes);
            return ended.Json;
        }
        string first = (await Run("user", "create", "ada", "--roles", "viewer", "--display-name", "Ada")).Text("password")!;
        string second = (await Run("user", "password", "ADA")).Text("password")!;
        (await Run("user", "assign", "ada", "--roles", "warehouse,buyer", "--nodes", "MAIN")).GetProperty("roles").GetArrayLength().ShouldBe(2);
        (await SwitchyardProcess.Run(database, null, "user", "assign", "nobody", "--roles", "viewer")).Code.ShouldBe(ExitCode.Refused);
        var key = await Run("key", "create", "--name", "till", "--scopes", "orders:read");

        await using (var shop = await Shop.Open(kind, settings: settings))
        {
            using var ada = new Browser(shop);
            (await ada.TrySignIn("ada", first)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            await ada.SignIn("ada", second);
            using var till = shop.Client(key.Text("secret"));
            (await till.GetAsync("/api/v1/orders")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        await Run("user", "disable", "ada");
        await Run("key", "revoke", key.Text("id")!);
        (await Run("key", "list")).EnumerateArray().Single(k => k.Text("id") == key.Text("id")).Text("revokedAt").ShouldNotBeNull();
        await using (var shop = await Shop.Open(kind, settings: settings))
        {
            using var ada = new Browser(shop);
            (await ada.TrySignIn("ada", second)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            using var till = shop.Client(key.Text("secret"));
            (await till.GetAsync("/api/v1/orders")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }
}
