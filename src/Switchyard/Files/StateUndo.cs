using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>Why what a row of an import did is not taken back.</summary>
public static class ImportErrors
{
    public static readonly Error ChangedSince = Error.Conflict("import.changed_since", "It was changed since, and is left as it is.");

    public static Error InUse(string why) => Error.Conflict("import.in_use", why);
}

/// <summary>How a row is taken back: the thing as it was before, and by what it is known that nobody has changed it since.</summary>
internal static class StateUndo
{
    /// <param name="Key">Of the thing.</param>
    /// <param name="Before">Null: it did not exist.</param>
    /// <param name="After">The beginning of the hash of what the row made of it.</param>
    private sealed record Kept([property: JsonPropertyName("k")] string Key, [property: JsonPropertyName("b")] string? Before, [property: JsonPropertyName("h")] string After);

    public static string Keep(string key, string? before, string after) => JsonSerializer.Serialize(new Kept(key, before, Hash(after)), Json.Options);

    public static async Task<IReadOnlyList<Error?>> TakeBack(FileKind kind, Work work, Actor actor, DateTimeOffset now, IReadOnlyList<string> kept)
    {
        var things = kept.Select(k => JsonSerializer.Deserialize<Kept>(k, Json.Options)!).ToList();
        var current = await kind.States(work, actor, [.. things.Select(t => t.Key)]);
        bool IsAsLeft(Kept thing) => current.TryGetValue(thing.Key, out string? state) && Hash(state) == thing.After;
        var wanted = things.Where(IsAsLeft).ToList();
        var restored = wanted.Zip(await kind.Restore(work, actor, now, [.. wanted.Select(t => new ThingBefore(t.Key, t.Before))])).ToDictionary(r => r.First, r => r.Second);
        return [.. things.Select(t => restored.TryGetValue(t, out var left) ? left : ImportErrors.ChangedSince)];
    }

    private static string Hash(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..24];
}
