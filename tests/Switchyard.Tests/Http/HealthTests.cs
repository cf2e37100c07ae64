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

    [Theory, BothDatabases]
    public async Task Figures_of_the_process_are_for_those_who_may_see_settings(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string figures = await shop.Http.GetStringAsync("/metrics");
        figures.ShouldContain("# TYPE process_cpu_seconds_total counter");
        figures.ShouldContain("\nswitchyard_orders_lines_waiting 0\n");
        using var anyone = shop.Client(null);
        ((int)(await anyone.GetAsync("/metrics")).StatusCode).ShouldBe(401);
    }
}
