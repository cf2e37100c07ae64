using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Billing;

/// <summary>Whose bills are asked for: one's own, or for the house those of any merchant.</summary>
internal static class BillingAccess
{
    /// <summary>The caller, working for the merchant that is asked for; only the house may ask for another.</summary>
    /// <remarks>Errors: billing.no_such_merchant, also where it is none of the caller's business.</remarks>
    public static async Task<Result<Actor>> For(Db db, Actor actor, string? merchant)
    {
        if (merchant is null) return actor;
        if (!Text.IsStorable(merchant)) return BillingErrors.NoSuchMerchant;
        var found = await db.ReadAll(work => work.Query("select id from merchants where code = @code /* house */", row => row.Long(), ("code", merchant)));
        if (found.Count == 0 || found[0] != actor.Merchant && !actor.IsHouse) return BillingErrors.NoSuchMerchant;
        // Nodes bind what a person sees of its own merchant; of others the house asks with none.
        return found[0] == actor.Merchant ? actor : actor.Nodes is null ? actor with { Merchant = found[0], Stamp = null } : BillingErrors.NoSuchMerchant;
    }
}
