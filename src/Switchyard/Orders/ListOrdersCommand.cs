using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary><c>switchyard orders list -q 'status:confirmed leeds'</c>: finds orders on a server, by its API.</summary>
public static class ListOrdersCommand
{
    public static Command Create(CommandHost host)
    {
        var caller = new ApiOptions();
        var query = new Option<string?>("--query", "-q") { Description = "What to find, as docs/api/search.md says; all orders when not said" };
        var sort = new Option<string?>("--sort") { Description = "For instance -placedAt or shipBy" };
        var limit = new Option<int>("--limit") { Description = $"The most orders to show, at most {Cursor.MostLimit}", DefaultValueFactory = _ => Cursor.DefaultLimit };
        var after = new Option<string?>("--after") { Description = "Show those behind this cursor, the 'next' of the answer before" };
        var list = CommandHost.Group("list", "Find orders on a server", [query, sort, limit, after, .. caller.All]);
        list.SetAction((parsed, stop) => LocalRunner.Guard(host, async () =>
        {
            using var api = caller.Open(host, parsed, out int refused);
            if (api is null) return refused;
            string path = $"api/v1/orders?limit={Text.Invariant(parsed.GetValue(limit))}" + Part("query", parsed.GetValue(query)) + Part("sort", parsed.GetValue(sort)) + Part("after", parsed.GetValue(after));
            var (page, code) = await api.Get(path, stop);
            if (page is not { } found) return code;
            if (parsed.GetValue(host.Json)) host.Output.Line(found.GetRawText());
            else Show(host.Output, found);
            return ExitCode.Ok;
        }));
        return CommandHost.Group("orders", "Work with the orders of a server", list);
    }

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static void Show(CommandOutput output, JsonElement page)
    {
        int count = 0;
        foreach (var order in page.GetProperty("data").EnumerateArray())
        {
            count++;
            string who = order.GetProperty("customer") is { ValueKind: JsonValueKind.Object } customer ? customer.GetProperty("name").GetString() ?? "" : "";
            string total = Amount(order.GetProperty("totalMinor").GetInt64(), order.GetProperty("currency").GetString()!);
            output.Line($"{order.GetProperty("number").GetString(),-10} {order.GetProperty("status").GetString(),-14} {order.GetProperty("channel").GetString(),-12} {total,14}  "
                + $"{order.GetProperty("placedAt").GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}  {who}");
        }
        if (count == 0) output.Note("No order is found.");
        else if (page.GetProperty("hasMore").GetBoolean()) output.Note($"There are more: --after {page.GetProperty("next").GetString()}");
    }

    private static string Amount(long minor, string code)
    {
        int decimals = Currency.TryParse(code, out var currency) ? currency.Decimals : 2;
        decimal amount = minor;
        for (int i = 0; i < decimals; i++) amount /= 10;
        return amount.ToString("F" + Text.Invariant(decimals), CultureInfo.InvariantCulture) + " " + code;
    }
}
