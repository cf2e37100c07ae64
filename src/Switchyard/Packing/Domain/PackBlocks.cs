namespace Switchyard.Packing;

/// <summary>One or more items joined without (much) air, placed as if they were one.</summary>
internal sealed class PackBlock
{
    public required int Length { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required long Filled { get; init; }
    public required long Grams { get; init; }
    public required bool HasFragile { get; init; }

    /// <summary>Which kinds of items it takes, and how many of each.</summary>
    public required int[] Kinds { get; init; }
    public required int[] Uses { get; init; }
    public required int Count { get; init; }

    // A grid of one kind, or two blocks side by side along an axis (0 length, 1 width, 2 height).
    public int GridL { get; init; }
    public int GridW { get; init; }
    public PackBlock? First { get; init; }
    public PackBlock? Second { get; init; }
    public int Axis { get; init; }
    public int UnitL { get; init; }
    public int UnitW { get; init; }
    public int UnitH { get; init; }

    public long Volume => (long)Length * Width * Height;

    public void Lay(int x, int y, int z, List<PackPlace> to)
    {
        if (First is not null && Second is not null)
        {
            First.Lay(x, y, z, to);
            Second.Lay(x + (Axis == 0 ? First.Length : 0), y + (Axis == 1 ? First.Width : 0), z + (Axis == 2 ? First.Height : 0), to);
            return;
        }
        for (int i = 0; i < Count; i++)
            to.Add(new PackPlace(Kinds[0], x + i % GridL * UnitL, y + i / GridL % GridW * UnitW, z + i / (GridL * GridW) * UnitH, UnitL, UnitW, UnitH));
    }
}

/// <summary>
/// The blocks that fit a box. Items that were cut from one piece are found together again: blocks whose faces match are
/// joined, and joined again, so a box that can be filled to the last corner by straight cuts is itself one of the blocks.
/// </summary>
/// <remarks>Source: Fanslau and Bortfeldt, A Tree Search Algorithm for Solving the Container Loading Problem (2010), guillotine blocks.</remarks>
internal sealed class PackBlocks
{
    private readonly Dictionary<(int, int, int), List<PackBlock>> _seen = [];
    private readonly Dictionary<(int Axis, int, int), List<PackBlock>> _byFace = [];
    private readonly PackItem[] _items;
    private readonly int _length, _width, _height, _most;
    private readonly long _mostGrams;

    public List<PackBlock> All { get; } = [];
    public bool IsFragile(int kind) => _items[kind].IsFragile;

    public PackBlocks(PackItem[] items, PackBox box, int most, double minFill, PackWork work)
    {
        (_items, _most) = (items, most);
        (_length, _width, _height, _mostGrams) = (box.LengthMm, box.WidthMm, box.HeightMm, box.MaxWeightGrams - box.EmptyGrams);
        for (int kind = 0; kind < items.Length; kind++) Grids(kind);
        int grids = All.Count;
        Join(work);
        if (minFill < 1) JoinLoosely(minFill, grids, work);
    }

    /// <summary>The ways an item may be turned.</summary>
    public static IEnumerable<(int L, int W, int H)> Turns(PackItem item)
    {
        var (l, w, h) = (item.LengthMm, item.WidthMm, item.HeightMm);
        var seen = new HashSet<(int, int, int)>();
        if (item.Edges.HasFlag(UprightEdges.Height) && seen.Add((l, w, h))) yield return (l, w, h);
        if (!item.TurnsOnFloor) yield break;
        if (item.Edges.HasFlag(UprightEdges.Height) && seen.Add((w, l, h))) yield return (w, l, h);
        if (item.Edges.HasFlag(UprightEdges.Width) && seen.Add((l, h, w))) yield return (l, h, w);
        if (item.Edges.HasFlag(UprightEdges.Width) && seen.Add((h, l, w))) yield return (h, l, w);
        if (item.Edges.HasFlag(UprightEdges.Length) && seen.Add((w, h, l))) yield return (w, h, l);
        if (item.Edges.HasFlag(UprightEdges.Length) && seen.Add((h, w, l))) yield return (h, w, l);
    }

    // Single items first, whatever the limit: without them an item might never be placed.
    private void Grids(int kind)
    {
        var item = _items[kind];
        if (item.WeightGrams > _mostGrams) return;
        long byWeight = item.WeightGrams > 0 ? _mostGrams / item.WeightGrams : int.MaxValue;
        int units = (int)Math.Min(item.Quantity, byWeight);
        foreach (var (l, w, h) in Turns(item))
            for (int nz = 1; nz * h <= _height && nz <= units && (nz == 1 || !item.IsFragile); nz++)
                for (int ny = 1; ny * w <= _width && ny * nz <= units; ny++)
                    for (int nx = 1; nx * l <= _length && nx * ny * nz <= units; nx++)
                    {
                        int count = nx * ny * nz;
                        if (count > 1 && All.Count >= _most) break;
                        Keep(new PackBlock
                        {
                            Length = nx * l, Width = ny * w, Height = nz * h, Filled = item.Volume * count, Grams = item.WeightGrams * count,
                            HasFragile = item.IsFragile, Kinds = [kind], Uses = [count], Count = count,
                            GridL = nx, GridW = ny, UnitL = l, UnitW = w, UnitH = h,
                        });
                    }
    }

