namespace Switchyard.Picking;

/// <summary>An order as a cart sees it.</summary>
/// <param name="Spots">Where its goods lie.</param>
/// <param name="Totes">How many places of a cart it takes, at least 1.</param>
public sealed record CartOrder(IReadOnlyList<PickSpot> Spots, int Totes = 1);

/// <summary>Which orders go round on one cart, and how.</summary>
/// <param name="Orders">Numbers of the orders.</param>
public sealed record CartLoad(IReadOnlyList<int> Orders, long LengthMm);

/// <summary>
/// Puts orders on carts so that little is walked: carts are joined by what the joint tour saves (Clarke and Wright), then single orders
/// change carts or places while that shortens the tours. Every tour is the one <see cref="PickTours"/> plans.
/// </summary>
public static class CartBatches
{
    /// <summary>Every order on one cart, no cart with more totes than it takes; an order with more totes than that goes alone.</summary>
    /// <param name="totes">Places of a cart, at least 1.</param>
    /// <param name="budgetTours">How many tours may be planned.</param>
    public static IReadOnlyList<CartLoad> Plan(PickFloor floor, IReadOnlyList<CartOrder> orders, int totes, int budgetTours = 3_000) =>
        new Search(floor, orders, totes, budgetTours).Solve();

    private sealed class Search(PickFloor floor, IReadOnlyList<CartOrder> orders, int totes, int budget)
    {
        private readonly Dictionary<string, long> _known = [];
        private readonly List<Cart> _carts = [];
        private int _tours;

        private sealed record Cart(int[] Orders, int Totes, long Length);

        public IReadOnlyList<CartLoad> Solve()
        {
            for (int i = 0; i < orders.Count; i++) _carts.Add(Loaded([i]));
            while (Join()) { }
            while (Dissolve()) { }
            while (_tours < budget && Improve()) { }
            return [.. _carts.OrderBy(c => c.Orders[0]).Select(c => new CartLoad(c.Orders, c.Length))];
        }

        // The two carts whose aisles have most in common are tried first: planning every pair costs too much.
        private bool Join()
        {
            var pairs = (from a in Enumerable.Range(0, _carts.Count)
                         from b in Enumerable.Range(a + 1, _carts.Count - a - 1)
                         where _carts[a].Totes + _carts[b].Totes <= totes
                         orderby Likeness(_carts[a], _carts[b]) descending
                         select (A: a, B: b)).Take(_tours < budget ? 6 : 1).ToList();
            if (pairs.Count == 0) return false;
            var best = pairs.Select(p => (p.A, p.B, Cart: Loaded([.. _carts[p.A].Orders, .. _carts[p.B].Orders])))
                .MaxBy(p => _carts[p.A].Length + _carts[p.B].Length - p.Cart.Length);
            if (best.Cart.Length > _carts[best.A].Length + _carts[best.B].Length) return false;
            _carts[best.A] = best.Cart;
            _carts.RemoveAt(best.B);
            return true;
        }

        // The orders of the emptiest cart ride along on others, each where it costs least, when that walks less.
        private bool Dissolve()
        {
            if (_carts.Count < 2) return false;
            var gone = _carts.MinBy(c => (c.Totes, c.Orders[0]))!;
            var others = _carts.Where(c => c != gone).ToList();
            foreach (int order in gone.Orders)
            {
                var best = others.Select((c, at) => (Cart: c, At: at)).Where(o => o.Cart.Totes + orders[order].Totes <= totes)
                    .Select(o => (o.At, Cart: Loaded([.. o.Cart.Orders, order]), Was: o.Cart.Length)).OrderBy(o => o.Cart.Length - o.Was).FirstOrDefault();
                if (best.Cart is null) return false;
                others[best.At] = best.Cart;
            }
            if (others.Sum(c => c.Length) > _carts.Sum(c => c.Length)) return false;
            _carts.Clear();
            _carts.AddRange(others);
            return true;
        }

        private double Likeness(Cart one, Cart other)
        {
            var (a, b) = (Aisles(one), Aisles(other));
            int common = a.Count(b.Contains);
            return common - 0.001 * Math.Abs(a.DefaultIfEmpty().Max() - b.DefaultIfEmpty().Max()) + (double)common / Math.Max(1, a.Count + b.Count - common);
        }

        private HashSet<int> Aisles(Cart cart) => [.. cart.Orders.SelectMany(o => orders[o].Spots.Select(s => s.Aisle))];

        private bool Improve()
        {
            for (int a = 0; a < _carts.Count; a++)
                for (int b = 0; b < _carts.Count; b++)
                {
                    if (a == b) continue;
                    foreach (int moved in _carts[a].Orders)
                    {
                        if (_tours >= budget) return false;
                        if (Try(a, b, [.. _carts[a].Orders.Where(o => o != moved)], [.. _carts[b].Orders, moved])) return true;
                        if (a > b) continue;
                        foreach (int other in _carts[b].Orders)
                            if (Try(a, b, [.. _carts[a].Orders.Where(o => o != moved), other], [.. _carts[b].Orders.Where(o => o != other), moved])) return true;
                    }
                }
            return false;
        }

        private bool Try(int a, int b, int[] one, int[] other)
        {
            if (one.Sum(o => orders[o].Totes) > totes || other.Sum(o => orders[o].Totes) > totes || _tours >= budget) return false;
            var (left, right) = (Loaded(one), Loaded(other));
            if (left.Length + right.Length >= _carts[a].Length + _carts[b].Length) return false;
            (_carts[a], _carts[b]) = (left, right);
            if (one.Length == 0) _carts.RemoveAt(a);
            return true;
        }

        private Cart Loaded(int[] numbers)
        {
            Array.Sort(numbers);
            string key = string.Join(',', numbers);
            if (!_known.TryGetValue(key, out long length))
            {
                _tours++;
                length = PickTours.Plan(floor, [.. numbers.SelectMany(o => orders[o].Spots)], budgetSteps: 20_000).LengthMm;
                _known[key] = length;
            }
            return new Cart(numbers, numbers.Sum(o => orders[o].Totes), length);
        }
    }
}
