using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>
/// Recomputes every seal from the entries in its range, so that an entry changed, removed, added, moved or cut off under a
/// seal is found; and finds in the database each head the outside anchor was given, so that cutting off seals is found too.
/// </summary>
public static class CheckSeals
{
    private const int Slice = 5_000;

    public static readonly BooksCheck Check = new("events.seals", db => db.ReadAll(Run, snapshot: true));

    public static BooksCheck AnchorCheck(AnchorFile anchor) => new("events.anchor", db => db.ReadAll(work => RunAnchor(work, anchor)));

    internal static async Task<CheckResult> Run(Work work)
    {
        var faults = new Faults();
        var entries = new EntryWalk(work);
        var last = new Seal(0, 0, 0, 0, [], EventHash.Root, 0);
        while (true)
        {
            var seals = await work.Query($"select {SealLog.Columns} from event_seals where seal_no > @after order by seal_no limit @limit", SealLog.Read,
                ("after", last.No), ("limit", Slice));
            foreach (var seal in seals)
            {
                await Recompute(last, seal, entries, faults);
                last = seal;
            }
            if (seals.Count < Slice) return faults.Of(last.No);
        }
    }

    internal static async Task<CheckResult> RunAnchor(Work work, AnchorFile anchor)
    {
        var faults = new Faults();
        long counted = 0;
        if (anchor.Path is { } path && !File.Exists(path) && await SealLog.Last(work) is not null)
            faults.Add($"The anchor file {path} is missing, though the log has been sealed.");
        foreach (var lines in anchor.Read().Chunk(Slice))
        {
            counted += lines.Length;
            var known = (await work.Query($"select s.seal_no, s.to_position, s.hash from @rows r join event_seals s on s.seal_no = r.no",
                Rows.Of(lines.Select(l => l.Seal).Distinct().ToList()).Long("no", no => no),
                row => (No: row.Long(), To: row.Long(), Hash: row.Bytes()))).ToDictionary(s => s.No);
            foreach (var line in lines)
            {
                if (line.Hash.Length == 0) faults.Add($"Line {line.Number} of the anchor file cannot be read.");
                else if (!known.TryGetValue(line.Seal, out var seal))
                    faults.Add($"Seal {line.Seal} up to position {line.To}, which the anchor file names, is not in the database: the end of the log was cut off, or an older backup was put back.");
                else if (seal.To != line.To || !CheckChain.Equal(seal.Hash, line.Hash))
                    faults.Add($"Seal {line.Seal} is not the one that the anchor file names: the log was rewritten up to position {line.To} or further.");
            }
        }
        return faults.Of(counted);
    }

    private static async Task Recompute(Seal last, Seal seal, EntryWalk entries, Faults faults)
    {
        string what = $"Seal {seal.No} (positions {seal.From} to {seal.To})";
        if (seal.No != last.No + 1) faults.Add($"Seals {last.No + 1} to {seal.No - 1} are missing.");
        else if (!CheckChain.Equal(seal.Previous, last.Hash)) faults.Add($"{what} does not follow the seal before it.");
        if (seal.No == last.No + 1 && seal.From != last.To + 1) faults.Add($"{what} does not begin where the seal before it ends.");

        using var hash = new SealHash(seal.Previous, seal.From, seal.To, seal.Entries);
        long there = 0;
        await entries.SkipBelow(seal.From);
        while (await entries.Peek() is { } entry && entry.Position <= seal.To)
        {
            hash.Add(entry.Position, entry.Hash);
            there++;
            entries.Advance();
        }
        if (there != seal.Entries) faults.Add($"{what} was made over {seal.Entries} entries; {there} are there.");
        else if (!CheckChain.Equal(hash.Finish(), seal.Hash)) faults.Add($"{what} does not fit its entries: one was changed, replaced or moved, or the seal was.");
    }

    /// <summary>Positions and hashes of the whole log, a slice in memory at a time.</summary>
    private sealed class EntryWalk(Work work)
    {
        private List<(long Position, byte[] Hash)> _slice = [];
        private int _next;
        private long _last;
        private bool _isEnd;

        public async Task<(long Position, byte[] Hash)?> Peek()
        {
            if (_next == _slice.Count && !_isEnd)
            {
                _slice = await work.Query("select position, hash from events /* house */ where position > @after order by position limit @limit",
                    row => (row.Long(), row.Bytes()), ("after", _last), ("limit", Slice));
                _isEnd = _slice.Count < Slice;
                _next = 0;
                if (_slice.Count > 0) _last = _slice[^1].Position;
            }
            return _next < _slice.Count ? _slice[_next] : null;
        }

        public void Advance() => _next++;

        public async Task SkipBelow(long position)
        {
            while (await Peek() is { } entry && entry.Position < position) Advance();
        }
    }
}