    // Faces that match exactly: looked up, not searched. Blocks made on the way are joined in their turn.
    private void Join(PackWork work)
    {
        for (int at = 0; at < All.Count && All.Count < _most && !work.IsOver; at++)
            for (int axis = 0; axis < 3; axis++)
            {
                var block = All[at];
                var same = _byFace[FaceOf(block, axis)];
                int others = same.Count;
                work.Count(1 + others / 4);
                for (int i = 0; i < others && All.Count < _most; i++)
                {
                    Pair(block, same[i], axis, 1);
                    if (axis == 2) Pair(same[i], block, axis, 1);
                }
            }
    }

    // Faces that nearly match, for mixed loads; grids with everything.
    private void JoinLoosely(double minFill, int grids, PackWork work)
    {
        for (int at = 0; at < All.Count && All.Count < _most && !work.IsOver; at++)
        {
            int others = Math.Min(grids, All.Count);
            work.Count(others / 4);
            for (int i = 0; i < others && All.Count < _most; i++)
                for (int axis = 0; axis < 3; axis++)
                {
                    Pair(All[at], All[i], axis, minFill);
                    if (axis == 2) Pair(All[i], All[at], axis, minFill);
                }
        }
    }

    private void Pair(PackBlock a, PackBlock b, int axis, double minFill)
    {
        int l = axis == 0 ? a.Length + b.Length : Math.Max(a.Length, b.Length);
        int w = axis == 1 ? a.Width + b.Width : Math.Max(a.Width, b.Width);
        int h = axis == 2 ? a.Height + b.Height : Math.Max(a.Height, b.Height);
        if (l > _length || w > _width || h > _height || a.Grams + b.Grams > _mostGrams) return;
        if (axis == 2 && a.HasFragile) return;
        long filled = a.Filled + b.Filled;
        if (minFill < 1 && filled < minFill * l * w * h) return;
        if (Together(a, b) is not { } uses) return;
        Keep(new PackBlock
        {
            Length = l, Width = w, Height = h, Filled = filled, Grams = a.Grams + b.Grams, HasFragile = a.HasFragile || b.HasFragile,
            Kinds = uses.Kinds, Uses = uses.Counts, Count = a.Count + b.Count, First = a, Second = b, Axis = axis,
        });
    }

    private (int[] Kinds, int[] Counts)? Together(PackBlock a, PackBlock b)
    {
        Span<int> kinds = stackalloc int[a.Kinds.Length + b.Kinds.Length], counts = stackalloc int[kinds.Length];
        int n = 0, i = 0, k = 0;
        while (i < a.Kinds.Length || k < b.Kinds.Length)
        {
            bool fromA = k == b.Kinds.Length || i < a.Kinds.Length && a.Kinds[i] <= b.Kinds[k];
            bool fromB = i == a.Kinds.Length || k < b.Kinds.Length && b.Kinds[k] <= a.Kinds[i];
            kinds[n] = fromA ? a.Kinds[i] : b.Kinds[k];
            counts[n] = (fromA ? a.Uses[i++] : 0) + (fromB ? b.Uses[k++] : 0);
            if (counts[n] > _items[kinds[n]].Quantity) return null;
            n++;
        }
        return (kinds[..n].ToArray(), counts[..n].ToArray());
    }

    // Of two blocks of the same sizes with the same items one is enough; the one without a fragile item below its top is worth no more.
    private void Keep(PackBlock block)
    {
        var sizes = (block.Length, block.Width, block.Height);
        if (!_seen.TryGetValue(sizes, out var alike)) _seen[sizes] = alike = [];
        foreach (var other in alike)
            if (other.Kinds.AsSpan().SequenceEqual(block.Kinds) && other.Uses.AsSpan().SequenceEqual(block.Uses)) return;
        alike.Add(block);
        All.Add(block);
        for (int axis = 0; axis < 3; axis++)
        {
            var face = FaceOf(block, axis);
            if (!_byFace.TryGetValue(face, out var same)) _byFace[face] = same = [];
            same.Add(block);
        }
    }

    private static (int, int, int) FaceOf(PackBlock block, int axis) => axis switch
    {
        0 => (0, block.Width, block.Height),
        1 => (1, block.Length, block.Height),
        _ => (2, block.Length, block.Width),
    };
}
