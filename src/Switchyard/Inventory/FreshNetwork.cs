using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>Nodes and channels as they are now: those in memory when nothing has changed since, else read anew.</summary>
internal static class FreshNetwork
{
    public static async Task<MerchantSettings> Read(Db db, NetworkReader network, Actor actor)
    {
        var settings = await network.Settings(actor.Merchant);
        long version = await db.Read(actor, work => work.Scalar("select version from catalog_versions where merchant_id = @merchant"));
        return version == settings.Version ? settings : await network.Refresh(actor.Merchant);
    }
}
