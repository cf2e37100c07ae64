using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>An order of 1,000 lines costs as many statements as a small one: none is sent line by line.</summary>
public sealed class LargeOrderTests(ITestOutputHelper output)
{
    private const int Lines = 1_000, Skus = 20;

    /// <summary>Fewer than one a line, though what the background still asks meanwhile is in it.</summary>
    private const long MostStatements = 800, MostTrips = 500;

    [Theory, BothDatabases, Capability("L13")]
    public async Task A_thousand_lines_are_placed_edited_read_released_and_cancelled_without_a_statement_for_each(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        for (int i = 0; i < Skus; i++) await shop.Product(Sku(i), 10_000);
        // What comes round by itself is not counted: on a full machine it asks more than the order does.
        foreach (var rounds in shop.Services.GetServices<IHostedService>().OfType<BackgroundService>().Where(s => s is not (OrderWriter or KeepRoutingWorlds))) await rounds.StopAsync(default);
        var body = Given.Order([.. Enumerable.Range(0, Lines).Select(i => (Sku(i), 2L))]);
        string id = (await Counted(shop, "place", () => shop.Post("/orders", body))).Text("id")!;
        object wish = new
        {
            shippingAddress = EditShop.Address("SW1A 1AA"),
            lines = Enumerable.Range(1, Lines).Select(n => n % 3 == 0 ? new { line = n, quantity = 1L, unitPriceMinor = 900L } : new { line = n, quantity = 3L, unitPriceMinor = 1000L }),
        };
        await Counted(shop, "preview", () => shop.Post($"/orders/{id}/edit/preview", wish));
        var edited = (await Counted(shop, "edit", () => shop.Edit(id, wish))).GetProperty("order");
        edited.Long("totalMinor").ShouldBe(Enumerable.Range(1, Lines).Sum(n => n % 3 == 0 ? 900L : 3000L));
        await Counted(shop, "read", () => shop.Get("/orders/" + id));
        await Counted(shop, "release", () => shop.Post($"/orders/{id}/release", new { }));
        await Counted(shop, "cancel units", () => shop.Post($"/orders/{id}/cancel", new { lines = Enumerable.Range(1, Lines).Select(n => new { line = n, quantity = 1 }) }));
        (await Counted(shop, "cancel", () => shop.Post($"/orders/{id}/cancel", new { reason = "no more" }))).Text("state").ShouldBe("cancelled");
        await shop.ShouldBeSound();
    }

    private async Task<JsonElement> Counted(Shop shop, string what, Func<Task<JsonElement>> ask)
    {
        var traffic = shop.Db.Traffic;
        var (trips, statements, start) = (traffic.Trips, traffic.Statements, System.Diagnostics.Stopwatch.GetTimestamp());
        var answer = await ask();
        (trips, statements) = (traffic.Trips - trips, traffic.Statements - statements);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {statements} statements in {trips} trips, {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms"));
        statements.ShouldBeLessThan(MostStatements, what);
        trips.ShouldBeLessThan(MostTrips, what);
        return answer;
    }

    private static string Sku(int i) => "L" + (i % Skus).ToString(CultureInfo.InvariantCulture);
}
