namespace Switchyard.Tests.Torture;

/// <summary>
/// The shop as a person would describe it: one list of balances, one of orders, one of reservations, no database, no concurrency.
/// With several nodes it knows only the sum over them, which is all that callers are promised.
/// </summary>
internal sealed class ReferenceModel
{
    internal sealed class Balance
    {
        public long OnHand, Unavailable, Allocated, Reserved, Safety;

        /// <summary>Units of the unavailable ones that the next count settles.</summary>
        public long Pending;
        public long? CountedAt;
        public List<(long At, long Units)> Moves { get; } = [];
        public long Available => OnHand - Unavailable - Allocated - Reserved - Safety;
    }

    internal sealed class Line(string sku, long quantity)
    {
        public long Unallocated, Backordered, Allocated, Cancelled, Shipped;

        /// <summary>Units on which a node works, and those of them that are off the shelf.</summary>
        public long Released, Picked;

        public string Sku { get; } = sku;
        public long Quantity { get; set; } = quantity;
        public bool IsPart { get; init; }

        /// <summary>Was there such a SKU when it was ordered? Else nothing can ever be promised.</summary>
        public bool IsKnown { get; init; } = true;
        public bool IsHeldForStock { get; set; }
        public long Waiting => Unallocated + Backordered;
    }

    internal sealed class Order
    {
        public required List<Line> Lines { get; init; }
        public required string Content { get; init; }
        public string State { get; set; } = "confirmed";
        public List<string> OpenHolds { get; } = [];

        /// <summary>What each release has still to pick.</summary>
        public List<Dictionary<Line, long>> Works { get; } = [];
    }

    private sealed class Reservation
    {
        public required List<(string Sku, long Quantity)> Items { get; init; }
        public long ExpiresAt { get; set; }
        public bool IsActive { get; set; } = true;
    }

    private readonly Dictionary<string, (string Sku, long Quantity)[]> _bundles = [];
    private readonly List<Reservation> _reservations = [];
    private readonly Dictionary<string, (Step.Place Step, int Order)> _keys = [];
    private readonly Dictionary<string, int> _externals = [];
    private long _now;

    public SortedDictionary<string, Balance> Balances { get; } = new(StringComparer.Ordinal);
    public List<Order> Orders { get; } = [];
    public GoodsModel Goods => field ??= new GoodsModel(this);
    private WorkModel Work => field ??= new WorkModel(this);

    public Expected Do(Step step)
    {
        var expected = Answer(step);
        Serve();
        return expected;
    }

    /// <summary>A transfer left, which the server alone could decide.</summary>
    public void Sent(GoodsStep.Send step)
    {
        Goods.Sent(step, _now);
        Serve();
    }

    private void Serve()
    {
        foreach (string sku in Balances.Keys) { TakeBack(sku); HandOut(sku); }
    }

    private IEnumerable<(Order Order, Line Line)> Open(string sku) =>
        Orders.Where(o => o.State != "cancelled").SelectMany(o => o.Lines.Where(l => l.Sku == sku && l.IsKnown).Select(l => (o, l)));

    /// <summary>Claims that no goods stand behind go, the youngest first; their lines are held for want of stock.</summary>
    private void TakeBack(string sku)
    {
        var stock = Balances[sku];
        foreach (var (order, line) in Open(sku).Reverse().ToList())
        {
            long units = Math.Min(stock.Allocated + stock.Unavailable - stock.OnHand, line.Allocated);
            if (units <= 0) continue;
            (stock.Allocated, line.Allocated, line.Unallocated) = (stock.Allocated - units, line.Allocated - units, line.Unallocated + units);
            if (line.IsHeldForStock) continue;
            line.IsHeldForStock = true;
            order.OpenHolds.Add("stock");
        }
    }

    /// <summary>What is free goes to whoever waits longest. A line of which some is unallocated gets all it lacks or nothing.</summary>
    private void HandOut(string sku)
    {
        var stock = Balances[sku];
        foreach (var (order, line) in Open(sku).ToList())
        {
            long free = Math.Max(0, stock.Available), units = line.Unallocated > 0 && free < line.Waiting ? 0 : Math.Min(free, line.Waiting);
            long held = Math.Min(units, line.Unallocated);
            (stock.Allocated, line.Allocated, line.Unallocated, line.Backordered) = (stock.Allocated + units, line.Allocated + units, line.Unallocated - held, line.Backordered - (units - held));
            if (!line.IsHeldForStock || line.Unallocated > 0) continue;
            line.IsHeldForStock = false;
            order.OpenHolds.Remove("stock");
        }
    }

