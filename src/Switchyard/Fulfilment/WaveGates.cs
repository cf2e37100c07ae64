using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// Which of what waits at nodes with waves may go: what was ready by the last wave, and what cannot wait for the next. Before a wave opens
/// its orders are decided anew together, where the merchant wants that.
/// </summary>
public sealed class WaveGates(Db db, Replan replan, DecideTogether together, ILogger<WaveGates> log)
{
    /// <summary>Work does not wait longer than this for planning.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="LastMs">What was ready by then may go.</param>
    /// <param name="NextMs">What must leave before then cannot wait.</param>
    public sealed record Gate(long Merchant, long Node, long LastMs, long NextMs);

    /// <summary>One for each node that has waves.</summary>
    public async Task<IReadOnlyList<Gate>> Find(DateTimeOffset now)
    {
        var merchants = await db.ReadAll(work => work.Query(
            "select distinct merchant_id from node_work_settings where release_times <> '[]' order by merchant_id limit 1000 -- house", row => row.Long()));
        var gates = new List<Gate>();
        foreach (long merchant in merchants)
        {
            var actor = Actor.House("system:fulfilment", merchant);
            var settings = await replan.Settings(actor);
            foreach (var (node, waves) in await db.Read(actor, work => NodeWaves.Of(work, settings)))
            {
                var (last, next) = (waves.Last(now), waves.Next(now));
                // A wave that is still being planned has not opened: it is the next one, so that what could wait for it does.
                if (last is { } wave && now - wave < Patience && !await Plan(merchant, node, settings.NodesById[node].Code, wave)) (last, next) = (waves.Last(wave.AddTicks(-1)), wave);
                gates.Add(new Gate(merchant, node, last?.ToUnixTimeMilliseconds() ?? 0, next?.ToUnixTimeMilliseconds() ?? long.MaxValue / 2));
            }
        }
        return gates;
    }

    private async Task<bool> Plan(long merchant, long node, string code, DateTimeOffset wave)
    {
        try { return await together.BeforeWave(merchant, node, code, wave); }
#pragma warning disable CA1031 // planning that fails keeps no parcel back
        catch (Exception e) { log.LogError(e, "Orders were not planned anew before the wave of node {Node}", code); }
#pragma warning restore CA1031
        return true;
    }
}
