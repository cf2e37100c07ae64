using System.Diagnostics;

namespace Switchyard.Simulators;

/// <summary>Simulated vendors on this machine, with a control page, for trying connectors out and for the demo.</summary>
internal static class SimulatorsProgram
{
    private const string Usage = """
        switchyard-simulators [--url http://127.0.0.1:7410] [--seed 1] [--per-minute 0] [--skus SKU,SKU,… | --empty] [--keep FILE] [--beside PID]
          --skus    what they sell; without it, goods of their own
          --empty   they begin with nothing for sale
          --keep    a file in which what they have is kept until they are started again
          --beside  ends with that process
        """;

    private static async Task<int> Main(string[] args)
    {
        string url = Option(args, "--url") ?? "http://127.0.0.1:7410";
        if (args.Contains("--help") || !int.TryParse(Option(args, "--seed") ?? "1", out int seed) || !double.TryParse(Option(args, "--per-minute") ?? "0", out double perMinute)
            || !int.TryParse(Option(args, "--beside") ?? "0", out int beside))
        {
            Console.WriteLine(Usage);
            return args.Contains("--help") ? 0 : 2;
        }
        using var stop = new CancellationTokenSource();
        string[] skus = (Option(args, "--skus") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shops = SimCatalogue.Accounts(seed);
        VendorSim[] sims = [.. shops, .. SimCatalogue.Desks(seed), .. SimCatalogue.Erps(seed)];
        var keeper = Option(args, "--keep") is { } file ? new SimKeeper(file, sims) : null;
        if (keeper?.Load() != true && !args.Contains("--empty")) foreach (var sim in shops) SimCatalogue.Stock(sim, skus);
        await using var host = await SimHost.Start(sims, url);
        Console.WriteLine($"Simulated vendors, steered at {host.Url}/_control");
        foreach (var sim in sims)
        {
            Console.WriteLine($"  {sim.Name,-14} {sim.BaseUrl}");
            if (shops.Contains(sim)) sim.Stream.Start(perMinute);
        }
        var keeping = keeper?.Run(TimeSpan.FromSeconds(20), stop.Token) ?? Task.CompletedTask;
        if (beside > 0) _ = EndWith(beside, stop);
        await host.Wait(stop.Token);
        await stop.CancelAsync();
        foreach (var sim in sims) await sim.DisposeAsync();
        await keeping;
        return 0;
    }

    // Whoever started the other need not know of this one, and it goes however the other ends.
    private static async Task EndWith(int process, CancellationTokenSource stop)
    {
        while (IsThere(process)) await Task.Delay(TimeSpan.FromMilliseconds(500), stop.Token);
        await stop.CancelAsync();
    }

    private static bool IsThere(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException) { return false; }
    }

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
