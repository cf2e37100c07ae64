namespace Switchyard.Picking;

/// <summary>
/// Chooses aisles by exchange with a falling temperature, one number of aisles after the other around the best; orders are filled in greedily,
/// by units for each unit of what is scarce, and the choice of orders is improved by itself (<see cref="WaveOrderSearch"/>).
/// </summary>
internal sealed class WaveSearch
{
    private const int MostSeeds = 60, MostQuiet = 250;

    private readonly WaveProblem _problem;
    private readonly Func<bool> _isOver;
    private readonly int[] _holders, _demand;
    private readonly int[] _useful;
    private readonly long[] _mostOf;
    private readonly List<(int Aisle, int Units)>[] _lying;
    private readonly Dictionary<int, Found> _byCount = [];
    private Dice _dice = new(7);
    private WaveOrders _orders;
    private Found? _best;

    private sealed record Found(int[] Aisles, long Units, IReadOnlyList<int>? Orders = null);

    public WaveSearch(WaveProblem problem, Func<bool> isOver)
    {
        (_problem, _isOver) = (problem, isOver);
        _holders = new int[problem.Items];
        _demand = new int[problem.Items];
        int[] all = new int[problem.Items];
        foreach (var aisle in problem.Aisles) foreach (var lying in aisle) { _holders[lying.Item]++; all[lying.Item] += lying.Units; }
        _lying = [.. Enumerable.Range(0, problem.Items).Select(_ => new List<(int, int)>())];
        for (int a = 0; a < problem.Aisles.Count; a++) foreach (var lying in problem.Aisles[a]) _lying[lying.Item].Add((a, lying.Units));
        int[] possible = [.. Enumerable.Range(0, problem.Orders.Count)
            .Where(o => problem.Orders[o].All(l => l.Units <= all[l.Item]) && problem.Orders[o].Sum(l => (long)l.Units) is var units && units > 0 && units <= problem.Upper)];
        foreach (int o in possible) foreach (var line in problem.Orders[o]) _demand[line.Item] += line.Units;
        _useful = [.. problem.Aisles.Select(a => a.Sum(l => Math.Min(l.Units, _demand[l.Item])))];
        _mostOf = new long[problem.Aisles.Count + 1];
        int[] sorted = [.. _useful.OrderDescending()];
        for (int k = 0; k < sorted.Length; k++) _mostOf[k + 1] = _mostOf[k] + sorted[k];
        _orders = new WaveOrders(problem, [.. possible.OrderByDescending(o => problem.Orders[o].Sum(l => l.Units)).ThenBy(o => problem.Orders[o].Count)], _holders);
    }

    public WaveChoice Solve()
    {
        TakeAway();
        BuildUp();
        for (int seed = 0; seed < MostSeeds && seed < _problem.Orders.Count && _orders.Steps < 40_000_000 && !_isOver(); seed++) GrowFrom(_orders.Sequence);
        for (int quiet = 0; quiet < MostQuiet && !_isOver() && NextCount(quiet) is { } count;)
        {
            double before = Value(_best);
            Exchange(count, rounds: 2000 + 40 * _problem.Aisles.Count);
            Refine(count);
            quiet = Value(_best) > before ? 0 : quiet + 1;
        }
        return _best is { } best
            ? new WaveChoice([.. best.Orders!.Order()], [.. best.Aisles.Order()], best.Units, BoundOver(best))
            : new WaveChoice([], [], 0, 0);
    }

    // From all aisles, always the one away whose going costs the fewest units.
    private void TakeAway()
    {
        var inside = Enumerable.Range(0, _problem.Aisles.Count).Where(a => _useful[a] > 0).ToList();
        int[] stock = Stock(inside), used = new int[_problem.Items];
        while (inside.Count > 0 && !_isOver())
        {
            Array.Clear(used);
            var taken = _orders.Taken(stock, _problem.Upper, used);
            Keep([.. inside], taken.Sum(Units), taken);
            int worst = inside.MinBy(a => (_problem.Aisles[a].Sum(l => Math.Max(0, used[l.Item] - (stock[l.Item] - l.Units))), _useful[a]));
            inside.Remove(worst);
            Put(stock, worst, -1);
        }
    }