    private Expected Answer(Step step) => step switch
    {
        Step.Create s => Create(s),
        Step.Adjust s => Adjust(s),
        Step.Safety s => Safety(s),
        Step.Reserve s => Reserve(s),
        Step.Extend s => Change(s.Reservation, r => r.ExpiresAt = _now + s.TtlSeconds),
        Step.Release s => Change(s.Reservation, r => GiveBack(r)),
        Step.Place s => Place(s),
        Step.Cancel s => OfOrder(s.Order, Cancel),
        Step.Hold s => OfOrder(s.Order, Hold),
        Step.Unhold s => OfOrder(s.Order, Unhold),
        Step.Wait s => Wait(s),
        GoodsStep s => Goods.Do(s, _now),
        WorkStep s => Work.Do(s, _now),
        _ => throw new NotSupportedException(),
    };

    private Expected Wait(Step.Wait step)
    {
        _now += step.Seconds;
        foreach (var lapsed in _reservations.Where(r => r.IsActive && r.ExpiresAt <= _now)) GiveBack(lapsed);
        return new Expected(0);
    }

    private Expected Create(Step.Create step)
    {
        if (Balances.ContainsKey(step.Sku) || _bundles.ContainsKey(step.Sku)) return new Expected(409, "catalog.sku_taken");
        if (step.Parts.Length == 0) { Balances[step.Sku] = new Balance(); return new Expected(201); }
        if (step.Parts.Any(p => !Balances.ContainsKey(p.Sku))) return new Expected(400, "catalog.no_such_component");
        _bundles[step.Sku] = step.Parts;
        return new Expected(201);
    }

    private Expected Adjust(Step.Adjust step)
    {
        if (!Balances.TryGetValue(step.Sku, out var stock)) return new Expected(400, "request.invalid");
        long at = _now - (step.SecondsAgo ?? 0);
        if (step.IsUnavailable)
        {
            long by = step.Delta ?? step.SetTo!.Value - stock.Unavailable;
            if (stock.Unavailable + by < 0) return new Expected(409, "inventory.not_enough");
            stock.Unavailable += by;
            return new Expected(200);
        }
        if (step.SecondsAgo is not null && at < stock.CountedAt) return new Expected(200);       // older than the last count: ignored
        long since = step.SecondsAgo is null ? 0 : stock.Moves.Where(m => m.At > at).Sum(m => m.Units);
        long delta = step.Delta ?? step.SetTo!.Value + since - stock.OnHand;
        stock.OnHand += delta;
        if (delta != 0) stock.Moves.Add((at, delta));
        if (step.SetTo is not null) stock.CountedAt = at;
        return new Expected(200);
    }

    private Expected Safety(Step.Safety step)
    {
        if (!Balances.TryGetValue(step.Sku, out var stock)) return new Expected(400, "request.invalid");
        stock.Safety = step.Units;
        return new Expected(200);
    }

    private Expected Reserve(Step.Reserve step)
    {
        if (step.Items.Any(i => !Balances.ContainsKey(i.Sku) && !_bundles.ContainsKey(i.Sku))) return new Expected(400, "request.invalid");
        var items = step.Items.SelectMany(i => _bundles.TryGetValue(i.Sku, out var parts) ? parts.Select(p => (p.Sku, Quantity: p.Quantity * i.Quantity)) : [i])
            .GroupBy(i => i.Sku).Select(g => (Sku: g.Key, Quantity: g.Sum(i => i.Quantity))).ToList();
        if (items.Any(i => Balances[i.Sku].Available < i.Quantity)) return new Expected(409, "inventory.not_enough");
        foreach (var (sku, quantity) in items) Balances[sku].Reserved += quantity;
        _reservations.Add(new Reservation { Items = items, ExpiresAt = _now + step.TtlSeconds });
        return new Expected(201, Index: _reservations.Count - 1);
    }

    private Expected Change(int index, Action<Reservation> change)
    {
        if (index >= _reservations.Count) return new Expected(404, "inventory.no_such_reservation");
        if (!_reservations[index].IsActive) return new Expected(409, "inventory.reservation_not_active");
        change(_reservations[index]);
        return new Expected(200);
    }

    private void GiveBack(Reservation reservation)
    {
        reservation.IsActive = false;
        foreach (var (sku, quantity) in reservation.Items) Balances[sku].Reserved -= quantity;
    }

