using System.Text.Json;

namespace Switchyard.Tests.Torture;

/// <summary>What a person may do to goods that come, are counted, or go from node to node.</summary>
internal abstract record GoodsStep : Step
{
    /// <param name="Scan">The client's name of the scan; the same one again must book nothing.</param>
    internal sealed record Receive(string Sku, int Node, long Units, bool IsDamaged, string Scan) : GoodsStep;
    internal sealed record Undo(int Receipt) : GoodsStep;
    internal sealed record Count(string Sku, long Units, int? SecondsAgo) : GoodsStep;
    internal sealed record Send(string Sku, int From, int To, long Units) : GoodsStep;

    /// <param name="Missing">Units that do not come, as far as so many were sent: they are written off.</param>
    internal sealed record Arrive(int Transfer, long Missing) : GoodsStep;

    public sealed override string Told() => this switch
    {
        Receive s => $"receive {s.Units} {s.Sku} at {s.Node}, damaged {s.IsDamaged}, scan {s.Scan}",
        Undo s => $"undo receipt {s.Receipt}",
        Count s => $"count {s.Units} {s.Sku} {s.SecondsAgo} s ago",
        Send s => $"transfer {s.Units} {s.Sku} from {s.From} to {s.To}",
        Arrive s => $"transfer {s.Transfer} arrives, {s.Missing} missing",
        _ => GetType().Name,
    };

    /// <param name="at">Steps so far.</param>
    public static Step Roll(Random dice, string sku, int at, int nodes) => dice.Next(10) switch
    {
        < 5 => new Receive(sku, dice.Next(nodes), dice.Next(1, 5), dice.Next(4) == 0, $"scan-{dice.Next(10 + at / 20)}"),
        < 7 when nodes == 1 => new Undo(dice.Next(2 + at / 40)),
        _ when nodes == 1 => new Count(sku, dice.Next(10 + at / 4), dice.Next(3) == 0 ? dice.Next(200) : null),
        < 8 => new Send(sku, dice.Next(nodes), dice.Next(nodes), dice.Next(1, 4)),
        _ => new Arrive(dice.Next(1 + at / 60), dice.Next(2)),
    };
}

/// <summary>Goods that come, are counted and moved, as a person would describe it: sums over the nodes, and units on their way.</summary>
internal sealed class GoodsModel(ReferenceModel shop)
{
    private sealed record Receipt(GoodsStep.Receive Step)
    {
        public bool IsUndone { get; set; }
    }

    private readonly List<Receipt> _receipts = [];
    private readonly Dictionary<(int, string), int> _scans = [];
    private readonly List<(string Sku, long Units, bool IsHere)> _sent = [];

    public Expected Do(GoodsStep step, long now) => step switch
    {
        GoodsStep.Receive s => Receive(s, now),
        GoodsStep.Undo s => Undo(s, now),
        GoodsStep.Count s => Count(s, now),
        GoodsStep.Arrive s => Arrive(s, now),
        _ => throw new NotSupportedException(),
    };

    /// <summary>A transfer was sent: whether the source had the units only the server knows, since this model keeps sums.</summary>
    public void Sent(GoodsStep.Send step, long now)
    {
        Move(step.Sku, -step.Units, now);
        _sent.Add((step.Sku, step.Units, false));
    }

    /// <summary>Has it anything to bring?</summary>
    public long OnItsWay(int transfer) => transfer < _sent.Count && !_sent[transfer].IsHere ? _sent[transfer].Units : 0;

    private Expected Receive(GoodsStep.Receive step, long now)
    {
        if (!shop.Balances.TryGetValue(step.Sku, out var stock)) return new Expected(400, "request.invalid");
        if (_scans.TryGetValue((step.Node, step.Scan), out int known))
            return _receipts[known].Step == step ? new Expected(200, Index: known) : new Expected(409, "inventory.scan_id_reused");
        Move(step.Sku, step.Units, now);
        if (step.IsDamaged) stock.Unavailable += step.Units;
        _receipts.Add(new Receipt(step));
        _scans[(step.Node, step.Scan)] = _receipts.Count - 1;
        return new Expected(200, Index: _receipts.Count - 1);
    }

    private Expected Undo(GoodsStep.Undo step, long now)
    {
        if (step.Receipt >= _receipts.Count) return new Expected(404, "inventory.no_such_receipt");
        var receipt = _receipts[step.Receipt];
        if (receipt.IsUndone) return new Expected(409, "inventory.receipt_undone");
        var stock = shop.Balances[receipt.Step.Sku];
        long free = receipt.Step.IsDamaged ? Math.Min(stock.Unavailable, stock.OnHand) : stock.Available + stock.Safety;
        if (free < receipt.Step.Units) return new Expected(409, "inventory.not_enough");
        Move(receipt.Step.Sku, -receipt.Step.Units, now);
        if (receipt.Step.IsDamaged) stock.Unavailable -= receipt.Step.Units;
        receipt.IsUndone = true;
        return new Expected(200);
    }

