using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>Every pair of buckets of a line: what the table lists works over the API, anything else moves no unit; and every fact of the world is recorded.</summary>
public sealed class LineWalkTests
{
    private const long Units = 2;

    /// <summary>An order whose only line has all its units in one bucket.</summary>
    private sealed record Standing(string Sku, string Order, string? Release);

    [Theory, BothDatabases, Capability("P11", "L18")]
    public async Task Every_move_of_a_lines_units_works_or_moves_nothing_as_the_table_says(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        int tried = 0, legal = 0;
        foreach (var from in Enum.GetValues<LineBucket>())
        {
            var standing = await At(shop, from);
            foreach (var to in Enum.GetValues<LineBucket>().Where(to => to != from))
            {
                bool isLegal = LineMoves.Allowed.Allows(from, to), isAsked = (from, to) is (LineBucket.Packed, LineBucket.Cancelled);
                // New units of what is sold ahead begin unallocated and are preordered in the same transaction.
                if ((from, to) is (LineBucket.Unallocated, LineBucket.Preordered))
                {
                    var grown = await At(shop, to);
                    await shop.Edit(grown.Order, new { lines = new[] { new { line = 1, quantity = 2 * Units } } });
                    (await Line(shop, grown)).Long("preordered").ShouldBe(2 * Units);
                    (tried, legal) = (tried + 1, legal + 1);
                    continue;
                }
                var at = isLegal || isAsked ? await At(shop, from) : standing;
                var answer = await Step(shop, at, from, to);
                string text = answer is null ? "" : await answer.Content.ReadAsStringAsync();
                var buckets = Buckets(await Line(shop, at));
                buckets.Values.Sum().ShouldBe(Units, $"{from} to {to}");
                buckets[isLegal ? to : from].ShouldBe(Units, $"{from} to {to}: {text}");
                if (answer is not null && isLegal) answer.IsSuccessStatusCode.ShouldBeTrue($"{from} to {to}: {text}");
                else if (isAsked) ((int)answer!.StatusCode).ShouldBe(202, "the packer sees STOP; nothing is cancelled before the goods are back");
                else if (answer is not null)
                {
                    ((int)answer.StatusCode).ShouldBeOneOf(404, 409);
                    JsonDocument.Parse(text).RootElement.Text("code").ShouldNotBeNullOrEmpty($"{from} to {to}");
                }
                tried++;
                if (isLegal) legal++;
            }
        }
        (tried, legal).ShouldBe((12 * 11, LineMoves.Allowed.Sum(row => row.Value.Length)));
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("P3", "P11")]
    public async Task Every_fact_that_contradicts_the_books_is_recorded_and_somebody_is_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (var (from, row) in LineMoves.Facts)
            foreach (var to in row)
            {
                var at = await At(shop, from);
                string told = JsonNamingPolicy.CamelCase.ConvertName(to.ToString());
                await shop.Post(at.Release is null ? $"/orders/{at.Order}/facts" : $"/fulfilments/{at.Release}/facts", new { kind = told, node = at.Release is null ? "MAIN" : null });
                var buckets = Buckets(await Line(shop, at));
                (buckets[to], buckets.Values.Sum()).ShouldBe((Units, Units), $"{from} to {to} as a fact");
                string? trouble = from switch { LineBucket.Cancelled => "shipped_after_cancel", _ when LineMoves.Waits(from) => "shipped_unallocated", _ => null };
                if (trouble is not null) (await shop.Troubles(trouble)).ShouldContain(t => t.Text("order") == at.Order, $"{from} to {to}");
            }
        await shop.BooksAreRight();
    }

    private static int _skus;

    private static async Task<Standing> At(Shop shop, LineBucket bucket)
    {
        string sku = string.Create(CultureInfo.InvariantCulture, $"W{Interlocked.Increment(ref _skus)}");
        var body = Given.Order((sku, Units));
        if (bucket == LineBucket.Preordered) await Sold(shop, sku, new { sku, name = sku, preorderReleaseAt = DateTimeOffset.UtcNow.AddDays(9) });
        else await shop.Product(sku, LineMoves.Waits(bucket) ? 0 : 5);
        body["onShort"] = bucket switch { LineBucket.Unallocated => "hold", LineBucket.Backordered => "backorder", _ => "refuse" };
        string order = (await shop.Post("/orders", body)).Text("id")!;
        if (bucket == LineBucket.Cancelled) await shop.Post($"/orders/{order}/cancel", new { reason = "walk" });
        string? release = LineMoves.Waits(bucket) || bucket is LineBucket.Allocated or LineBucket.Cancelled ? null
            : (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id");
        string[] steps = bucket switch
        {
            LineBucket.Picked => ["start-picking", "pick"],
            LineBucket.Packed => ["start-picking", "pick", "pack"],
            LineBucket.Shipped => ["start-picking", "pick", "pack", "ship"],
            LineBucket.Delivered => ["start-picking", "pick", "pack", "ship", "deliver"],
            LineBucket.Lost => ["start-picking", "pick", "pack", "ship", "lost"],
            LineBucket.SentBack => ["start-picking", "pick", "pack", "ship", "sent-back"],
            _ => [],
        };
        if (release is not null) await shop.Run(release, steps);
        var at = new Standing(sku, order, release);
        Buckets(await Line(shop, at))[bucket].ShouldBe(Units);
        return at;
    }

    /// <summary>What leads to a bucket: a command, whose answer is returned, or something that happens in the world.</summary>
    private static async Task<HttpResponseMessage?> Step(Shop shop, Standing at, LineBucket from, LineBucket to)
    {
        Task<HttpResponseMessage> Work(string step, object? body = null) => shop.Send(HttpMethod.Post, $"/fulfilments/{at.Release ?? "ful_none"}/{step}", body ?? new { });
        switch (to)
        {
            case LineBucket.Unallocated when at.Release is null:
                await shop.Stock(at.Sku, -5);
                await shop.Services.GetRequiredService<ServeWaiting>().Handle();
                return null;
            case LineBucket.Unallocated:
                if (from == LineBucket.Released) await Work("start-picking");
                return await Work("short-pick", new { line = 1, found = 0 });
            case LineBucket.Backordered:
                await Sold(shop, at.Sku, new { sku = at.Sku, name = at.Sku, backorder = "yes" });
                return await shop.Send(HttpMethod.Post, $"/orders/{at.Order}/release-hold", new { kind = "stock" });
            case LineBucket.Preordered:
                await Sold(shop, at.Sku, new { sku = at.Sku, name = at.Sku, preorderReleaseAt = DateTimeOffset.UtcNow.AddDays(9) });
                await shop.Services.GetRequiredService<ServeWaiting>().Handle();
                return null;
            case LineBucket.Allocated when at.Release is null:
                await shop.Stock(at.Sku, 5);
                await shop.Services.GetRequiredService<ServeWaiting>().Handle();
                return null;
            case LineBucket.Allocated:
                if (from == LineBucket.Picked) await Work("stop");
                return await Work(from is LineBucket.Picked or LineBucket.Packed ? "put-back" : "cancel");
            case LineBucket.Released: return await shop.Send(HttpMethod.Post, $"/orders/{at.Order}/release", new { });
            case LineBucket.Picked:
                if (from == LineBucket.Released) await Work("start-picking");
                return await Work(from == LineBucket.Packed ? "unpack" : "pick");
            case LineBucket.Packed: return await Work("pack");
            case LineBucket.Shipped: return await Work("ship");
            case LineBucket.Delivered: return await Work("deliver");
            case LineBucket.Lost: return await Work("lost");
            case LineBucket.SentBack: return await Work("sent-back");
            default:
                var answer = await shop.Send(HttpMethod.Post, $"/orders/{at.Order}/cancel", new { lines = new[] { new { line = 1, quantity = Units } } });
                return from == LineBucket.Picked ? await Work("put-back") : answer;
        }
    }

    private static Task<JsonElement> Sold(Shop shop, string sku, object policy) => shop.Put("/products/" + sku, policy);

    private static async Task<JsonElement> Line(Shop shop, Standing at) => (await shop.Get("/orders/" + at.Order)).Line(1);

    private static Dictionary<LineBucket, long> Buckets(JsonElement line) =>
        Enum.GetValues<LineBucket>().ToDictionary(b => b, b => line.Long(JsonNamingPolicy.CamelCase.ConvertName(b.ToString())));
}
