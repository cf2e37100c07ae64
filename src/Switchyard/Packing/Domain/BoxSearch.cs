namespace Switchyard.Packing;

/// <summary>Chooses boxes for all items. See <see cref="PackEngine"/> for the aim.</summary>
internal sealed class BoxSearch
{
    private readonly PackBox[] _boxes;
    private readonly PackItem[] _items;
    private readonly PackWork _work;
    private readonly BoxBook?[] _books;
    private readonly int[] _order;
    private readonly bool _byCost;
    private readonly long _volume, _grams;
    private ulong _random = 20260101;
    private Answer? _best;
    private long? _cheapest;

    private sealed record Part(int Box, int[] Taken, IReadOnlyList<PackPlace> Places, long Volume);

    private sealed record Answer(IReadOnlyList<Part> Parts, int[] Left, int Missing, long First, long Second)
    {
        public bool Beats(Answer? other) =>
            other is null || (Missing, First, Second).CompareTo((other.Missing, other.First, other.Second)) < 0;
    }

    public BoxSearch(PackBox[] boxes, PackItem[] items, PackWork work)
    {
        (_boxes, _items, _work, _books) = (boxes, items, work, new BoxBook?[boxes.Length]);
        _byCost = boxes.All(b => b.CostMinor is not null);
        _order = [.. Enumerable.Range(0, boxes.Length).Where(b => boxes[b].Supply is null or > 0)
            .OrderBy(b => _byCost ? boxes[b].CostMinor!.Value : 0).ThenBy(b => boxes[b].Volume).ThenBy(b => b)];
        _volume = items.Sum(i => i.Volume * i.Quantity);
        _grams = items.Sum(i => i.WeightGrams * i.Quantity);
    }

    public PackPlan Run()
    {
        int[] all = [.. _items.Select(i => i.Quantity)];
        int bound = Bound(all);
        if (_order.Length > 0)
        {
            var one = OneBox(all, SupplyOf(), Volumes(), QuickSteps);
            if (one is not null) Take([one]);
            if (one is null || _byCost) SeveralBoxes(all, bound);
            else if (one.Box != _order[0]) SmallerBox(all, one);
        }
        return _best is null
            ? new PackPlan([], all, bound)
            : new PackPlan([.. _best.Parts.Select(p => new PackedBox(p.Box, PackEngine.Settle(_items, p.Places)))], _best.Left, bound);
    }

    private const long QuickSteps = 1;
    private int?[] SupplyOf() => [.. _boxes.Select(b => b.Supply)];
    private long[] Volumes() => [.. _items.Select(i => i.Volume)];

    private BoxBook Book(int box) => _books[box] ??= new BoxBook(_items, _boxes[box], mostBlocks: 3_000, minFill: 1, _work);

    // The first box, in order of preference, that takes everything.
    private Part? OneBox(int[] left, int?[] supply, long[] worths, long steps, long below = long.MaxValue)
    {
        var (volume, grams) = SizeOf(left);
        foreach (int box in _order)
        {
            if (supply[box] is 0 || !MayHold(box, volume, grams) || PriceOf(box) >= below) continue;
            if (Fill(box, left, worths, steps) is { IsAll: true } filling) return new Part(box, (int[])left.Clone(), filling.Places, volume);
        }
        return null;
    }

    // What a quick look put into a bigger box may still go into a smaller one.
    private void SmallerBox(int[] all, Part one)
    {
        int[] smaller = [.. _order.TakeWhile(b => b != one.Box).Where(b => MayHold(b, _volume, _grams) && FitsEach(b))];
        for (int at = 0; at < smaller.Length && !_work.IsOver; at++)
        {
            long steps = (_work.Most - _work.Spent) / (smaller.Length - at);
            if (Fill(smaller[at], all, Volumes(), steps) is not { IsAll: true } filling) continue;
            Take([new Part(smaller[at], all, filling.Places, _volume)]);
            return;
        }
    }

