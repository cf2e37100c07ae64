using Switchyard.Catalog;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>The stock side of an edit: units taken off give their claims back, units wanted are planned by the engine that plans new orders.</summary>
internal sealed class EditPlacing(OpenOrder order, StockSheet sheet, MerchantSettings settings, IReadOnlyDictionary<string, CatalogItem> known,
    IReadOnlyList<SupplyReader.Due> inbound)
{
    private readonly Dictionary<int, (OpenLine Line, long Units, string At)> _wanted = [];
    private const string Why = "The order was changed.";
    private bool _isMoved;

    public string Code(long node) => settings.Nodes.FirstOrDefault(n => n.Id == node)?.Code ?? "";

    /// <summary>Units of a line that stand unallocated and are to be promised.</summary>
    /// <param name="at">Where the request asks for them, for a refusal.</param>
    public void Ask(OpenLine line, long units, string at)
    {
        if (line.SkuId is null) return;                       // an unknown SKU claims nothing; its hold says why
        _wanted[line.LineNo] = (line, _wanted.TryGetValue(line.LineNo, out var already) ? already.Units + units : units, at);
    }

    /// <summary>Cancels units on which no work has begun.</summary>
    public void TakeOff(OpenLine line, long units) => order.TakeOff(line, units, sheet, Why, Cost);

    /// <summary>Another place or method: all claims are given up, to be planned anew.</summary>
    /// <param name="withOwn">Also of lines that go a way of their own.</param>
    public void MoveAll(string at, bool withOwn)
    {
        foreach (var line in order.Lines.Where(l => l.HoldsStock && (withOwn || l.Own is null))) Move(line, at);
    }

    /// <summary>Another way for a line: its claims are given up, to be planned anew.</summary>
    public void Move(OpenLine line, string at)
    {
        _isMoved = true;
        foreach (var (node, claim) in line.Claims.Where(c => c.Value.Idle > 0).ToList())
        {
            order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, node, claim.Idle, sheet, Why);
            Ask(line, claim.Idle, _wanted.TryGetValue(line.LineNo, out var asked) ? asked.At : at);
        }
    }

    /// <summary>Promises what is wanted, as the channel's rule for what is short has it.</summary>
    /// <remarks>Errors: orders.short, orders.no_route.</remarks>
    public Error? Place(string? wishOnShort)
    {
        if (_wanted.Count == 0) return null;
        var channel = settings.Channels.Values.First(c => c.Id == order.Channel);
        var onShort = Enum.Parse<OnShort>(wishOnShort is { } w && !(w == "refuse" && channel.OnShort != "refuse") ? w : channel.OnShort, ignoreCase: true);
        var lines = _wanted.Values.OrderBy(w => w.Line.LineNo).Select(w => new NewLine(w.Line.LineNo, w.Line.Kind, w.Line.ParentLineNo, w.Line.SkuId, w.Line.Sku, null,
            w.Units, w.Line.Added?.WeightGrams ?? w.Line.WeightGrams, 0, 0, 0, 0, 0, null, w.At)
        { Policy = w.Line.Added?.Policy ?? PolicyOf(w.Line) }).ToList();
        var routes = OrderRoutes.To(order, settings);
        List<long> skus = [.. lines.Select(l => l.SkuId!.Value).Distinct()];
        var promise = MixedPromise.Decide(lines, routes, r => _isMoved ? r.With(sheet, skus) : PreferUsed(r.With(sheet, skus), r.SplitPenaltyMinor), new PromiseAsk(onShort,
            sku => routes.IsSomewhere(sheet, sku),
            r => new LaterSupply(order.Now, sku => sheet.Waiting(sku).Sold, sku => inbound.Where(i => i.Sku == sku && r.Serves(i.Node)).Select(i => new Dated(i.AtMs, i.Units))),
            channel.OnShort == "refuse", r => r.Router, r => r.Limit(sheet, order.Id.Value, order.CustomerTags))
        { Forget = sheet.ForgetPlans });
        if (promise.Error is { } error) return error;
        foreach (var a in promise.Value.Allocations)
        {
            order.Claim(order.Line(a.LineNo)!, LineBucket.Unallocated, a.Node, a.Quantity, sheet);
            Must.Hold(sheet.Find(a.Sku, a.Node)!.Balance.Available >= 0, $"sku {a.Sku} at node {a.Node} is not promised twice");
        }
        foreach (var line in lines)
        {
            if (line.Backordered > 0) order.Move(order.Line(line.LineNo)!, LineBucket.Unallocated, LineBucket.Backordered, line.Backordered);
            if (line.Preordered > 0) order.Move(order.Line(line.LineNo)!, LineBucket.Unallocated, LineBucket.Preordered, line.Preordered);
            if (line.ExpectedAt is { } comes && line.Backordered + line.Preordered > 0)      // of a line that waited already the later date counts
                order.Line(line.LineNo)!.ExpectedAtMs = Math.Max(order.Line(line.LineNo)!.ExpectedAtMs ?? 0, comes.ToUnixTimeMilliseconds());
        }
        foreach (var hold in promise.Value.Holds) order.Hold(hold.Kind, hold.Reason, hold.LineNo, says: hold.Says);
        var planned = promise.Value.Plan.Shipments.SelectMany(s => s.Parts.Select(p => (Place: (p.Line, s.NodeId), s.Service))).ToDictionary(p => p.Place, p => (string?)p.Service);
        order.Renew(PromiseMaking.Renewed(order, routes, planned, _isMoved), Why);
        if (promise.Value.Allocations.Count > 0) order.StorePlan(StockPromise.ToJson(promise.Value.Plan, routes.Code, Why, promise.Value.Routing), routes.Seen(promise.Value.Input));
        return null;
    }

    // A parcel that leaves a node anyway carries a unit more at no fixed cost; one from another node is a further shipment.
    private IReadOnlyList<SourcingNode> PreferUsed(IReadOnlyList<SourcingNode> nodes, long splitPenaltyMinor)
    {
        var used = order.Lines.SelectMany(l => l.Claims).Where(c => c.Value.Idle > 0).Select(c => c.Key).ToHashSet();
        if (used.Count == 0) return nodes;
        return [.. nodes.Select(n => used.Contains(n.NodeId)
            ? n with { PickFixedMinor = 0, Lanes = [.. n.Lanes.Select(l => l with { BaseMinor = 0 })] } : n with { PickFixedMinor = n.PickFixedMinor + splitPenaltyMinor })];
    }

    /// <summary>What a line that was placed before may be sold ahead: as the product says now, to the date the line was told.</summary>
    private SkuPolicy PolicyOf(OpenLine line)
    {
        DateTimeOffset? release = line.ReleaseAtMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
        return known.TryGetValue(Text.Key(line.Sku), out var item) ? item.Policy with { ReleaseAt = release ?? item.Policy.ReleaseAt } : new SkuPolicy(line.Backorder, ReleaseAt: release);
    }

    private long Cost(long node)
    {
        if (settings.Nodes.FirstOrDefault(n => n.Id == node) is not { } at) return 0;
        var lanes = settings.LanesTo(node, settings.PlaceOf(order.Country, order.Postcode));
        return at.PickFixedMinor + at.HandlingMinor + (lanes.Count == 0 ? 0 : lanes.Min(l => l.BaseMinor));
    }
}
