using System.Text.Json;

namespace Switchyard.Orders;

/// <summary>What is made or written on a line for its customer alone: its metadata under <c>personalisation</c>, however that is spelt in capitals.</summary>
public static class LineText
{
    public const string Key = "personalisation";

    /// <param name="metadata">Of the line, as it is stored; null: it has none.</param>
    public static string? Of(string? metadata)
    {
        if (metadata is null) return null;
        using var json = JsonDocument.Parse(metadata);
        if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
        foreach (var entry in json.RootElement.EnumerateObject())
            if (entry.Name.Equals(Key, StringComparison.OrdinalIgnoreCase)) return entry.Value.ToString();
        return null;
    }
}
