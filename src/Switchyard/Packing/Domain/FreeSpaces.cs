namespace Switchyard.Packing;

/// <summary>A piece of a box, from its lowest corner to its highest.</summary>
internal readonly record struct Space(int X1, int Y1, int Z1, int X2, int Y2, int Z2)
{
    public bool Meets(in Space other) =>
        X1 < other.X2 && other.X1 < X2 && Y1 < other.Y2 && other.Y1 < Y2 && Z1 < other.Z2 && other.Z1 < Z2;

    public bool Holds(in Space other) =>
        X1 <= other.X1 && Y1 <= other.Y1 && Z1 <= other.Z1 && other.X2 <= X2 && other.Y2 <= Y2 && other.Z2 <= Z2;
}

/// <summary>The empty room of a box as all of its largest empty cuboids, which may overlap.</summary>
internal sealed class FreeSpaces
{
    private Space[] _spaces;
    private readonly int _leastL, _leastW, _leastH;
    private List<Space>? _parts;

    public FreeSpaces(in Space whole, int leastL, int leastW, int leastH)
    {
        _spaces = new Space[24];
        _spaces[0] = whole;
        Count = 1;
        (_leastL, _leastW, _leastH) = (leastL, leastW, leastH);
    }

    private FreeSpaces(FreeSpaces from)
    {
        _spaces = from._spaces.AsSpan(0, Math.Max(from.Count + 8, 16) is var room && room < from._spaces.Length ? room : from._spaces.Length).ToArray();
        Count = from.Count;
        (_leastL, _leastW, _leastH) = (from._leastL, from._leastW, from._leastH);
    }

    public int Count { get; private set; }
    public ref readonly Space this[int at] => ref _spaces[at];
    public FreeSpaces Copy() => new(this);

    public void RemoveAt(int at)
    {
        Count--;
        Array.Copy(_spaces, at + 1, _spaces, at, Count - at);
    }

    /// <summary>Takes the room of something placed away. Pieces too small for any item are forgotten.</summary>
    public void Take(in Space taken)
    {
        var parts = _parts ??= new List<Space>(24);
        parts.Clear();
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            var s = _spaces[i];
            if (!s.Meets(taken))
            {
                _spaces[kept++] = s;
                continue;
            }
            if (taken.X1 > s.X1) Part(parts, s with { X2 = taken.X1 });
            if (taken.X2 < s.X2) Part(parts, s with { X1 = taken.X2 });
            if (taken.Y1 > s.Y1) Part(parts, s with { Y2 = taken.Y1 });
            if (taken.Y2 < s.Y2) Part(parts, s with { Y1 = taken.Y2 });
            if (taken.Z1 > s.Z1) Part(parts, s with { Z2 = taken.Z1 });
            if (taken.Z2 < s.Z2) Part(parts, s with { Z1 = taken.Z2 });
        }
        Count = kept;
        for (int i = 0; i < parts.Count; i++)
            if (!IsInside(parts, i, kept)) Add(parts[i]);
    }

    private void Part(List<Space> parts, in Space part)
    {
        if (part.X2 - part.X1 >= _leastL && part.Y2 - part.Y1 >= _leastW && part.Z2 - part.Z1 >= _leastH) parts.Add(part);
    }

    private bool IsInside(List<Space> parts, int at, int kept)
    {
        var part = parts[at];
        for (int i = 0; i < kept; i++) if (_spaces[i].Holds(part)) return true;
        for (int i = 0; i < parts.Count; i++)
            if (i != at && parts[i].Holds(part) && (parts[i] != part || i < at)) return true;
        return false;
    }

    private void Add(in Space space)
    {
        if (Count == _spaces.Length) Array.Resize(ref _spaces, Count * 2);
        _spaces[Count++] = space;
    }
}
