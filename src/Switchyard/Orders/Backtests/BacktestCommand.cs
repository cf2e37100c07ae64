using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary><c>switchyard backtest --from 2026-08-01 --to 2026-11-01 --strategy main</c>: tries rules or a network on orders of the past and prints the table.</summary>
public static class BacktestCommand
{
    private const int OrdersAtOnce = 500;

    public static Command Create(CommandHost host)
    {
        var from = new Option<DateTimeOffset>("--from") { Description = "Orders placed from here", Required = true };
        var to = new Option<DateTimeOffset>("--to") { Description = "up to here", Required = true };
        var strategy = new Option<string?>("--strategy") { Description = "A strategy by its code; without it orders go by the rules of their time" };
        var number = new Option<long?>("--number") { Description = "A published version of it" };
        var rules = host.FileOption("--rules", "Or a JSON file with rules");
        var house = new Option<bool>("--house") { Description = "Or the house rule: cheapest, from anywhere" };
        var close = new Option<string[]>("--close") { Description = "Nodes that send nothing", AllowMultipleArgumentsPerToken = true };
        var change = host.FileOption("--change", "A JSON file with what else would be otherwise: closed, added, capacity, rateCards, lanes");
        return host.Command("backtest", "Try rules, prices or nodes on orders of the past", CommandNeeds.Reads, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } nobody) return run.Refuse(nobody);
            var changes = run.Get(change) is { } file ? Read<NetworkChange>(file) : new NetworkChange();
            var ruled = run.Get(rules) is { } own ? Read<RoutingRules>(own) : null;
            if (changes is null || run.Get(rules) is not null && ruled is null) return run.Refuse(Error.Invalid("cli.not_json", "A file is not there, or is no JSON of the form that is expected."));
            var closed = run.Get(close) is { Length: > 0 } nodes ? [.. changes.Closed ?? [], .. nodes] : changes.Closed;
            var wish = new BacktestWish(null, run.Get(from), run.Get(to), run.Get(strategy), run.Get(number), ruled, run.Get(house), changes with { Closed = closed });
            var network = run.Services.GetRequiredService<NetworkReader>();
            var checks = new Checks();
            wish.Check(checks, await network.Settings(actor.Value.Merchant));
            if (checks.AnyFault) return run.Refuse(checks.ToError());
            var opened = await BacktestRun.Open(run.Db, actor.Value, network, run.Services.GetRequiredService<PastDecisions>(), wish);
            if (opened.Error is { } error) return run.Refuse(error);
            for (bool isOver = false; !isOver;)
            {
                run.Stop.ThrowIfCancellationRequested();
                (_, isOver) = await opened.Value.Next(OrdersAtOnce);
                run.Progress("Orders", opened.Value.Decided, opened.Value.Orders);
            }
            if (!run.IsJson) foreach (string line in Table(opened.Value.Result)) run.Say(line);
            return run.Answer(opened.Value.Result);
        }, from, to, strategy, number, rules, house, close, change);
    }

    /// <summary>The result as a table for people.</summary>
    internal static IEnumerable<string> Table(BacktestResult r)
    {
        yield return Line($"{r.Orders:N0} orders, {r.Units:N0} units; {r.Changed:N0} would go otherwise");
        yield return Line($"Decisions made again: {r.Replay.Same:N0} of {r.Replay.Decisions:N0} the same, {r.Replay.Different:N0} different{string.Concat(r.Replay.NotKept.Select(n => $", {n.Value:N0} {n.Key}"))}");
        if (r.TodaysSettings > 0) yield return Line($"{r.TodaysSettings:N0} orders by the nodes and prices of today, since those of then are not known");
        yield return Line($"{"",-22}{"before",14}{"after",14}{"change",14}");
        foreach (var (name, before, after) in new[]
        {
            ("cost, minor units", r.Before.CostMinor, r.After.CostMinor), ("parcels", r.Before.Parcels, r.After.Parcels), ("orders split", r.Before.Splits, r.After.Splits),
            ("units unfilled", r.Before.UnfilledUnits, r.After.UnfilledUnits), ("units filled later", r.Before.FilledLaterUnits, r.After.FilledLaterUnits), ("kilometres", r.Before.Km, r.After.Km),
            ("days to delivery", r.Before.Days, r.After.Days), ("orders late", r.Before.LateOrders, r.After.LateOrders),
        })
            yield return Line($"{name,-22}{before,14:N0}{after,14:N0}{Share(before, after),14}");
        foreach (var node in r.Nodes) yield return Line($"{"parcels " + node.Node,-22}{node.ParcelsBefore,14:N0}{node.ParcelsAfter,14:N0}{Share(node.ParcelsBefore, node.ParcelsAfter),14}");
        yield return Line($"{r.Later:N0} orders later, {r.Sooner:N0} sooner");
    }

    private static string Share(long before, long after) => before == after ? "" : before == 0 ? "new" : Line($"{(after - before) * 100m / before:+0.0;-0.0} %");
    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static T? Read<T>(FileInfo file) where T : class
    {
        if (!file.Exists) return null;
        try { return JsonSerializer.Deserialize<T>(File.ReadAllText(file.FullName), Json.Options); }
        catch (JsonException) { return null; }
    }
}