    private void SeveralBoxes(int[] all, int bound)
    {
        if (_work.Most - _work.Spent is var steps and > 0)
            if (OneBox(all, SupplyOf(), Volumes(), steps / 4 / _order.Length, _best?.First ?? long.MaxValue) is { } one) Take([one]);
        var rules = Rules();
        for (int round = 0; !IsSettled(bound); round++)
        {
            if (round > 0 && _work.IsOver) break;
            if (round < rules.Count * 2) Take(OneAfterAnother(all, SupplyOf(), rules[round % rules.Count], round < rules.Count ? QuickSteps : _work.Most / 40));
            else if (round % 3 == 0 || _best!.Parts.Count < 2) Take(OneAfterAnother(all, SupplyOf(), Shaken(rules[Next(rules.Count)]), _work.Most / 60));
            else Repack(rules);
            if (round > 5_000) break;
        }
    }

    private bool IsSettled(int bound) =>
        _best is { Missing: 0 } best && (_byCost ? best.First <= CheapestCost() : best.Parts.Count <= bound && best.Second == _volume);

    // No answer costs less than the cheapest box that takes the most demanding item, or than its volume at the best price of volume.
    private long CheapestCost()
    {
        if (_cheapest is { } known) return known;
        var goods = _items.Where(i => i.Quantity > 0).ToList();
        long byItem = goods.Max(i => _order.Where(b => Fits(i, _boxes[b])).Select(PriceOf).DefaultIfEmpty(0).Min());
        double byVolume = _volume * _order.Min(b => (double)PriceOf(b) / _boxes[b].Volume);
        return (_cheapest = Math.Max(byItem, (long)Math.Ceiling(byVolume - 1e-6))).Value;
    }

    /// <summary>A way to fill boxes: what items are worth, and which box is opened next (null: the one with the most worth for its price).</summary>
    private sealed record Rule(long[] Worths, int? Lead);

    private List<Rule> Rules()
    {
        long[] volumes = Volumes();
        long room = _boxes.Max(b => b.Volume), carry = Math.Max(1, _boxes.Max(b => b.MaxWeightGrams - b.EmptyGrams));
        double scale = room / (double)carry;
        long[] weights = [.. _items.Select(i => 1 + (long)(i.WeightGrams * scale))];
        long[] mixed = [.. _items.Select((i, at) => volumes[at] + weights[at])];
        int[] leads = [.. _order.Where(b => FitsAny(b)).OrderByDescending(b => _boxes[b].Volume)];
        if (leads.Length == 0) leads = _order;
        var rules = new List<Rule> { new(volumes, null) };
        bool isHeavy = _grams * scale > _volume / 2;
        foreach (int lead in leads)
        {
            rules.Add(new Rule(volumes, lead));
            if (isHeavy) rules.Add(new Rule(mixed, lead));
            if (isHeavy) rules.Add(new Rule(weights, lead));
        }
        return rules;
    }

    private Rule Shaken(Rule rule) =>
        rule with { Worths = [.. rule.Worths.Select(w => Math.Max(1, w / 16 * (12 + Next(9))))] };

    private List<Part> OneAfterAnother(int[] all, int?[] supply, Rule rule, long steps)
    {
        var parts = new List<Part>();
        int[] left = (int[])all.Clone();
        while (left.Any(n => n > 0))
        {
            if (parts.Count > 0 && _best is { Missing: 0 } && parts.Sum(p => PriceOf(p.Box)) >= _best.First) break;
            var part = OneBox(left, supply, rule.Worths, steps / 2);
            if (part is null || _byCost)
            {
                // Two cheap boxes may cost less than the one that takes everything.
                var next = NextBox(left, supply, rule, steps);
                if (part is null || next is not null && PriceOf(next.Box) < PriceOf(part.Box) && (double)next.Volume * PriceOf(part.Box) >= (double)part.Volume * PriceOf(next.Box)) part = next;
            }
            if (part is null) break;
            parts.Add(part);
            for (int i = 0; i < left.Length; i++) left[i] -= part.Taken[i];
            if (supply[part.Box] is { } have) supply[part.Box] = have - 1;
        }
        return parts;
    }

