using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Catalog;

/// <summary>What products say of themselves beyond what every product has, of all products that say anything: for rules that ask for it.</summary>
public static class ProductTraits
{
    public static Task<List<(long Id, IReadOnlyList<string> Flags, IReadOnlyDictionary<string, string> Attributes)>> Read(Work work) => work.Query(
        "select id, handling_flags, metadata from products where merchant_id = @merchant and (handling_flags <> '[]' or metadata <> '{}')",
        row => (row.Long(), (IReadOnlyList<string>)JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, Texts(row.Text())));

    private static IReadOnlyDictionary<string, string> Texts(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, Json.Options)!
        .ToDictionary(m => m.Key, m => m.Value.ValueKind == JsonValueKind.String ? m.Value.GetString()! : m.Value.ToString(), StringComparer.Ordinal);
}
