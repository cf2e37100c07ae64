using Microsoft.AspNetCore.DataProtection;
using Switchyard.Adapters;
using Switchyard.Http;

namespace Switchyard.Erp;

/// <summary>How patient we are with ERPs. The operator's settings; tests make them shorter.</summary>
public sealed class ErpPatience : AdapterPatience
{
    public ErpPatience() => Timeout = TimeSpan.FromSeconds(60);

    /// <summary>How often it is asked for what has changed, and how often stock is compared.</summary>
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromMinutes(5);
    public TimeSpan StockEvery { get; set; } = TimeSpan.FromMinutes(15);
    public TimeSpan CompareEvery { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Goods that moved so shortly before are not compared: the ERP may hear of it right now. A log that is read later than this keeps all from being compared.
    /// </summary>
    public TimeSpan Settles { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A process that died in the middle of its work is replaced after this.</summary>
    public TimeSpan Lease => 4 * Timeout + TimeSpan.FromSeconds(10);
}

/// <summary>The way out to ERPs.</summary>
public sealed class ErpHttp(OutwardHttp http, ErpPatience patience, TimeProvider clock) : AdapterHttp(http, patience, clock)
{
    /// <summary>So long a call waits until the account may make it.</summary>
    public TimeSpan Patient => patience.Timeout;
}

/// <summary>Secrets of accounts with ERPs.</summary>
public sealed class ErpSecrets(IDataProtectionProvider protection) : AdapterSecrets(protection, "switchyard.erp-secrets");
