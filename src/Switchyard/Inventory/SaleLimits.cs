using System.Text.Json;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>
/// What limits the sale of some SKUs beside their stock, read with it: what each channel holds and has sold of what is divided, and when nodes
/// were last fed. Read under the lock of the stock it is true until the commit.
/// </summary>
public sealed class SaleLimits
{
    private sealed record Cart(long Sku, long Channel, long Units);

    private readonly DateTimeOffset _now;
    private List<ShareClaims.Claim> _claims = [];
    private List<Cart> _carts = [];
    private List<(long Sku, SharedSku Known)> _skus = [];
    private List<(long Merchant, long Node, long FedAtMs)> _fed = [];
    private Dictionary<(long, long), long>? _fedAt;
    private Dictionary<long, SharedSku>? _known;
    private ILookup<long, (SoldTo To, long Epoch, long Units)>? _taken;

    private SaleLimits(DateTimeOffset now) => _now = now;

    /// <summary>One row of stock as far as limits go.</summary>
    /// <param name="Claimed">Allocated, reserved and set aside.</param>
    public readonly record struct Level(long Node, long OnHand, long Available, long Claimed);

    /// <summary>Is anything divided?</summary>
    public bool HasShares => _skus.Count > 0;

    /// <summary>Queues the reading, behind the lock of the stock.</summary>
    /// <param name="always">Also where nothing is divided yet.</param>
    public static SaleLimits Queue(Batch batch, long[] skus, DateTimeOffset now, bool always = false)
    {
        var limits = new SaleLimits(now) { _claims = ShareClaims.Queue(batch, skus, always) };
        limits._carts = batch.Query(
            """
            select i.sku_id, coalesce(r.channel_id, 0), sum(i.quantity) from reservation_items i join reservations r on r.id = i.reservation_id
             where i.sku_id = any(@skus) and i.is_open and i.expires_at_ms > @now and (@always or exists (select 1 from share_rules where is_active))
             group by i.sku_id, coalesce(r.channel_id, 0) -- house: ids were found under their merchant
            """, row => new Cart(row.Long(), row.Long(), row.Sum()), ("skus", skus), ("now", now.ToUnixTimeMilliseconds()), ("always", always));
        limits._skus = batch.Query(
            """
            select p.id, p.sku_key, p.tags, p.variant_group from products p
             where p.id = any(@skus) and (@always or exists (select 1 from share_rules s where s.merchant_id = p.merchant_id and s.is_active)) -- house
            """, row => (row.Long(), new SharedSku(row.Text(), Tags(row.Text()), row.TextOrNull())), ("skus", skus), ("always", always));
        limits._fed = batch.Query(
            "select f.merchant_id, f.node_id, f.fed_at_ms from nodes n join stock_feeds f on f.node_id = n.id where n.feed_steps <> '[]' -- house",
            row => (row.Long(), row.Long(), row.Long()));
        return limits;
    }

    /// <summary>When a node was last fed; null when never, or when no rule asks.</summary>
    public long? FedAtMs(long merchant, long node) =>
        (_fedAt ??= _fed.ToDictionary(f => (f.Merchant, f.Node), f => f.FedAtMs)).TryGetValue((merchant, node), out long at) ? at : null;

    /// <summary>Units on hand at a node that are not believed, since its feed is late.</summary>
    public long Doubted(MerchantSettings settings, long node, long onHand) => FeedRule.Doubted(onHand, TrustPercent(settings, node));

    /// <summary>Percent of what is on hand at a node that is believed.</summary>
    public int TrustPercent(MerchantSettings settings, long node) => settings.NodesById.TryGetValue(node, out var at) && at.Feed is { } rule
        ? rule.TrustPercent(FedAtMs(settings.Merchant, node), _now.ToUnixTimeMilliseconds()) : 100;

    /// <summary>The rule that divides a SKU; null when none does.</summary>
    public ShareRule? RuleOf(IReadOnlyList<ShareRule> rules, long sku)
    {
        if (rules.Count == 0 || !(_known ??= _skus.ToDictionary(s => s.Sku, s => s.Known)).TryGetValue(sku, out var known)) return null;
        foreach (var rule in rules) if (rule.Covers(known)) return rule;
        return null;
    }

    /// <summary>The count of a SKU under a rule.</summary>
    /// <param name="levels">Of all nodes.</param>
    /// <param name="more">What has changed since it was read: units taken or given back, by whom.</param>
    /// <param name="moreSupply">Units sold since, or on their way.</param>
    public ShareCount Count(MerchantSettings settings, ShareRule rule, long sku, IEnumerable<Level> levels, IEnumerable<(SoldTo To, long Units)> more, long moreSupply)
    {
        _taken ??= _claims.Select(c => (c.Sku, Taken: (new SoldTo(c.Channel, Tags(c.Tags)), c.Epoch, c.Units)))
            .Concat(_carts.Select(c => (c.Sku, Taken: (new SoldTo(c.Channel, []), 0L, c.Units)))).ToLookup(t => t.Sku, t => t.Taken);
        var taken = _taken[sku].Where(t => t.Epoch == 0 || t.Epoch >= rule.Epoch).ToList();
        long supply = moreSupply + taken.Where(t => t.Epoch > 0).Sum(t => t.Units);
        foreach (var level in levels)
        {
            bool isForSale = settings.NodesById.TryGetValue(level.Node, out var node) && node.IsForSale;
            supply += level.Claimed + (isForSale ? level.Available - Doubted(settings, level.Node, level.OnHand) : 0);
        }
        var count = new ShareCount(rule, supply);
        foreach (var (to, _, units) in taken) count.Take(to, units);
        foreach (var (to, units) in more) count.Take(to, units);
        return count;
    }

    internal static IReadOnlyList<string> Tags(string json) => json.Length <= 2 ? [] : JsonSerializer.Deserialize<List<string>>(json)!;
}
