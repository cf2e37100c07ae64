using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>
/// Everything a shop says over its API about orders and stock, read back and recounted: each line's buckets, each balance against
/// the orders and against the ledger, and no promise that was more than was there.
/// </summary>
internal sealed record Books(IReadOnlyList<JsonElement> Orders, IReadOnlyDictionary<string, JsonElement> Balances, int LedgerEntries)
{
    private static readonly string[] Claims = ["allocated", "reserved", "onHand", "unavailable", "safety", "earmarked"];

    /// <summary>
    /// Reads when all is quiet: what became free is handed to those who wait in the background, and orders and balances are read one
    /// after the other, so a reading counts only when nothing is set aside and the balances are the same before and after it.
    /// </summary>
    public static async Task<Books> Read(Api api, IEnumerable<string> skus)
    {
        string[] all = [.. skus];
        for (int attempt = 0; ; attempt++)
        {
            var before = await Totals(api, all);
            var orders = await api.All("/orders");
            var ledgers = new Dictionary<string, List<JsonElement>>();
            foreach (string sku in all) ledgers[sku] = [.. await api.All("/inventory/ledger?sku=" + Uri.EscapeDataString(sku))];
            var balances = await Totals(api, all);
            bool isQuiet = all.All(sku => balances[sku].Long("earmarked") == 0 && balances[sku].ToString() == before[sku].ToString());
            if (!isQuiet && attempt < 600) { await Task.Delay(100); continue; }
            foreach (string sku in all) Judge(sku, balances[sku], ledgers[sku]);
            var books = new Books(orders, balances, ledgers.Values.Sum(l => l.Count));
            books.LinesAddUp();
            return books;
        }
    }

    private static async Task<Dictionary<string, JsonElement>> Totals(Api api, string[] skus)
    {
        var totals = new Dictionary<string, JsonElement>();
        foreach (string sku in skus) totals[sku] = (await api.Get("/inventory?sku=" + Uri.EscapeDataString(sku))).Json.GetProperty("total");
        return totals;
    }

    private static void Judge(string sku, JsonElement balance, List<JsonElement> ledger)
    {
        foreach (string claim in Claims)
            ledger.Sum(e => e.Long(claim + "Delta")).ShouldBe(balance.Long(claim), $"ledger and balance of {claim} of {sku}");
        foreach (var entry in ledger.Where(e => e.Text("kind") is "allocated" or "reserved"))
            entry.GetProperty("balance").Long("available").ShouldBeGreaterThanOrEqualTo(0, $"{sku} was promised beyond what was there: {entry}");
    }

    /// <summary>Units of a SKU that live orders hold.</summary>
    public long Allocated(string sku) => Orders.SelectMany(o => o.GetProperty("lines").EnumerateArray())
        .Where(l => l.Text("sku") == sku && l.Text("kind") != "bundle").Sum(l => l.Long("allocated"));

    /// <summary>Asks <c>switchyard verify</c> and counts what it counted.</summary>
    public static async Task ShouldVerify(DatabaseSettings settings, ITestOutputHelper output)
    {
        var verified = await ServerProcess.Verify(settings);
        output.WriteLine("verify: " + verified.Output.Trim().Split('\n')[^1]);
        verified.Code.ShouldBe(0, verified.Output + verified.Notes);
    }

    private void LinesAddUp()
    {
        Orders.Select(o => o.Text("number")).Distinct().Count().ShouldBe(Orders.Count, "order numbers are unique");
        foreach (var order in Orders)
        {
            var lines = order.GetProperty("lines").EnumerateArray().ToList();
            lines.Count.ShouldBeGreaterThan(0, order.ToString());
            foreach (var line in lines.Where(l => l.Text("kind") is "goods" or "component"))
            {
                (line.Long("unallocated") + line.Long("backordered") + line.Long("preordered") + line.Long("allocated") + line.Long("cancelled")).ShouldBe(line.Long("quantity"), order.ToString());
                line.GetProperty("allocations").EnumerateArray().Sum(a => a.Long("quantity")).ShouldBe(line.Long("allocated"), order.ToString());
            }
            if (order.Text("state") is "cancelled" or "expired") lines.Sum(l => l.Long("allocated")).ShouldBe(0, order.ToString());
        }
        foreach (string sku in Balances.Keys) Balances[sku].Long("allocated").ShouldBe(Allocated(sku), $"{sku}: what orders hold and what the balance says");
    }
}
