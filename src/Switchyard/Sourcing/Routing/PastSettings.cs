using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Sourcing;

/// <summary>The settings of a merchant as they were when orders were decided.</summary>
public sealed class PastSettings(NetworkReader network)
{
    private const int MostKept = 64;
    private readonly ConcurrentDictionary<(long Merchant, string Hash), MerchantSettings> _known = new();

    /// <summary>Those of a hash; null when they were not kept, or their strategy is none that can be read.</summary>
    public async Task<MerchantSettings?> Find(Work work, byte[] hash, MerchantSettings now)
    {
        var key = (work.Merchant, Convert.ToHexString(hash));
        if (_known.TryGetValue(key, out var known)) return known;
        // Those of today are known, also when whoever decided by them had no time to keep them.
        byte[]? json = now.WorldHash.AsSpan().SequenceEqual(hash) ? now.World.Json : network.Worlds.Find(work.Merchant, hash);
        if (json is null)
        {
            var packed = await work.Query("select world from routing_worlds where merchant_id = @merchant and hash = @hash", row => row.Bytes(), ("hash", hash));
            if (packed.Count == 0) return null;
            json = RoutingWorld.Unpack(packed[0]);
        }
        var (live, shadow) = RoutingWorld.Strategies(json);
        var (decides, watches) = (await Strategy(work, live), await Strategy(work, shadow));
        if (live is not null && decides is null || shadow is not null && watches is null) return null;
        var then = RoutingWorld.Read(json, now, RoutingSettings.House with { Live = decides, Shadow = watches });
        if (_known.Count >= MostKept) _known.Clear();
        return _known[key] = then;
    }

    /// <summary>A rate card as it is now; null when there is none of that code that the caller sees.</summary>
    public static Task<RateCard?> Card(Db db, Actor actor, string code) => db.Read(actor, async work => (await RateCardSql.FindSeen(work, actor, code))?.Card);

    private static async Task<RoutingStrategy?> Strategy(Work work, (string Code, long Version)? named) =>
        named is { } n && await RoutingSql.Version(work, n.Code, n.Version) is { } version
            && RoutingStrategy.Read(version.Strategy, version.Number, version.Rules) is { IsOk: true } read ? read.Value : null;
}
