namespace Switchyard.Packing;

/// <summary>The blocks of one box, each with its worth and what stays usable beside it.</summary>
internal sealed class BoxBook
{
    private readonly int[][] _reach = new int[3][];

    public PackBox Box { get; }
    public PackBlocks Blocks { get; }

    public BoxBook(PackItem[] items, PackBox box, int mostBlocks, double minFill, PackWork work)
    {
        (Box, Blocks) = (box, new PackBlocks(items, box, mostBlocks, minFill, work));
        int[] sizes = [box.LengthMm, box.WidthMm, box.HeightMm];
        var turns = items.SelectMany(PackBlocks.Turns).ToArray();
        for (int axis = 0; axis < 3; axis++)
        {
            int[] edges = [.. turns.Select(t => axis == 0 ? t.L : axis == 1 ? t.W : t.H).Where(e => e <= sizes[axis]).Distinct().Order()];
            _reach[axis] = Reach(edges, sizes[axis]);
            work.Count(sizes[axis] / 16);
        }
    }

    /// <summary>The most of a gap that edges of items laid end to end can use.</summary>
    public int Usable(int axis, int gap) => _reach[axis][gap];

    private static int[] Reach(int[] edges, int size)
    {
        var best = new int[size + 1];
        var can = new bool[size + 1];
        can[0] = true;
        for (int at = 1; at <= size; at++)
        {
            foreach (int edge in edges)
            {
                if (edge > at) break;
                if (!can[at - edge]) continue;
                can[at] = true;
                break;
            }
            best[at] = can[at] ? at : best[at - 1];
        }
        return best;
    }
}

/// <summary>What one filling of a box came to.</summary>
internal sealed record Filling(long Worth, int[] Left, IReadOnlyList<PackPlace> Places)
{
    public bool IsAll => Left.All(n => n == 0);
}

/// <summary>
/// Fills one box with the most worth: blocks are set into corners of the largest empty spaces; a beam of partly filled boxes is
/// kept, each judged by what a quick completion of it reaches, and widened for as long as the budget allows.
/// </summary>
/// <remarks>Source: Araya and Riff, A beam search approach to the container loading problem (2014); spaces and corners after Zhu and Lim (2012).</remarks>
internal sealed class BoxFiller
{
    private readonly BoxBook _book;
    private readonly PackWork _work;
    private readonly PackBox _box;
    private readonly List<Candidate> _known;
    private readonly Candidate[]?[] _bySense = new Candidate[3][];
    private Candidate[] _blocks = [];
    private readonly int _leastL, _leastW, _leastH;
    private readonly int[] _left;
    private readonly long _all;
    private bool _fromFloor;
    private State? _best;

    private readonly record struct Candidate(PackBlock Block, long Worth, double Score);
    private sealed record Laid(PackBlock Block, int X, int Y, int Z, Laid? Before);

    private sealed class State(FreeSpaces spaces, int[] left, long grams, long worth, Laid? last)
    {
        public FreeSpaces Spaces { get; } = spaces;
        public int[] Left { get; } = left;
        public long Grams { get; set; } = grams;
        public long Worth { get; set; } = worth;
        public Laid? Last { get; set; } = last;
        public State Copy() => new(Spaces.Copy(), (int[])Left.Clone(), Grams, Worth, Last);
    }

    /// <param name="left">How many of each item may be taken.</param>
    /// <param name="worths">What a unit of each item is worth here.</param>
    public BoxFiller(BoxBook book, int[] left, long[] worths, PackWork work)
    {
        (_book, _box, _left, _work) = (book, book.Box, left, work);
        _known = new List<Candidate>(book.Blocks.All.Count);
        (_leastL, _leastW, _leastH) = (int.MaxValue, int.MaxValue, int.MaxValue);
        foreach (var block in book.Blocks.All)
        {
            if (!Has(left, block)) continue;
            long worth = 0;
            for (int i = 0; i < block.Kinds.Length; i++) worth += worths[block.Kinds[i]] * block.Uses[i];
            _known.Add(new Candidate(block, worth, 0));
            if (block.Count > 1) continue;
            (_leastL, _leastW, _leastH) = (Math.Min(_leastL, block.Length), Math.Min(_leastW, block.Width), Math.Min(_leastH, block.Height));
        }
        _all = left.Select((n, i) => n * worths[i]).Sum();
        work.Count(book.Blocks.All.Count / 2);
    }

