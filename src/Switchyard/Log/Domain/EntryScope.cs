using System.Text.Json;

namespace Switchyard.Log;

/// <summary>What an entry of the log concerns beside its own subject: the order it belongs to, and the nodes it speaks of.</summary>
public static class EntryScope
{
    private static readonly HashSet<string> NodeMembers = ["node", "nodeCode", "fromNode", "toNode", "from", "to"], NodeLists = ["nodes"];

    /// <summary>The order an entry tells of: itself, or the one its payload names as <c>orderId</c>; null for other things.</summary>
    public static string? OrderOf(string aggregateKind, string aggregateId, JsonElement payload)
    {
        if (aggregateKind == "order") return aggregateId;
        return payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("orderId", out var order) && order.ValueKind == JsonValueKind.String
            ? order.GetString() : null;
    }

    /// <summary>
    /// In which row a delivery stands: entries of one order, of whatever it consists, come one after the other; so do those of any other thing.
    /// </summary>
    public static string LaneOf(string aggregateKind, string aggregateId, string? order) =>
        order is null || order.Length > 100 ? $"{aggregateKind}:{aggregateId}" : $"order:{order}";

    /// <summary>Codes of the nodes that a payload names. Told by the names of members, so it may take a word too many for a node, never one too few.</summary>
    public static IReadOnlySet<string> NodesOf(string aggregateKind, string aggregateId, JsonElement payload)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (aggregateKind == "node") found.Add(aggregateId);
        Walk(payload, "", found);
        return found;
    }

    private static void Walk(JsonElement at, string name, HashSet<string> found)
    {
        if (at.ValueKind == JsonValueKind.Object)
            foreach (var member in at.EnumerateObject()) Walk(member.Value, member.Name, found);
        else if (at.ValueKind == JsonValueKind.Array)
            foreach (var (i, item) in at.EnumerateArray().Index())
            {
                // Allocations are written as [line, node, quantity].
                if (name == "allocated" && item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 1) Add(item[1]);
                else if (NodeLists.Contains(name)) Add(item);
                else Walk(item, name, found);
            }
        else if (NodeMembers.Contains(name)) Add(at);

        void Add(JsonElement text) { if (text.ValueKind == JsonValueKind.String) found.Add(text.GetString()!); }
    }
}
