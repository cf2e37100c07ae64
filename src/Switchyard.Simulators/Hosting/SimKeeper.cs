using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Keeps what simulated shops have in a file, so that they know their orders when they are started again. Keys, tokens and subscriptions are not kept: whoever is connected connects anew.</summary>
public sealed class SimKeeper(string path, IReadOnlyList<VendorSim> sims)
{
    /// <summary>Takes up what was kept; false when there is nothing, or nothing that can be read. A shop of which nothing can be read begins empty.</summary>
    public bool Load()
    {
        try
        {
            if (!File.Exists(path) || JsonNode.Parse(File.ReadAllText(path)) is not JsonObject kept) return false;
            foreach (var sim in sims) if (kept[sim.Name] is JsonObject of) Take(sim, of);
            return true;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException) { return false; }
    }

    private static void Take(VendorSim sim, JsonObject of)
    {
        try
        {
            sim.Shop.GoOnWith(of["shop"]!.AsObject());
            sim.Generator.LastBuyer = (long)of["buyer"]!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or NullReferenceException or InvalidOperationException) { /* written by an older version */ }
    }

    /// <summary>Writes all of it beside the file and puts it in its place, so that a broken write leaves what was there.</summary>
    public void Save()
    {
        var kept = new JsonObject(sims.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)new JsonObject { ["buyer"] = s.Generator.LastBuyer, ["shop"] = s.Shop.Written() })));
        string beside = path + ".new";
        File.WriteAllText(beside, kept.ToJsonString());
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Saves every so often until it is told to stop, and then once more.</summary>
    public async Task Run(TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every);
        try { while (await timer.WaitForNextTickAsync(stop)) Save(); }
        catch (OperationCanceledException) { /* it stops */ }
        Save();
    }
}
