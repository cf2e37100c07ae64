namespace Switchyard.Inventory;

/// <summary>Units that come (inbound) or are owed (a claim) from an instant on.</summary>
public readonly record struct Dated(long AtMs, long Units);

/// <summary>What one node has of one SKU and will have.</summary>
/// <param name="Available">Units that may be promised now; negative is a deficit, which inbound makes good first.</param>
public sealed record NodeSupply(long Node, long Available, IReadOnlyList<Dated> Inbound, IReadOnlyList<Dated> Claims);

/// <summary>What the nodes that may serve have of one SKU, and the claims on it that no node carries yet.</summary>
public sealed record SkuSupply(IReadOnlyList<NodeSupply> Nodes, IReadOnlyList<Dated> Claims)
{
    public static readonly SkuSupply None = new([], []);

    /// <summary>Units that placed orders wait for, whether or not anything is on its way for them.</summary>
    public long Waiting { get; init; }

    /// <summary>The count of the SKU at an instant by the rule that divides it; null where none does.</summary>
    public Func<long, ShareCount>? Share { get; init; }

    /// <summary>Who would be sold to.</summary>
    public SoldTo To { get; init; } = SoldTo.Nobody;

    internal bool IsOfToday => Claims.Count == 0 && Nodes.All(n => n.Inbound.Count == 0 && n.Claims.Count == 0);
}

/// <summary>A part of a bundle: its supply and the units that one bundle takes.</summary>
public readonly record struct BundlePart(SkuSupply Supply, long Quantity);

/// <summary>
/// The one function that says how many units may be promised (ATP): for lists, single reads, the API, feeds and the promise itself.
/// At an instant t it is the least, over t and all later instants, of available + inbound due by then - claims due by then: so units
/// that a later claim waits for are not sold before it, and inbound is never sold twice.
/// </summary>
/// <remarks>Source: ATP as in docs/glossary (discrete available to promise with look-ahead). Cost: linear in dates, squared for claims.</remarks>
public static class Atp
{
    /// <summary>Units at one node at an instant; may be negative.</summary>
    public static long AtNode(NodeSupply supply, long atMs)
    {
        long least = Stock(supply, atMs);
        // Stock falls only where a claim comes due, so no other instant can be the least.
        foreach (var claim in supply.Claims)
            if (claim.AtMs > atMs) least = Math.Min(least, Stock(supply, claim.AtMs));
        return least;
    }

    /// <summary>Units over all nodes at an instant, floored at 0.</summary>
    /// <param name="buffer">Units that the channel never sells, ≥ 0.</param>
    public static long InNetwork(SkuSupply supply, long buffer, long atMs)
    {
        if (supply.IsOfToday) return Limited(supply, supply.Nodes.Sum(n => Math.Max(0, n.Available)) - buffer, atMs);
        long least = Sum(supply, atMs);
        foreach (var claim in supply.Claims)
            if (claim.AtMs > atMs) least = Math.Min(least, Sum(supply, claim.AtMs));
        return Limited(supply, least - buffer, atMs);
    }

    /// <summary>
    /// Whole bundles at an instant: at each node as many as its scarcest component allows, summed over the nodes, and never more than
    /// the network has of any component.
    /// </summary>
    /// <param name="buffer">Units of each component that the channel never sells, ≥ 0.</param>
    public static long OfBundle(IReadOnlyList<BundlePart> parts, long buffer, long atMs)
    {
        if (parts.Count == 0) return 0;
        var nodes = parts[0].Supply.Nodes.Select(n => n.Node);
        long whole = nodes.Sum(node => parts.Min(part => (part.Supply.Nodes.FirstOrDefault(n => n.Node == node) is { } at ? Math.Max(0, AtNode(at, atMs)) : 0) / part.Quantity));
        return Math.Min(whole, parts.Min(part => InNetwork(part.Supply, buffer, atMs) / part.Quantity));
    }

    /// <summary>The first instant, from now on, at which so many can be promised; null when never as far as is known.</summary>
    public static long? Earliest(IEnumerable<SkuSupply> supplies, long nowMs, Func<long, long> promisableAt, long quantity)
    {
        var dates = supplies.SelectMany(s => s.Nodes).SelectMany(n => n.Inbound).Select(i => i.AtMs).Where(at => at > nowMs).Distinct().Order();
        foreach (long at in dates.Prepend(nowMs))
            if (promisableAt(at) >= quantity) return at;
        return null;
    }

    /// <summary>
    /// Names the supply of claims: those who wait get what comes first. What nothing on its way covers is left out: it takes nothing
    /// from what is here, since whatever is here and owed is set aside.
    /// </summary>
    /// <param name="inbound">Units on their way, in any order.</param>
    /// <param name="claims">Units that are waited for, ≥ 0.</param>
    public static IReadOnlyList<Dated> Cover(IEnumerable<Dated> inbound, long claims)
    {
        var covered = new List<Dated>();
        foreach (var due in inbound.OrderBy(i => i.AtMs))
        {
            if (claims <= 0) break;
            covered.Add(due with { Units = Math.Min(due.Units, claims) });
            claims -= due.Units;
        }
        return covered;
    }

    /// <summary>When the last of so many units comes, behind those who wait already; null when nothing on its way covers it.</summary>
    /// <param name="ahead">Units that go to others first, ≥ 0.</param>
    public static long? CoveredAt(IEnumerable<Dated> inbound, long ahead, long units)
    {
        long left = ahead + units;
        foreach (var due in inbound.OrderBy(i => i.AtMs))
            if ((left -= due.Units) <= 0) return due.AtMs;
        return null;
    }

    private static long Limited(SkuSupply supply, long units, long atMs) =>
        Math.Max(0, units > 0 && supply.Share is { } share ? Math.Min(units, share(atMs).Room(supply.To)) : units);

    private static long Sum(SkuSupply supply, long atMs) =>
        supply.Nodes.Sum(n => Math.Max(0, AtNode(n, atMs))) - supply.Claims.Where(c => c.AtMs <= atMs).Sum(c => c.Units);

    private static long Stock(NodeSupply supply, long atMs) => supply.Available
        + supply.Inbound.Where(i => i.AtMs <= atMs).Sum(i => i.Units) - supply.Claims.Where(c => c.AtMs <= atMs).Sum(c => c.Units);
}
