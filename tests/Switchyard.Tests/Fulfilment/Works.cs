using System.Data.Common;
using System.Text.Json;
using Shouldly;
using Switchyard.Kernel;
using Switchyard.Tests.Log;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Arranges work at nodes over the API.</summary>
internal static class Works
{
    /// <summary>An order of these lines; its id.</summary>
    public static async Task<string> Placed(this Shop shop, params (string Sku, long Quantity)[] lines) => (await shop.Post("/orders", Given.Order(lines))).Text("id")!;

    /// <summary>An order that is released; its id and that of its first release.</summary>
    public static async Task<(string Order, string Release)> Released(this Shop shop, params (string Sku, long Quantity)[] lines)
    {
        string order = await shop.Placed(lines);
        return (order, (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!);
    }

    /// <summary>A step of a release that succeeds.</summary>
    public static Task<JsonElement> Do(this Shop shop, string release, string step, object? body = null) => shop.Post($"/fulfilments/{release}/{step}", body ?? new { });

    /// <summary>Steps of a release, one after the other.</summary>
    public static async Task<JsonElement> Run(this Shop shop, string release, params string[] steps)
    {
        JsonElement last = default;
        foreach (string step in steps) last = await shop.Do(release, step);
        return last;
    }

    /// <summary>A node of ours with stock, or of somebody else.</summary>
    public static Task<JsonElement> Node(this Shop shop, string code, string kind = "warehouse") => shop.Post("/nodes", new { code, name = code, kind, country = "GB" });

    public static Task<JsonElement> Order(this Shop shop, string id) => shop.Get($"/orders/{id}?expand=fulfilments");
    public static Task<JsonElement> Release(this Shop shop, string id) => shop.Get($"/fulfilments/{id}");

    /// <summary>The releases of an order, in the order they were made.</summary>
    public static async Task<List<JsonElement>> Releases(this Shop shop, string order) => [.. (await shop.Order(order)).GetProperty("fulfilments").EnumerateArray()];

    /// <summary>Kinds of the events on an order's timeline, but for the promise at risk: what is placed late in the evening is at risk at once.</summary>
    public static async Task<string[]> Timeline(this Shop shop, string order) =>
        [.. (await shop.Get($"/events?aggregate={order}&limit=250")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")!).Where(k => k is not ("OrderAtRisk" or "OrderBackOnTime"))];

    /// <summary>Open troubles of a kind.</summary>
    public static async Task<List<JsonElement>> Troubles(this Shop shop, string kind) => [.. (await shop.Get($"/exceptions?kind={kind}")).GetProperty("data").EnumerateArray()];

    /// <summary>Every check of the books finds no fault.</summary>
    public static async Task BooksAreRight(this Shop shop)
    {
        foreach (var check in (IEnumerable<Switchyard.Database.BooksCheck>)shop.Services.GetService(typeof(IEnumerable<Switchyard.Database.BooksCheck>))!)
            (await check.Run(shop.Db)).Faults.ShouldBeEmpty(check.Name);
    }

    /// <summary>This log has lines, and nobody can change or remove one.</summary>
    public static async Task OnlyGrows(this Shop shop, string log)
    {
        (await shop.Db.ReadAll(work => work.Query($"select count(*) from {log}", row => row.Long())))[0].ShouldBeGreaterThan(0);
        foreach (string change in new[] { $"update {log} set merchant_id = merchant_id", $"delete from {log}" })
            await Should.ThrowAsync<DbException>(() => shop.Db.Write<Done>(LogTesting.Tester, async work =>
            {
                await work.Execute(change);
                return (Result<Done>)new Done();
            }));
    }
}