    private Part? NextBox(int[] left, int?[] supply, Rule rule, long steps)
    {
        if (rule.Lead is { } lead && supply[lead] is not 0 && Fill(lead, left, rule.Worths, steps) is { Worth: > 0 } led) return PartOf(lead, left, led);
        (int Box, Filling Filling)? best = null;
        double most = 0;
        foreach (int box in _order)
        {
            if (supply[box] is 0) continue;
            var filling = Fill(box, left, rule.Worths, steps);
            double worth = _byCost ? filling.Worth / (1.0 + _boxes[box].CostMinor!.Value) : filling.Worth;
            if (worth > most) (best, most) = ((box, filling), worth);
        }
        return best is { } found ? PartOf(found.Box, left, found.Filling) : null;
    }

    // Takes two or three boxes of the best answer apart and packs what was in them anew.
    private void Repack(List<Rule> rules)
    {
        var parts = _best!.Parts.ToList();
        var supply = SupplyOf();
        int[] loose = (int[])_best.Left.Clone();
        for (int n = Math.Min(parts.Count, 2 + Next(2)); n > 0; n--)
        {
            int at = Next(parts.Count);
            for (int i = 0; i < loose.Length; i++) loose[i] += parts[at].Taken[i];
            parts.RemoveAt(at);
        }
        foreach (var part in parts) if (supply[part.Box] is { } have) supply[part.Box] = have - 1;
        var kept = _best;
        var rule = rules[Next(rules.Count)];
        _best = null;
        var anew = OneAfterAnother(loose, supply, Next(2) == 0 ? rule : Shaken(rule), _work.Most / 60);
        _best = kept;
        Take([.. parts, .. anew]);
    }

    private void Take(List<Part> parts)
    {
        int[] left = [.. _items.Select(i => i.Quantity)];
        foreach (var part in parts) for (int i = 0; i < left.Length; i++) left[i] -= part.Taken[i];
        var answer = new Answer(parts, left, left.Sum(), parts.Sum(p => PriceOf(p.Box)), parts.Sum(p => _boxes[p.Box].Volume));
        if (answer.Beats(_best)) _best = answer;
    }

    private Part PartOf(int box, int[] left, Filling filling)
    {
        int[] taken = [.. left.Select((n, i) => n - filling.Left[i])];
        return new Part(box, taken, filling.Places, SizeOf(taken).Volume);
    }

    private Filling Fill(int box, int[] left, long[] worths, long steps) => new BoxFiller(Book(box), left, worths, _work).Fill(steps);

    private long PriceOf(int box) => _byCost ? _boxes[box].CostMinor!.Value : 1;
    private bool MayHold(int box, long volume, long grams) => volume <= _boxes[box].Volume && grams <= _boxes[box].MaxWeightGrams - _boxes[box].EmptyGrams;

    private bool FitsAny(int box) => _items.Any(i => Fits(i, _boxes[box]));
    private bool FitsEach(int box) => _items.All(i => i.Quantity == 0 || Fits(i, _boxes[box]));

    private static bool Fits(PackItem item, PackBox box) =>
        item.WeightGrams <= box.MaxWeightGrams - box.EmptyGrams
        && PackBlocks.Turns(item).Any(t => t.L <= box.LengthMm && t.W <= box.WidthMm && t.H <= box.HeightMm);

    private (long Volume, long Grams) SizeOf(int[] units)
    {
        long volume = 0, grams = 0;
        for (int i = 0; i < units.Length; i++) (volume, grams) = (volume + units[i] * _items[i].Volume, grams + units[i] * _items[i].WeightGrams);
        return (volume, grams);
    }

    // By volume, by weight, and by units too heavy for two to share a box.
    private int Bound(int[] all)
    {
        if (_order.Length == 0) return 0;
        long room = _order.Max(b => _boxes[b].Volume), carry = _order.Max(b => _boxes[b].MaxWeightGrams - _boxes[b].EmptyGrams);
        long byVolume = room > 0 ? (_volume + room - 1) / room : 0, byWeight = carry > 0 ? (_grams + carry - 1) / carry : 0;
        long alone = _items.Select((i, at) => i.WeightGrams * 2 > carry ? all[at] : 0L).Sum();
        return (int)Math.Max(1, Math.Max(byVolume, Math.Max(byWeight, alone)));
    }

    // SplitMix64: the same search on every machine.
    private int Next(int below)
    {
        unchecked
        {
            _random += 0x9E3779B97F4A7C15;
            ulong z = (_random ^ (_random >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}
