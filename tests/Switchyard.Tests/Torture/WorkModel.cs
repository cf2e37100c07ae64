using System.Text.Json;
using Shouldly;

namespace Switchyard.Tests.Torture;

/// <summary>What a person may do to an order after it was placed: change it, release it, ship it, miss goods at the shelf; and what a till sells.</summary>
internal abstract record WorkStep : Step
{
    /// <param name="Line">Which of its goods.</param>
    internal sealed record Edit(int Order, int Line, long Quantity) : WorkStep;
    internal sealed record Give(int Order) : WorkStep;

    /// <summary>All its work is picked, packed and sent.</summary>
    internal sealed record Ship(int Order) : WorkStep;

    /// <param name="Found">Units of the first open line that are on the shelf; at least one is missing.</param>
    internal sealed record Short(int Order, long Found) : WorkStep;
    internal sealed record Sell(string Sku, long Units, string Receipt) : WorkStep;

    public int? OrderOf => this switch { Edit s => s.Order, Give s => s.Order, Ship s => s.Order, Short s => s.Order, _ => null };

    public sealed override string Told() => this switch
    {
        Edit s => $"edit order {s.Order}: {s.Quantity} of goods {s.Line}",
        Give s => $"release order {s.Order}",
        Ship s => $"ship order {s.Order}",
        Short s => $"short pick of order {s.Order}, {s.Found} found",
        Sell s => $"till sells {s.Units} {s.Sku}, receipt {s.Receipt}",
        _ => GetType().Name,
    };

    public static Step Roll(Random dice, string sku, int at, int nodes)
    {
        int order = dice.Next(2 + at / 10);
        return dice.Next(10) switch
        {
            < 4 => new Edit(order, dice.Next(3), dice.Next(6)),
            < 6 => new Give(order),
            < 8 => new Ship(order),
            // Which node is short of what only the server knows when there are several.
            8 when nodes == 1 => new Short(order, dice.Next(3)),
            9 when nodes == 1 => new Sell(sku, dice.Next(1, 3), $"receipt-{dice.Next(6 + at / 20)}"),
            _ => new Edit(order, 0, dice.Next(8)),
        };
    }
}

/// <summary>Orders in work, as a person would describe it. An outcome of 0 is a step that would mean nothing, and is not taken.</summary>
internal sealed class WorkModel(ReferenceModel shop)
{
    private static readonly Expected Nothing = new(0), Done = new(200);
    private readonly Dictionary<string, WorkStep.Sell> _receipts = [];

    public Expected Do(WorkStep step, long now)
    {
        if (step is WorkStep.Sell sale) return Sell(sale, now);
        if (step.OrderOf >= shop.Orders.Count) return step is WorkStep.Ship or WorkStep.Short ? Nothing : new Expected(404, "orders.not_found");
        var order = shop.Orders[step.OrderOf!.Value];
        return step switch
        {
            WorkStep.Edit s => Edit(order, s),
            WorkStep.Give => Give(order),
            WorkStep.Ship => Ship(order, now),
            WorkStep.Short s => Short(order, s.Found),
            _ => throw new NotSupportedException(),
        };
    }

    private Expected Sell(WorkStep.Sell step, long now)
    {
        if (!shop.Balances.TryGetValue(step.Sku, out var stock)) return new Expected(400, "request.invalid");
        if (_receipts.TryGetValue(step.Receipt, out var told)) return told == step ? Done : new Expected(409, "inventory.sale_reference_taken");
        _receipts[step.Receipt] = step;
        stock.OnHand -= step.Units;
        stock.Moves.Add((now, -step.Units));
        return Done;
    }

    private Expected Edit(ReferenceModel.Order order, WorkStep.Edit step)
    {
        if (order.State == "cancelled") return new Expected(409, "orders.cannot_edit");
        var goods = order.Lines.FindAll(l => !l.IsPart && l.IsKnown);
        if (step.Line >= goods.Count) return Nothing;
        var line = goods[step.Line];
        if (line.Released + line.Shipped > 0) return Nothing;
        var stock = shop.Balances[line.Sku];
        long more = step.Quantity - (line.Quantity - line.Cancelled);
        if (more > 0)
        {
            if (stock.Available < more) return new Expected(409, "orders.short");
            (line.Quantity, line.Allocated, stock.Allocated) = (line.Quantity + more, line.Allocated + more, stock.Allocated + more);
            return Done;
        }
        if (step.Quantity == 0 && order.Lines.All(l => l == line || l.Quantity == l.Cancelled)) return new Expected(409, "orders.nothing_left");
        long less = -more, waiting = Math.Min(less, line.Unallocated), backordered = Math.Min(less - waiting, line.Backordered), claimed = less - waiting - backordered;
        (line.Unallocated, line.Backordered, line.Allocated, line.Cancelled) = (line.Unallocated - waiting, line.Backordered - backordered, line.Allocated - claimed, line.Cancelled + less);
        stock.Allocated -= claimed;
        if (line.IsHeldForStock && line.Waiting == 0) Free(order, line);
        return Done;
    }

    private static void Free(ReferenceModel.Order order, ReferenceModel.Line line)
    {
        line.IsHeldForStock = false;
        order.OpenHolds.Remove("stock");
    }

