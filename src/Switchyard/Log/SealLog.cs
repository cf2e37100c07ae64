using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>A closed range of the log and the hash that chains it to the range before.</summary>
public sealed record Seal(long No, long From, long To, long Entries, byte[] Previous, byte[] Hash, long AtMs);

/// <summary>
/// Seals what lies between the last seal and the horizon. Several processes may try at once: the number of a seal is taken
/// by one of them, and the others go on from there.
/// </summary>
public static class SealLog
{
    /// <summary>A seal holds at most so many entries, so that sealing a long backlog needs little memory.</summary>
    internal const int MostEntries = 20_000;

    /// <returns>The newest seal; null while the log is empty.</returns>
    public static async Task<Seal?> Handle(Db db, CommitHorizon horizon, TimeProvider clock)
    {
        long reach = await horizon.Read();
        while (true)
        {
            var last = await db.ReadAll(Last);
            long from = (last?.To ?? 0) + 1;
            if (from > reach) return last;
            var entries = await db.ReadAll(work => work.Query(
                "select position, hash from events /* house */ where position >= @from and position <= @reach order by position limit @limit",
                row => (Position: row.Long(), Hash: row.Bytes()), ("from", from), ("reach", reach), ("limit", MostEntries)));
            if (entries.Count == 0) return last;
            long to = entries.Count == MostEntries ? entries[^1].Position : reach;
            byte[] previous = last?.Hash ?? EventHash.Root;
            using var hash = new SealHash(previous, from, to, entries.Count);
            foreach (var (position, entryHash) in entries) hash.Add(position, entryHash);
            var seal = new Seal((last?.No ?? 0) + 1, from, to, entries.Count, previous, hash.Finish(), clock.GetUtcNow().ToUnixTimeMilliseconds());
            await db.WriteAll(work => Write(work, seal));
        }
    }

    internal static Task<Seal?> Last(Work work) =>
        work.Find($"select {Columns} from event_seals order by seal_no desc limit 1", Read);

    internal const string Columns = "seal_no, from_position, to_position, entries, previous_hash, hash, sealed_at_ms";

    internal static Seal Read(Row row) => new(row.Long(), row.Long(), row.Long(), row.Long(), row.Bytes(), row.Bytes(), row.Long());

    private static Task<int> Write(Work work, Seal seal) => work.Execute(
        $"insert into event_seals ({Columns}) values (@no, @from, @to, @entries, @previous, @hash, @at) on conflict do nothing",
        ("no", seal.No), ("from", seal.From), ("to", seal.To), ("entries", seal.Entries), ("previous", seal.Previous), ("hash", seal.Hash), ("at", seal.AtMs));
}
