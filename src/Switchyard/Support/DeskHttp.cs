using Microsoft.AspNetCore.DataProtection;
using Switchyard.Adapters;
using Switchyard.Http;

namespace Switchyard.Support;

/// <summary>How patient we are with help desks. The operator's settings; tests make them shorter.</summary>
public sealed class DeskPatience : AdapterPatience
{
    // A ticket is read by people: three seconds more are nothing to them.
    public DeskPatience() => Poll = TimeSpan.FromSeconds(3);

    /// <summary>A process that died in the middle of its work is replaced after this: and a conversation ends before it.</summary>
    public TimeSpan Lease => Longest + TimeSpan.FromSeconds(10);

    /// <summary>For all calls of one ticket.</summary>
    public TimeSpan Longest => 8 * Timeout;
}

/// <summary>The way out to help desks.</summary>
public sealed class DeskHttp(OutwardHttp http, DeskPatience patience, TimeProvider clock) : AdapterHttp(http, patience, clock)
{
    /// <summary>So long a call waits for its turn that belongs to something begun.</summary>
    public TimeSpan Patient => patience.Timeout;
}

/// <summary>Secrets of help desks.</summary>
public sealed class DeskSecrets(IDataProtectionProvider protection) : AdapterSecrets(protection, "switchyard.desk-secrets");