    private static Expected Give(ReferenceModel.Order order)
    {
        if (order.State == "cancelled") return new Expected(409, "fulfilment.not_confirmed");
        if (order.OpenHolds.Contains("manual")) return new Expected(409, "fulfilment.held");
        var free = order.Lines.FindAll(l => l.Allocated > 0 && !l.IsHeldForStock);
        if (free.Count == 0) return new Expected(409, "fulfilment.nothing_to_release");
        order.Works.Add(free.ToDictionary(l => l, l => l.Allocated));
        foreach (var line in free) (line.Released, line.Allocated) = (line.Released + line.Allocated, 0);
        return Done;
    }

    private Expected Ship(ReferenceModel.Order order, long now)
    {
        var work = order.Lines.FindAll(l => l.Released > 0);
        if (work.Count == 0 || work.Exists(l => l.IsHeldForStock) || work.GroupBy(l => l.Sku).Any(g => shop.Balances[g.Key].OnHand < g.Sum(l => l.Released))) return Nothing;
        if (order.OpenHolds.Contains("manual")) return new Expected(409, "fulfilment.held");
        foreach (var line in work)
        {
            var stock = shop.Balances[line.Sku];
            (stock.OnHand, stock.Allocated) = (stock.OnHand - line.Released, stock.Allocated - line.Released);
            stock.Moves.Add((now, -line.Released));
            (line.Shipped, line.Released, line.Picked) = (line.Shipped + line.Released, 0, 0);
        }
        order.Works.Clear();
        return Done;
    }

    /// <summary>What is missing is set aside; the line gets other units at once when there are, and they are worked on; else it is held.</summary>
    private Expected Short(ReferenceModel.Order order, long wished)
    {
        if (order.Works.Find(w => w.Values.Any(u => u > 0)) is not { } work || order.OpenHolds.Contains("manual")) return Nothing;
        var line = order.Lines.First(l => work.GetValueOrDefault(l) > 0);
        var stock = shop.Balances[line.Sku];
        long found = Math.Min(wished, work[line] - 1), lost = work[line] - found;
        bool isPlain = !line.IsHeldForStock && order.Lines.All(l => l.Sku != line.Sku || l.Waiting == 0) && stock.OnHand - stock.Unavailable - stock.Allocated >= 0
            && (stock.Available >= lost || stock.Available <= 0);
        if (!isPlain) return Nothing;
        (work[line], line.Picked) = (0, line.Picked + found);
        long shelf = stock.OnHand - stock.Unavailable - shop.Orders.SelectMany(o => o.Lines).Where(l => l.Sku == line.Sku).Sum(l => l.Picked);
        stock.Unavailable += Math.Clamp(shelf, 0, lost);
        stock.Pending += Math.Clamp(shelf, 0, lost);
        (stock.Allocated, line.Released) = (stock.Allocated - lost, line.Released - lost);
        if (stock.Available >= lost)
        {
            (stock.Allocated, line.Released) = (stock.Allocated + lost, line.Released + lost);
            order.Works.Add(new Dictionary<ReferenceModel.Line, long> { [line] = lost });
            return Done;
        }
        (line.Unallocated, line.IsHeldForStock) = (lost, true);
        order.OpenHolds.Add("stock");
        return Done;
    }
}

/// <summary>The same steps asked of the server.</summary>
internal sealed class WorkCaller(Api api, string node)
{
    public async Task<Reply> Edit(string order, WorkStep.Edit step)
    {
        var goods = (await api.Get("/orders/" + order)) is { IsOk: true } read
            ? [.. read.Json.GetProperty("lines").EnumerateArray().Where(l => l.Text("kind") == "goods" && l.Text("sku") != "NOBODY-KNOWS")] : new List<JsonElement>();
        long line = step.Line < goods.Count ? goods[step.Line].Long("line") : 1;
        return await api.Post($"/orders/{order}/edit", new { lines = new[] { new { line, quantity = step.Quantity } } });
    }

    public Task<Reply> Give(string order) => api.Post($"/orders/{order}/release", new { });

    public Task<Reply> Sell(WorkStep.Sell step) =>
        api.Post("/inventory/sales", new { node, reference = step.Receipt, items = new[] { new { sku = step.Sku, quantity = step.Units } } });

    public async Task<Reply> Ship(string order)
    {
        Reply? last = null;
        foreach (var release in await Live(order))
            foreach (string step in Way(release))
                if (!(last = await api.Post($"/fulfilments/{release.Text("id")}/{step}", new { })).IsOk) return last;
        return last!;
    }

    public async Task<Reply> Short(string order, WorkStep.Short step)
    {
        var release = (await Live(order)).First(r => Open(r) is not null);
        var line = Open(release)!.Value;
        if (release.Text("state") == "accepted") (await api.Post($"/fulfilments/{release.Text("id")}/start-picking", new { })).IsOk.ShouldBeTrue();
        long found = Math.Min(step.Found, line.Long("open") - 1);
        return await api.Post($"/fulfilments/{release.Text("id")}/short-pick", new { line = line.Long("line"), found, missing = line.Long("open") - found });
    }

    private async Task<List<JsonElement>> Live(string order) =>
        [.. (await api.Get($"/orders/{order}?expand=fulfilments")).Json.GetProperty("fulfilments").EnumerateArray().Where(r => r.Text("state") is "accepted" or "picking" or "picked")];

    private static JsonElement? Open(JsonElement release) =>
        release.GetProperty("lines").EnumerateArray().OrderBy(l => l.Long("line")).Where(l => l.Long("open") > 0).Select(l => (JsonElement?)l).FirstOrDefault();

    private static string[] Way(JsonElement release) => release.Text("state") switch
    {
        "accepted" => ["start-picking", "pick", "pack", "ship"],
        "picking" => ["pick", "pack", "ship"],
        _ => ["pack", "ship"],
    };
}