    // From none, always the one in that brings the most units, or else the most of what is wanted.
    private void BuildUp()
    {
        var inside = new List<int>();
        int[] stock = new int[_problem.Items];
        int most = Math.Min(_problem.Aisles.Count, _best is null ? 60 : 2 * _best.Aisles.Length + 3);
        while (inside.Count < most && !_isOver())
        {
            int best = -1;
            (long, long) gain = (-1, -1);
            foreach (int a in Enumerable.Range(0, _problem.Aisles.Count).Where(a => _useful[a] > 0).Except(inside).ToList())
            {
                long wanted = _problem.Aisles[a].Sum(l => (long)Math.Max(0, Math.Min(l.Units, _demand[l.Item] - stock[l.Item])));
                Put(stock, a, 1);
                var brings = (_orders.Units(stock, _problem.Upper), wanted);
                Put(stock, a, -1);
                if (brings.CompareTo(gain) > 0) (best, gain) = (a, brings);
            }
            if (best < 0) return;
            inside.Add(best);
            Put(stock, best, 1);
            Keep([.. inside], gain.Item1, null);
        }
    }

    // From one order, always the aisles in that another order lacks: the order with the most units for each aisle.
    private void GrowFrom(int[] orders)
    {
        if (orders.Length == 0) return;
        int[] stock = new int[_problem.Items];
        bool[] isIn = new bool[_problem.Aisles.Count];
        var inside = new List<int>();
        int next = orders[_dice.Below(orders.Length)];
        long enough = 0;
        while (next >= 0 && enough < _problem.Upper && !_isOver())
        {
            foreach (int a in Lacking(next, stock, isIn)!)
            {
                isIn[a] = true;
                inside.Add(a);
                Put(stock, a, 1);
            }
            Keep([.. inside], enough = _orders.Units(stock, _problem.Upper), null);
            if (_best is not null && inside.Count > 3 * _best.Aisles.Length + 5) return;
            next = Cheapest(orders, stock, isIn);
        }
    }

    private int Cheapest(int[] orders, int[] stock, bool[] isIn)
    {
        // A part of the orders is enough to choose from.
        int many = Math.Min(orders.Length, 400), from = _dice.Below(orders.Length), best = -1;
        double most = 0;
        for (int i = 0; i < many; i++)
        {
            int order = orders[(from + i) % orders.Length];
            if (Lacking(order, stock, isIn) is not { Count: > 0 } lacking) continue;
            double gain = (double)Units(order) / lacking.Count;
            if (gain > most) (best, most) = (order, gain);
        }
        return best;
    }

    // Aisles that bring what an order lacks, each time the one with most of it.
    private List<int>? Lacking(int order, int[] stock, bool[] isIn)
    {
        var lacks = _problem.Orders[order].Where(l => stock[l.Item] < l.Units).ToDictionary(l => l.Item, l => l.Units - stock[l.Item]);
        var chosen = new List<int>();
        while (lacks.Count > 0)
        {
            var brings = new Dictionary<int, int>();
            foreach (var (item, units) in lacks)
                foreach (var (aisle, lying) in _lying[item])
                    if (!isIn[aisle] && !chosen.Contains(aisle)) brings[aisle] = brings.GetValueOrDefault(aisle) + Math.Min(units, lying);
            if (brings.Count == 0) return null;
            int best = brings.MaxBy(b => (b.Value, _useful[b.Key])).Key;
            chosen.Add(best);
            foreach (var lying in _problem.Aisles[best])
                if (lacks.TryGetValue(lying.Item, out int left) && (lacks[lying.Item] = left - lying.Units) <= 0) lacks.Remove(lying.Item);
        }
        return chosen;
    }

    // Around the best number of aisles the nearer more often; numbers that cannot win are left out.
    private int? NextCount(int quiet)
    {
        int middle = _best?.Aisles.Length ?? _byCount.OrderByDescending(f => f.Value.Units).Select(f => f.Key).FirstOrDefault(1);
        if (quiet == 0 && CanWin(middle)) return middle;
        for (int tries = 0; tries < 40; tries++)
        {
            int away = (int)((_dice.Share() + _dice.Share() - 1) * (2 + Math.Min(tries, 3) + middle / 10));
            int count = _dice.Below(4) == 0 ? 1 + _dice.Below(Math.Min(_problem.Aisles.Count, 3 * middle + 5)) : middle + away;
            if (CanWin(count)) return count;
        }
        return Enumerable.Range(1, _problem.Aisles.Count).Where(CanWin).OrderBy(k => Math.Abs(k - middle)).Select(k => (int?)k).FirstOrDefault();
    }

