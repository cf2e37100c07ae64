using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>The limits of sale as whoever tells what could be sold sees them: without a lock.</summary>
public sealed class SaleView
{
    private readonly SaleLimits _limits;
    private readonly MerchantSettings _settings;
    private readonly IReadOnlyList<ShareRule> _rules;

    private SaleView(SaleLimits limits, MerchantSettings settings, IReadOnlyList<ShareRule> rules, SoldTo to) => (_limits, _settings, _rules, To) = (limits, settings, rules, to);

    /// <summary>Who would be sold to.</summary>
    public SoldTo To { get; }

    /// <summary>Reads them for one buyer; null where nothing limits.</summary>
    public static async Task<SaleView?> Read(Db db, MerchantSettings settings, SoldTo to, long[] skus, DateTimeOffset now) => !settings.HasSaleLimits ? null
        : await db.Read(Actor.House("system:limits", settings.Merchant), async work =>
        {
            var batch = work.Batch();
            var limits = SaleLimits.Queue(batch, skus, now);
            await batch.Run();
            return new SaleView(limits, settings, settings.Shares, to);
        });

    /// <summary>The same as part of a batch, whose statements may see one instant; null where nothing limits.</summary>
    public static SaleView? Queue(Batch batch, MerchantSettings settings, SoldTo to, long[] skus, DateTimeOffset now) =>
        settings.HasSaleLimits ? new SaleView(SaleLimits.Queue(batch, skus, now), settings, settings.Shares, to) : null;

    /// <summary>What late feeds take from the sum of all channels.</summary>
    internal static SaleView OfFeeds(Batch batch, MerchantSettings settings, long[] skus, DateTimeOffset now) => new(SaleLimits.Queue(batch, skus, now), settings, [], SoldTo.Nobody);

    /// <param name="thought">A rule that is asked before those that are stored.</param>
    internal static SaleView Queue(Batch batch, MerchantSettings settings, long[] skus, DateTimeOffset now, ShareRule? thought) =>
        new(SaleLimits.Queue(batch, skus, now, always: thought is not null), settings, thought is null ? settings.Shares : [thought, .. settings.Shares], SoldTo.Nobody);

    internal ShareRule? RuleOf(long sku) => _limits.RuleOf(_rules, sku);

    internal long Doubted(long node, long onHand) => _settings.HasFeedRules ? _limits.Doubted(_settings, node, onHand) : 0;

    internal int TrustPercent(long node) => _limits.TrustPercent(_settings, node);

    /// <summary>The count of a SKU at an instant, with what has come by then; null where nothing divides it.</summary>
    internal Func<long, ShareCount>? CountOf(long sku, IReadOnlyList<SaleLimits.Level> levels, IReadOnlyList<SupplyReader.Due> dues) => RuleOf(sku) is not { } rule ? null
        : atMs => _limits.Count(_settings, rule, sku, levels, [], dues.Where(d => d.AtMs <= atMs).Sum(d => d.Units));
}
