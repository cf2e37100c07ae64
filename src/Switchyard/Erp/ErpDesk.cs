using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;

namespace Switchyard.Erp;

/// <summary>Knows the adapters, and opens the merchant's account for a conversation.</summary>
public sealed class ErpDesk(IEnumerable<IErp> erps, Db db, ErpHttp http, ErpSecrets secrets, TimeProvider clock)
{
    public const string Name = "system:erp";
    private readonly Dictionary<string, IErp> _erps = erps.ToDictionary(e => e.Manifest.Code, StringComparer.Ordinal);

    public IReadOnlyList<IErp> Erps { get; } = [.. erps.OrderBy(e => e.Manifest.Code, StringComparer.Ordinal)];

    internal IErp Of(ErpAccount account) => _erps[account.Adapter];

    /// <summary>An account ready to be spoken to; outside of any transaction.</summary>
    /// <param name="mayWait">Nobody waits for the answer.</param>
    internal ErpCall Call(ErpAccount account, CancellationToken stop, bool mayWait = false) =>
        new(new AdapterAccess(account.Id, account.Merchant, account.Adapter, account.BaseUrl, account.Settings, secrets.Open(account.Secret), account.CallsPerMinute, mayWait)
            .Sharing(Of(account).Manifest.Settings), http, account.Places, clock.GetUtcNow(), stop);

    internal static Actor House(long merchant) => Actor.House(Name, merchant);

    /// <summary>A write of the house's own that cannot be refused.</summary>
    internal async Task Write(Actor house, Func<Work, Task<int>> body)
    {
        var done = await db.Write<int>(house, async work => await body(work));
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }
}