    private bool CanWin(int count) => count >= 1 && count <= _problem.Aisles.Count
        && _mostOf[count] >= _problem.Lower && Math.Min(_problem.Upper, _mostOf[count]) > Value(_best) * count + 1e-9;

    private void Exchange(int count, int rounds)
    {
        var start = Start(count);
        bool[] isIn = new bool[_problem.Aisles.Count];
        foreach (int a in start) isIn[a] = true;
        int[] inside = [.. start], outside = [.. Enumerable.Range(0, isIn.Length).Where(a => !isIn[a] && _useful[a] > 0)];
        if (outside.Length == 0 || inside.Length == 0) return;
        int[] stock = Stock(inside);
        long units = _orders.Units(stock, _problem.Upper), best = units;
        double heat = Math.Max(1, units * 0.02);
        for (int round = 0; round < rounds && !_isOver(); round++)
        {
            heat *= 1 - 5.0 / rounds;
            int leaves = _dice.Below(inside.Length), enters = Better(outside);
            Put(stock, inside[leaves], -1);
            Put(stock, outside[enters], 1);
            long now = _orders.Units(stock, _problem.Upper);
            if (now >= units || _dice.Share() < Math.Exp((now - units) / heat))
            {
                units = now;
                (inside[leaves], outside[enters]) = (outside[enters], inside[leaves]);
                if (units > best) Keep([.. inside], best = units, null);
                if (units == _problem.Upper) return;
            }
            else
            {
                Put(stock, outside[enters], -1);
                Put(stock, inside[leaves], 1);
            }
        }
    }

    private int Better(int[] outside)
    {
        int one = _dice.Below(outside.Length), other = _dice.Below(outside.Length);
        return _dice.Below(3) > 0 && _useful[outside[other]] > _useful[outside[one]] ? other : one;
    }

    private int[] Start(int count)
    {
        if (_byCount.TryGetValue(count, out var known)) return known.Aisles;
        var near = _byCount.Values.MinBy(f => Math.Abs(f.Aisles.Length - count));
        var aisles = (near?.Aisles ?? []).Take(count).ToList();
        aisles.AddRange(Enumerable.Range(0, _useful.Length).Except(aisles).OrderByDescending(a => _useful[a]).Take(count - aisles.Count));
        return [.. aisles];
    }

    // Orders for the best aisles of this number, and from what is scarce in them a better sequence for the next exchanges.
    private void Refine(int count)
    {
        if (!_byCount.TryGetValue(count, out var found)) return;
        int[] stock = Stock(found.Aisles);
        var learnt = new WaveOrders(_problem, WaveOrderSearch.ByScarcity(_problem, _orders.Sequence, stock), _holders);
        if (learnt.Units(stock, _problem.Upper) >= _orders.Units(stock, _problem.Upper)) _orders = learnt;
        var search = new WaveOrderSearch(_problem, stock, _orders.Taken(stock, _problem.Upper), _isOver);
        var orders = search.Improve(rounds: 20_000, ref _dice);
        Keep(found.Aisles, orders.Sum(Units), orders);
    }

    private void Keep(int[] aisles, long units, IReadOnlyList<int>? orders)
    {
        if (!_byCount.TryGetValue(aisles.Length, out var known) || known.Units < units) _byCount[aisles.Length] = new Found(aisles, units, orders);
        if (units < _problem.Lower || units == 0 || (double)units / aisles.Length <= Value(_best)) return;
        _best = new Found(aisles, units, orders ?? _orders.Taken(Stock(aisles), _problem.Upper));
    }

    // What the best of the aisles could give at any number of them.
    private double BoundOver(Found best)
    {
        double bound = Value(best);
        for (int k = 1; k < _mostOf.Length; k++)
            if (_mostOf[k] >= _problem.Lower) bound = Math.Max(bound, (double)Math.Min(_problem.Upper, _mostOf[k]) / k);
        return bound;
    }

    private static double Value(Found? found) => found is null ? 0 : (double)found.Units / found.Aisles.Length;

    private long Units(int order) => _problem.Orders[order].Sum(l => (long)l.Units);

    private int[] Stock(IEnumerable<int> aisles)
    {
        int[] stock = new int[_problem.Items];
        foreach (int a in aisles) Put(stock, a, 1);
        return stock;
    }

    private void Put(int[] stock, int aisle, int sign)
    {
        foreach (var lying in _problem.Aisles[aisle]) stock[lying.Item] += sign * lying.Units;
    }
}