    /// <summary>The best filling found. Ends when everything is in, or after about this many steps.</summary>
    public Filling Fill(long steps)
    {
        long end = _work.Spent + steps;
        foreach (var way in Ways)
        {
            Choose(way);
            Complete(Start());
            if (IsDone) return Result();
        }
        for (int width = 1; width <= 64 && !_work.IsOver && _work.Spent < end; width *= 2)
            foreach (var way in Ways)
            {
                Choose(way);
                Beam(width, Math.Max(3, width), end);
                if (IsDone) return Result();
            }
        return Result();
    }

    private enum Sense { ManyAtOnce, BiggestUnit, WidestUnit }

    private static readonly (bool FromFloor, Sense Sense)[] Ways =
        [(true, Sense.ManyAtOnce), (false, Sense.ManyAtOnce), (true, Sense.BiggestUnit), (true, Sense.WidestUnit), (false, Sense.BiggestUnit)];

    private void Choose((bool FromFloor, Sense Sense) way)
    {
        _fromFloor = way.FromFloor;
        _blocks = _bySense[(int)way.Sense] ??= [.. _known.Select(c => c with { Score = ScoreOf(c, way.Sense) }).OrderByDescending(c => c.Score)];
        _work.Count(_known.Count / 4);
    }

    private static double ScoreOf(in Candidate c, Sense sense) => sense switch
    {
        Sense.ManyAtOnce => c.Worth / Math.Sqrt(Math.Sqrt(c.Block.Count)),
        Sense.BiggestUnit => (double)c.Worth / c.Block.Count,
        _ => (double)c.Block.Length * c.Block.Width * c.Worth / c.Block.Filled / c.Block.Count,
    };

    private bool IsDone => _best!.Worth == _all;

    private Filling Result()
    {
        var places = new List<PackPlace>();
        for (var laid = _best!.Last; laid is not null; laid = laid.Before) laid.Block.Lay(laid.X, laid.Y, laid.Z, places);
        return new Filling(_best.Worth, _best.Left, places);
    }

    private State Start() =>
        new(new FreeSpaces(new Space(0, 0, 0, _box.LengthMm, _box.WidthMm, _box.HeightMm), _leastL, _leastW, _leastH),
            (int[])_left.Clone(), _box.MaxWeightGrams - _box.EmptyGrams, 0, null);

    private void Beam(int width, int branches, long end)
    {
        var beam = new List<State> { Start() };
        var next = new List<(State State, long Reached, long Worth)>();
        var picks = new (int Block, double Score)[branches];
        while (beam.Count > 0 && !_work.IsOver && _work.Spent < end)
        {
            next.Clear();
            foreach (var state in beam)
            {
                int found = Pick(state, picks, out int space);
                for (int i = 0; i < found; i++)
                {
                    var child = state.Copy();
                    Set(child, space, _blocks[picks[i].Block]);
                    long reached = Complete(child.Copy());
                    if (IsDone) return;
                    if (!next.Exists(n => n.Reached == reached && n.Worth == child.Worth)) next.Add((child, reached, child.Worth));
                }
            }
            beam = [.. next.OrderByDescending(n => n.Reached).ThenByDescending(n => n.Worth).Take(width).Select(n => n.State)];
        }
    }

    private long Complete(State state)
    {
        var pick = new (int Block, double Score)[1];
        while (Pick(state, pick, out int space) > 0) Set(state, space, _blocks[pick[0].Block]);
        if (_best is null || state.Worth > _best.Worth) _best = state;
        return state.Worth;
    }

    // The first space that anything fits into, and the best blocks for it; spaces nothing fits into are dropped.
    private int Pick(State state, (int Block, double Score)[] picks, out int space)
    {
        while ((space = Choose(state.Spaces)) >= 0)
        {
            int found = BestFor(state, state.Spaces[space], picks);
            if (found > 0) return found;
            state.Spaces.RemoveAt(space);
        }
        return 0;
    }

