using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Http;

public sealed class HealthTests
{
    [Theory, BothDatabases]
    public async Task A_new_database_is_ready_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        (await shop.Http.GetStringAsync("/healthz/live")).ShouldBe("live");
        var ready = await Shop.Read(await shop.Http.GetAsync("/healthz/ready"), 200);
        ready.GetProperty("isReady").GetBoolean().ShouldBeTrue();
        ready.GetProperty("parts")[0].GetProperty("warning").GetString().ShouldBeNull();
    }
}
