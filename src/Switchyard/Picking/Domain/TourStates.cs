namespace Switchyard.Picking;

/// <summary>
/// What of a part of a tour matters for how it may go on: for each crossing of one aisle with the cross-aisles, whether it is touched, whether by an
/// odd number of ways, and which of them hang together. The states and the moves between them depend on the number of cross-aisles only, so they are
/// worked out once for each.
/// </summary>
/// <remarks>
/// Source: Ratliff and Rosenthal, Order-picking in a rectangular warehouse, Operations Research 31 (1983), for one block;
/// Pansart, Catusse and Cambazard, Exact algorithms for the order picking problem, Computers and Operations Research 100 (2018), for several.
/// </remarks>
internal sealed class TourStates
{
    private static readonly Lazy<TourStates>[] Known = [.. Enumerable.Range(0, PickTours.MostExactBlocks + 2).Select(n => new Lazy<TourStates>(() => new TourStates(n)))];

    private readonly List<ulong> _codes = [0];
    private readonly Dictionary<ulong, int> _numbers = new() { [0] = 0 };
    private readonly int _points;

    private TourStates(int points)
    {
        _points = points;
        var rows = new List<int[]>();
        for (int s = 0; s < _codes.Count; s++) rows.Add(Row(_codes[s]));
        Count = _codes.Count;
        Once = Table(rows, 0);
        Twice = Table(rows, 1);
        Loop = Table(rows, 2);
        Leave = Table(rows, 3);
        Ways = [.. Enumerable.Range(0, points).Select(k => _codes.Select(c => Part(c, k) == 0 ? 0 : 2 - (Part(c, k) & 1)).ToArray())];
        IsWhole = [.. _codes.Select(c => Enumerable.Range(0, points).All(k => Part(c, k) is 0 or 2) && c != 0)];
    }

    public int Count { get; }

    /// <summary>By crossing and state, the state after the way from this crossing to the one behind it is walked once; -1 when it cannot be.</summary>
    public int[][] Once { get; }

    /// <inheritdoc cref="Once"/>
    public int[][] Twice { get; }

    /// <summary>The state after a walk from this crossing into the aisle and back.</summary>
    public int[][] Loop { get; }

    /// <summary>The state of the next aisle when nothing goes over to it on this cross-aisle.</summary>
    public int[][] Leave { get; }

    /// <summary>How often the way to the next aisle is walked on this cross-aisle when something goes over: 0, 1 or 2.</summary>
    public int[][] Ways { get; }

    /// <summary>Everything hangs together and can be walked as one round.</summary>
    public bool[] IsWhole { get; }

    public static TourStates Of(int crossAisles) => Known[crossAisles].Value;

    private int[][] Table(List<int[]> rows, int kind) =>
        [.. Enumerable.Range(0, _points).Select(k => rows.Select(r => r[kind * _points + k]).ToArray())];

    private int[] Row(ulong code)
    {
        int[] row = new int[4 * _points];
        for (int k = 0; k < _points; k++)
        {
            row[k] = k + 1 < _points ? Number(Join(code, k, 1)) : -1;
            row[_points + k] = k + 1 < _points ? Number(Join(code, k, 0)) : -1;
            row[2 * _points + k] = Number(Part(code, k) == 0 ? With(code, k, 14) : code);
            row[3 * _points + k] = Left(code, k) is { } left ? Number(left) : -1;
        }
        return row;
    }

    // Four bits a crossing: three for the piece it belongs to (0: untouched), one for an odd number of ways.
    private static int Part(ulong code, int k) => (int)(code >> (4 * k)) & 15;

    private static ulong With(ulong code, int k, int part) => code & ~(15UL << (4 * k)) | (ulong)part << (4 * k);

    private ulong Join(ulong code, int k, int odd)
    {
        int low = Part(code, k), high = Part(code, k + 1);
        // 7 names a piece of its own until the pieces are numbered anew.
        int piece = low != 0 ? low >> 1 : high != 0 ? high >> 1 : 7;
        code = With(With(code, k, piece << 1 | (low & 1) ^ odd), k + 1, piece << 1 | (high & 1) ^ odd);
        if (low != 0 && high != 0 && high >> 1 != piece)
            for (int i = 0; i < _points; i++) if (i != k + 1 && Part(code, i) >> 1 == high >> 1) code = With(code, i, piece << 1 | Part(code, i) & 1);
        return code;
    }

    private ulong? Left(ulong code, int k)
    {
        int part = Part(code, k);
        if (part == 0) return code;
        if ((part & 1) == 1) return null;
        for (int i = 0; i < _points; i++) if (i != k && Part(code, i) >> 1 == part >> 1) return With(code, k, 0);
        return null;
    }

    private int Number(ulong code)
    {
        Span<int> names = stackalloc int[8];
        int next = 0;
        ulong named = 0;
        for (int k = 0; k < _points; k++)
        {
            int part = Part(code, k);
            if (part == 0) continue;
            if (names[part >> 1] == 0) names[part >> 1] = ++next;
            named = With(named, k, names[part >> 1] << 1 | part & 1);
        }
        if (!_numbers.TryGetValue(named, out int number))
        {
            number = _codes.Count;
            _numbers[named] = number;
            _codes.Add(named);
        }
        return number;
    }
}
