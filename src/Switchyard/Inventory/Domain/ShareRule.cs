namespace Switchyard.Inventory;

/// <summary>Who is sold to: the channel of an order or a cart, and the tags of its customer. Channel 0 is nobody's: a till, a cart of no channel.</summary>
public readonly record struct SoldTo(long Channel, IReadOnlyList<string> Tags)
{
    public static readonly SoldTo Nobody = new(0, []);
}

/// <summary>What rules know a SKU by.</summary>
public sealed record SharedSku(string Key, IReadOnlyList<string> Tags, string? Group);

/// <summary>One part of the stock.</summary>
/// <param name="Channels">Ids; none means any channel.</param>
/// <param name="CustomerTags">The customer has one of them; none means anybody.</param>
/// <param name="Percent">0 to 100 of what there is and was since the start; null where <paramref name="Units"/> says it.</param>
public sealed record SharePart(string Name, IReadOnlyList<long> Channels, IReadOnlyList<string> CustomerTags, decimal? Percent, long? Units)
{
    public bool Takes(SoldTo to) => (Channels.Count == 0 || Channels.Contains(to.Channel))
        && (CustomerTags.Count == 0 || CustomerTags.Any(t => to.Tags.Contains(t, StringComparer.OrdinalIgnoreCase)));
}

/// <summary>How the stock of some SKUs is divided. Of several rules that cover a SKU the first one counts.</summary>
/// <param name="Epoch">What was sold from this epoch on counts.</param>
/// <param name="IsRestShared">May a part that is used up sell of what no part is given?</param>
/// <param name="Skus">By <c>Text.Key</c>; with <paramref name="Tags"/> and <paramref name="Groups"/> empty too, every SKU.</param>
public sealed record ShareRule(string Code, long Epoch, IReadOnlyList<SharePart> Parts, bool IsRestShared,
    IReadOnlySet<string> Skus, IReadOnlySet<string> Tags, IReadOnlySet<string> Groups)
{
    public bool Covers(SharedSku sku) => Skus.Count + Tags.Count + Groups.Count == 0 || Skus.Contains(sku.Key)
        || sku.Tags.Any(Tags.Contains) || sku.Group is { } group && Groups.Contains(group);

    /// <summary>The place of the part that such a sale belongs to: the first that takes it; behind the last one are all others.</summary>
    public int PartOf(SoldTo to)
    {
        for (int i = 0; i < Parts.Count; i++) if (Parts[i].Takes(to)) return i;
        return Parts.Count;
    }
}

/// <summary>
/// The count of one SKU under its rule. Supply is all there is for sale and all that was sold since the rule began; what a part may have of it
/// (its cap) is fixed by that alone, so sending goods changes nothing. A part has used what its orders and carts hold and what it has sold.
/// </summary>
/// <remarks>
/// Caps are given in the order of the parts and never add up to more than the supply; what no part is given is the rest. So as long as
/// nobody takes more than <c>Room</c> says, each part can still sell what is left of its cap, whatever the others do. Percentages are rounded
/// down to whole units; when supply changes, what rounding leaves may move by a unit a part.
/// </remarks>
/// <param name="supply">Units, sold ones included; below 0 counts as 0.</param>
public sealed class ShareCount(ShareRule rule, long supply)
{
    private readonly long[] _caps = CapsOf(rule, Math.Max(0, supply));
    private readonly long[] _used = new long[rule.Parts.Count + 1];

    /// <summary>What a part may have, sold units included; of the last place, the rest.</summary>
    public long Cap(int part) => _caps[part];

    public long Used(int part) => _used[part];

    /// <summary>Units that a buyer holds or has bought; below 0 they are given back.</summary>
    public void Take(SoldTo to, long units) => _used[rule.PartOf(to)] += units;

    /// <summary>Units that may still be sold to this buyer, ≥ 0.</summary>
    public long Room(SoldTo to) => Room(rule.PartOf(to));

    public long Room(int part)
    {
        int rest = rule.Parts.Count;
        long own = part == rest ? 0 : Math.Max(0, _caps[part] - _used[part]);
        if (part != rest && !rule.IsRestShared) return own;
        long left = _caps[rest] - _used[rest];
        for (int i = 0; i < rest; i++) left -= Math.Max(0, _used[i] - _caps[i]);
        return own + Math.Max(0, left);
    }

    private static long[] CapsOf(ShareRule rule, long supply)
    {
        var caps = new long[rule.Parts.Count + 1];
        long left = supply;
        for (int i = 0; i < rule.Parts.Count; i++)
        {
            long wish = rule.Parts[i].Units ?? (long)decimal.Floor(supply * rule.Parts[i].Percent!.Value / 100m);
            left -= caps[i] = Math.Min(wish, left);
        }
        // What rounding leaves of a whole that is divided entirely is nobody else's: the largest part has it.
        int largest = rule.Parts.Index().MaxBy(p => (p.Item.Percent ?? 0, -p.Index)).Index;
        bool isAllGiven = rule.Parts.Sum(p => p.Percent ?? 0) == 100;
        caps[isAllGiven ? largest : rule.Parts.Count] += left;
        return caps;
    }
}