    private Expected Count(GoodsStep.Count step, long now)
    {
        if (!shop.Balances.TryGetValue(step.Sku, out var stock)) return new Expected(400, "request.invalid");
        long at = now - (step.SecondsAgo ?? 0);
        // The count is asked for as it is entered: what is uncertain until then cannot be settled by an earlier look.
        if (step.SecondsAgo > 0 && stock.Pending > 0) return new Expected(409, "inventory.count_too_old");
        if (step.SecondsAgo is not null && at < stock.CountedAt) return new Expected(409, "inventory.older_than_last_count");
        long since = step.SecondsAgo is null ? 0 : stock.Moves.Where(m => m.At > at).Sum(m => m.Units);
        Move(step.Sku, step.Units + since - stock.OnHand, at);
        stock.CountedAt = at;
        (stock.Unavailable, stock.Pending) = (stock.Unavailable - Math.Min(stock.Pending, stock.Unavailable), 0);
        return new Expected(200);
    }

    private Expected Arrive(GoodsStep.Arrive step, long now)
    {
        long units = OnItsWay(step.Transfer);
        if (units == 0) return new Expected(0);
        _sent[step.Transfer] = _sent[step.Transfer] with { IsHere = true };
        Move(_sent[step.Transfer].Sku, units - Math.Min(units, step.Missing), now);
        return new Expected(200);
    }

    private void Move(string sku, long units, long at)
    {
        shop.Balances[sku].OnHand += units;
        if (units != 0) shop.Balances[sku].Moves.Add((at, units));
    }
}

/// <summary>The same steps asked of the server.</summary>
internal sealed class GoodsCaller(Api api, Func<DateTimeOffset> now, string[] nodes)
{
    private readonly Dictionary<int, string> _deliveries = [];
    private readonly List<(string Delivery, string Id)> _receipts = [];
    private readonly List<(string Id, string Delivery, string Sku, long Units)> _sent = [];

    public async Task<Reply> Receive(GoodsStep.Receive step, Expected expected)
    {
        if (!_deliveries.TryGetValue(step.Node, out string? delivery))
            _deliveries[step.Node] = delivery = (await api.Must(HttpMethod.Post, "/deliveries", new { node = nodes[step.Node] })).Text("id")!;
        var reply = await api.Post($"/deliveries/{delivery}/receipts", new
        {
            items = new[] { new { sku = step.Sku, quantity = step.Units, condition = step.IsDamaged ? "damaged" : "good", scanId = step.Scan } },
        });
        if (reply.IsOk && expected.Index == _receipts.Count) _receipts.Add((delivery, reply.Json.GetProperty("receipts")[0].Text("id")!));
        return reply;
    }

    public async Task<Reply> Undo(GoodsStep.Undo step)
    {
        if (_deliveries.Count == 0) _deliveries[0] = (await api.Must(HttpMethod.Post, "/deliveries", new { node = nodes[0] })).Text("id")!;
        var (delivery, id) = step.Receipt < _receipts.Count ? _receipts[step.Receipt] : (_deliveries.Values.First(), "rcp_" + new string('0', 32));
        return await api.Post($"/deliveries/{delivery}/receipts/{id}/undo", new { reason = "model" });
    }

    public async Task<Reply> Count(GoodsStep.Count step)
    {
        var wanted = await api.Post("/counts", new { items = new[] { new { sku = step.Sku, node = nodes[0] } }, reason = "model" });
        if (!wanted.IsOk) return wanted;
        string? asOf = step.SecondsAgo is { } ago ? now().AddSeconds(-ago).ToString("o", System.Globalization.CultureInfo.InvariantCulture) : null;
        return await api.Post($"/counts/{wanted.Json.GetProperty("counts")[0].Long("id")}/result", new { quantity = step.Units, asOf });
    }

    /// <summary>Drafts, approves and sends.</summary>
    /// <returns>Whether the source had the units.</returns>
    public async Task<bool> Send(GoodsStep.Send step)
    {
        var draft = await api.Post("/transfers", new { from = nodes[step.From], to = nodes[step.To], lines = new[] { new { sku = step.Sku, quantity = step.Units } } });
        if (draft.Status == 400) return false;                  // no such product, or to itself
        var approved = await api.Post($"/transfers/{draft.Id}/approve", null);
        if (approved.Status == 409) { await api.Must(HttpMethod.Post, $"/transfers/{draft.Id}/cancel", new { }); return false; }
        var sent = await api.Must(HttpMethod.Post, $"/transfers/{draft.Id}/send", new { });
        _sent.Add((draft.Id, sent.Text("delivery")!, step.Sku, step.Units));
        return true;
    }

    public async Task<Reply> Arrive(GoodsStep.Arrive step)
    {
        var (id, delivery, sku, units) = _sent[step.Transfer];
        long missing = Math.Min(units, step.Missing);
        if (units > missing) await api.Must(HttpMethod.Post, $"/deliveries/{delivery}/receipts", new { items = new[] { new { sku, quantity = units - missing } } });
        var closed = await api.Post($"/deliveries/{delivery}/close", new { });
        return missing == 0 ? closed : await api.Post($"/transfers/{id}/settle", new { lines = new[] { new { sku, quantity = missing, outcome = "lost" } }, reason = "model" });
    }
}
