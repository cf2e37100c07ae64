namespace Switchyard.Simulators;

/// <summary>Simulated vendors on this machine, with a control page, for trying connectors out and for the demo.</summary>
internal static class SimulatorsProgram
{
    private static async Task<int> Main(string[] args)
    {
        string url = Option(args, "--url") ?? "http://127.0.0.1:7410";
        if (args.Contains("--help") || !int.TryParse(Option(args, "--seed") ?? "1", out int seed) || !double.TryParse(Option(args, "--per-minute") ?? "0", out double perMinute))
        {
            Console.WriteLine("switchyard-simulators [--url http://127.0.0.1:7410] [--seed 1] [--per-minute 0] [--skus SKU,SKU,…]");
            return args.Contains("--help") ? 0 : 2;
        }
        string[] skus = (Option(args, "--skus") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        VendorSim[] sims = [.. SimCatalogue.All(seed, skus), .. SimCatalogue.Desks(seed), .. SimCatalogue.Erps(seed)];
        await using var host = await SimHost.Start(sims, url);
        Console.WriteLine($"Simulated vendors, steered at {host.Url}/_control");
        foreach (var sim in sims)
        {
            Console.WriteLine($"  {sim.Name,-14} {sim.BaseUrl}");
            if (sim is not HelpDeskSim) sim.Stream.Start(perMinute);
        }
        await host.Wait(CancellationToken.None);
        foreach (var sim in sims) await sim.DisposeAsync();
        return 0;
    }

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
