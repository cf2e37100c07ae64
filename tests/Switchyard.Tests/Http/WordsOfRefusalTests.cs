using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Http;

/// <summary>What a caller is told about a request that cannot be read: our words, never the framework's.</summary>
public sealed class WordsOfRefusalTests
{
    [Theory, BothDatabases]
    public async Task A_request_that_cannot_be_read_is_explained(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var broken = await Post("""{"channel":"web",""", 400);
        Detail(broken).ShouldBe("The body is not valid JSON.");
        broken.GetProperty("errors")[0].GetProperty("detail").GetString()!.ShouldStartWith("Not JSON from line 1, byte ");
        Detail(await Post("", 400)).ShouldBe("A JSON body is expected here, and there was none.");
        var misfit = await Post("""{"channel":"web","currency":"GBP","lines":[{"sku":"A","quantity":"two"}]}""", 400);
        misfit.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/lines/0/quantity");
        var typo = await Post("""{"channel":"web","currency":"GBP","lines":[{"sku":"A","quantity":1,"qty":2}]}""", 400);
        typo.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/lines/0/qty");
        Detail(typo).ShouldBe("There is no member qty here.");
        var top = await Post("""{"channel":"web","currency":"GBP","Methode":"standard","lines":[{"sku":"A","quantity":1}]}""", 400);
        top.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/Methode");
        var hour = await Post("""{"channel":"web","currency":"GBP","payment":{"status":"pending","expiresAt":"2030-01-01T10:00:00"},"lines":[]}""", 400);
        hour.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/payment/expiresAt");
        Detail(hour).ShouldBe("expiresAt must end with Z or an offset such as +01:00.");
        Detail(await Shop.Read(await shop.Http.GetAsync("/api/v1/imports/orders/seven/errors"), 400)).ShouldBe("'run' cannot be 'seven'.");
        foreach (var (path, name, value) in new[] { ("orders?limit=many", "limit", "many"), ("routing/shadow?from=yesterday", "from", "yesterday"), ("nodes/MAIN/days?days=1e3", "days", "1e3") })
        {
            var parameter = await Shop.Read(await shop.Http.GetAsync("/api/v1/" + path), 400);
            (Detail(parameter), parameter.GetProperty("errors")[0].GetProperty("pointer").GetString()).ShouldBe(($"'{name}' cannot be '{value}'.", "#" + name));
        }
        Detail(await Post("""{"channel":"web","currency":"GBP","lines":[{"sku":"NOPE","quantity":1}]}""", 400)).ShouldStartWith("There is no product NOPE.");

        using var stranger = shop.Client("sy_live_of_nobody");
        Detail(await Shop.Read(await stranger.GetAsync("/api/v1/orders"), 401)).ShouldBe("This API key is not known, or it has expired or was revoked.");

        static string Detail(JsonElement problem) => problem.GetProperty("detail").GetString()!;
        async Task<JsonElement> Post(string body, int status)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            return await Shop.Read(await shop.Http.PostAsync("/api/v1/orders", content), status);
        }
    }
}
