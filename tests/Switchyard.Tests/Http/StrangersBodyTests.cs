using System.Net;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Http;

public sealed class StrangersBodyTests
{
    [Fact, Capability("P16")]
    public async Task Whoever_has_not_signed_in_is_not_read_at_length()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        using var stranger = shop.Client(null);
        string body = $$"""{"userName":"a","password":"{{new string('x', 100_000)}}"}""";

        stranger.DefaultRequestHeaders.ExpectContinue = true;        // whoever is refused while sending may see the connection end instead
        (await stranger.PostAsync("/api/v1/session", new StringContent(body, null, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await shop.Http.PostAsync("/api/v1/orders", new StringContent(body, null, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