    private int Choose(FreeSpaces spaces)
    {
        int best = -1;
        long least = long.MaxValue;
        for (int i = 0; i < spaces.Count; i++)
        {
            ref readonly var s = ref spaces[i];
            long a = Math.Min(s.X1, _box.LengthMm - s.X2), b = Math.Min(s.Y1, _box.WidthMm - s.Y2), c = s.Z1;
            if (a > b) (a, b) = (b, a);
            long far;
            if (_fromFloor) far = (c << 40) + (a + b << 20);
            else
            {
                if (b > c) (b, c) = (c, b);
                if (a > b) (a, b) = (b, a);
                far = (a << 42) + (b << 21) + c;
            }
            if (far > least) continue;
            if (far == least && best >= 0 && Size(spaces[best]) >= Size(s)) continue;
            (best, least) = (i, far);
        }
        _work.Count(1 + spaces.Count / 4);
        return best;
    }

    private static long Size(in Space s) => (long)(s.X2 - s.X1) * (s.Y2 - s.Y1) * (s.Z2 - s.Z1);

    private int BestFor(State state, in Space s, (int Block, double Score)[] picks)
    {
        int l = s.X2 - s.X1, w = s.Y2 - s.Y1, h = s.Z2 - s.Z1, found = 0, looked = 0;
        double whole = (double)l * w * h;
        bool isOpen = s.Z2 == _box.HeightMm;
        for (int i = 0; i < _blocks.Length; i++)
        {
            ref readonly var candidate = ref _blocks[i];
            looked++;
            if (found == picks.Length && candidate.Score <= picks[found - 1].Score) break;
            var block = candidate.Block;
            if (block.Length > l || block.Width > w || block.Height > h || block.Grams > state.Grams) continue;
            if (block.HasFragile && !isOpen || !Has(state.Left, block)) continue;
            double used = (double)(block.Length + _book.Usable(0, l - block.Length)) * (block.Width + _book.Usable(1, w - block.Width))
                * (block.HasFragile ? block.Height : block.Height + _book.Usable(2, h - block.Height)) / whole;
            double score = candidate.Score * used * used;
            if (found == picks.Length && score <= picks[found - 1].Score) continue;
            int at = found < picks.Length ? found++ : found - 1;
            while (at > 0 && picks[at - 1].Score < score) picks[at] = picks[--at];
            picks[at] = (i, score);
        }
        _work.Count(1 + looked / 8);
        return found;
    }

    private static bool Has(int[] left, PackBlock block)
    {
        for (int i = 0; i < block.Kinds.Length; i++) if (left[block.Kinds[i]] < block.Uses[i]) return false;
        return true;
    }

    // In the corner of the space that is nearest to an upright edge of the box.
    private void Set(State state, int space, in Candidate candidate)
    {
        var s = state.Spaces[space];
        var block = candidate.Block;
        int x = s.X1 <= _box.LengthMm - s.X2 ? s.X1 : s.X2 - block.Length;
        int y = s.Y1 <= _box.WidthMm - s.Y2 ? s.Y1 : s.Y2 - block.Width;
        _work.Count(1 + state.Spaces.Count / 2);
        state.Spaces.Take(new Space(x, y, s.Z1, x + block.Length, y + block.Width, s.Z1 + block.Height));
        if (block.HasFragile) KeepFreeAbove(state.Spaces, block, x, y, s.Z1);
        for (int i = 0; i < block.Kinds.Length; i++) state.Left[block.Kinds[i]] -= block.Uses[i];
        state.Grams -= block.Grams;
        state.Worth += candidate.Worth;
        state.Last = new Laid(block, x, y, s.Z1, state.Last);
    }

    private void KeepFreeAbove(FreeSpaces spaces, PackBlock block, int x, int y, int z)
    {
        if (z + block.Height == _box.HeightMm) return;
        var places = new List<PackPlace>();
        block.Lay(x, y, z, places);
        foreach (var p in places)
            if (_book.Blocks.IsFragile(p.Item))
                spaces.Take(new Space(p.X, p.Y, p.Z + p.HeightMm, p.X + p.LengthMm, p.Y + p.WidthMm, _box.HeightMm));
    }
}
