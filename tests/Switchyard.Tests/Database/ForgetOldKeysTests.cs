using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Database;

public sealed class ForgetOldKeysTests
{
    [Theory, BothDatabases, Capability("P4")]
    public async Task A_key_is_kept_for_more_than_a_day_and_dropped_after_a_week(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        var order = Given.Order(("A", 1));
        string first = (await shop.Post("/orders", order, "k")).Text("id")!;
        var keys = shop.Services.GetRequiredService<ForgetOldKeys>();

        shop.Clock!.Advance(TimeSpan.FromDays(2));
        (await keys.Handle()).ShouldBe(0);
        (await shop.Post("/orders", order, "k")).Text("id").ShouldBe(first);

        shop.Clock.Advance(TimeSpan.FromDays(6));
        (await keys.Handle()).ShouldBe(1);
        (await shop.Post("/orders", order, "k")).Text("id").ShouldNotBe(first);
    }
}
