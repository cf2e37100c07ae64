using Microsoft.AspNetCore.DataProtection;
using Switchyard.Adapters;
using Switchyard.Http;

namespace Switchyard.Support;

/// <summary>How patient we are with help desks. The operator's settings; tests make them shorter.</summary>
public sealed class DeskPatience : AdapterPatience
{
    // A ticket is read by people: three seconds more are nothing to them.
    public DeskPatience() => Poll = TimeSpan.FromSeconds(3);

    /// <summary>A process that died in the middle of its work is replaced after this: a ticket takes at most seven calls.</summary>
    public TimeSpan Lease => 8 * Timeout + TimeSpan.FromSeconds(10);
}

/// <summary>The way out to help desks.</summary>
public sealed class DeskHttp(OutwardHttp http, DeskPatience patience, TimeProvider clock) : AdapterHttp(http, patience, clock);

/// <summary>Secrets of help desks.</summary>
public sealed class DeskSecrets(IDataProtectionProvider protection) : AdapterSecrets(protection, "switchyard.desk-secrets");
