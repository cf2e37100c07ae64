namespace Switchyard.Picking;

/// <summary>Walks that may be laid beside others on one cart, as SQL over <c>pick_tours t</c>: with totes, on no cart, and begun by nobody. Without totes nobody could tell on the cart whose goods are whose.</summary>
internal static class FreshWalk
{
    public const string Is =
        """
        (t.has_totes and t.cart_id is null
          and not exists (select 1 from pick_totes o where o.tour_id = t.id and o.merchant_id = t.merchant_id)
          and not exists (select 1 from pick_tasks k where k.tour_id = t.id and k.merchant_id = t.merchant_id and (k.picked > 0 or k.state in ('done', 'short'))))
        """;

    /// <summary>How many places of a cart it takes.</summary>
    public const string Places = "(select coalesce(max(k.tote_no), 0) from pick_tasks k where k.tour_id = t.id and k.merchant_id = t.merchant_id)";
}
