using System.Globalization;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>Reads at which times nodes are given their work.</summary>
public static class NodeWaves
{
    internal const int Most = 24;

    /// <summary>By node; one that is not in it is given its work at once.</summary>
    public static async Task<IReadOnlyDictionary<long, ReleaseWaves>> Of(Work work, MerchantSettings settings) => (await work.Query(
        "select node_id, release_times from node_work_settings where merchant_id = @merchant and release_times <> '[]'", row => (Node: row.Long(), Times: Parse(row.Text()))))
        .Where(n => settings.NodesById.ContainsKey(n.Node)).ToDictionary(n => n.Node, n => new ReleaseWaves(settings.NodesById[n.Node].Calendar, [.. n.Times.Select(Time)]));

    internal static IReadOnlyList<string> Parse(string json) => JsonSerializer.Deserialize<List<string>>(json)!;

    /// <summary>As they are stored: ascending, each once.</summary>
    internal static string Write(IReadOnlyList<string?>? times) => JsonSerializer.Serialize((times ?? []).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