    private Expected Place(Step.Place step)
    {
        if (step.Key is { } used && _keys.TryGetValue(used, out var earlier))
            return Same(earlier.Step, step) ? new Expected(201, Index: earlier.Order, IsReplay: true) : new Expected(422, "request.idempotency_key_reused");
        string content = string.Join(',', step.Lines);
        if (step.ExternalId is { } external && _externals.TryGetValue(external, out int known))
            return Orders[known].Content == content ? new Expected(200, Index: known) : new Expected(409, "orders.external_id_taken");
        if (step.Reservation >= _reservations.Count) return new Expected(404, "orders.reservation_not_found");

        var converted = step.Reservation is { } index && _reservations[index].IsActive ? _reservations[index] : null;
        if (converted is not null) GiveBack(converted);
        var order = Promise(step, content);
        if (order is null)
        {
            if (converted is null) return new Expected(409, "orders.short");
            converted.IsActive = true;                                                          // refused: nothing has happened
            foreach (var (sku, quantity) in converted.Items) Balances[sku].Reserved += quantity;
            return new Expected(409, "orders.short");
        }
        Orders.Add(order);
        if (step.Key is { } key) _keys[key] = (step, Orders.Count - 1);
        if (step.ExternalId is { } id) _externals[id] = Orders.Count - 1;
        return new Expected(201, Index: Orders.Count - 1);
    }

    private Order? Promise(Step.Place step, string content)
    {
        // The goods as they were ordered, then the parts of the bundles.
        var lines = step.Lines.Where(l => !_bundles.ContainsKey(l.Sku)).Select(l => new Line(l.Sku, l.Quantity) { IsKnown = Balances.ContainsKey(l.Sku) })
            .Concat(step.Lines.Where(l => _bundles.ContainsKey(l.Sku)).SelectMany(l => _bundles[l.Sku].Select(p => new Line(p.Sku, p.Quantity * l.Quantity) { IsPart = true }))).ToList();
        var order = new Order { Lines = lines, Content = content };
        var left = Balances.ToDictionary(b => b.Key, b => Math.Max(0, b.Value.Available));
        foreach (var line in lines)
        {
            if (!left.TryGetValue(line.Sku, out long there)) { line.Unallocated = line.Quantity; order.OpenHolds.Add("unknown_sku"); continue; }
            if (there < line.Quantity && step.OnShort == "refuse") return null;
            line.Allocated = there >= line.Quantity ? line.Quantity : step.OnShort == "backorder" ? there : 0;
            left[line.Sku] -= line.Allocated;
            if (step.OnShort == "backorder") line.Backordered = line.Quantity - line.Allocated;
            else if (line.Allocated < line.Quantity) { line.Unallocated = line.Quantity; line.IsHeldForStock = true; order.OpenHolds.Add("stock"); }
        }
        foreach (var line in lines.Where(l => l.Allocated > 0)) Balances[line.Sku].Allocated += line.Allocated;
        return order;
    }

    private Expected OfOrder(int index, Func<Order, Expected> change) => index < Orders.Count ? change(Orders[index]) : new Expected(404, "orders.not_found");

    private Expected Cancel(Order order)
    {
        if (order.State == "cancelled" || order.Lines.Exists(l => l.Shipped > 0)) return new Expected(409, "orders.cannot_cancel");
        if (order.Lines.Exists(l => l.Picked > 0)) return new Expected(0);             // goods would have to be put back first
        foreach (var line in order.Lines)
        {
            if (line.Allocated + line.Released > 0) Balances[line.Sku].Allocated -= line.Allocated + line.Released;
            line.Cancelled = line.Quantity;
            line.Allocated = line.Backordered = line.Unallocated = line.Released = 0;
        }
        order.State = "cancelled";
        order.OpenHolds.Clear();
        order.Works.Clear();
        return new Expected(200);
    }

    private static Expected Hold(Order order)
    {
        if (order.State == "cancelled") return new Expected(409, "orders.cannot_hold");
        order.OpenHolds.Add("manual");
        return new Expected(200);
    }

    private static Expected Unhold(Order order)
    {
        if (order.State == "cancelled") return new Expected(409, "orders.cannot_hold");
        if (!order.OpenHolds.Remove("manual")) return new Expected(404, "orders.hold_not_found");
        return new Expected(200);
    }

    private static bool Same(Step.Place a, Step.Place b) =>
        a.Lines.SequenceEqual(b.Lines) && a.OnShort == b.OnShort && a.ExternalId == b.ExternalId && a.Reservation == b.Reservation;
}
