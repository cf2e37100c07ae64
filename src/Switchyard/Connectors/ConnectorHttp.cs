using Microsoft.AspNetCore.DataProtection;
using Switchyard.Adapters;
using Switchyard.Http;

namespace Switchyard.Connectors;

/// <summary>How patient we are with sales channels. The operator's settings; tests make them shorter.</summary>
public sealed class ConnectorPatience : AdapterPatience
{
    public ConnectorPatience() => Timeout = TimeSpan.FromSeconds(30);

    /// <summary>How often a channel is asked for changed orders, where it sends messages and where not.</summary>
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromMinutes(10);
    public TimeSpan AskEveryWithoutMessages { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>So far back each question reaches behind the newest change that is known: channels show changes late.</summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A channel that cannot compare is asked for its orders so soon after it was told stock: what it sold in between is known then.</summary>
    public TimeSpan AskAfterPush { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pieces that a channel seems to have sold, and of which no order comes for so long, were not sold: somebody changed its stock.</summary>
    public TimeSpan Doubt { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often all that a channel offers is read, and compared.</summary>
    public TimeSpan CompareEvery { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Changes of stock that come one after another are taken together.</summary>
    public TimeSpan BetweenPushes { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>After so long without an answer somebody is told.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A process that died in the middle of its work is replaced after this.</summary>
    public TimeSpan Lease => 4 * Timeout + TimeSpan.FromSeconds(10);

    /// <summary>The same of one order, which is one question and one placing; that it is done twice does no harm.</summary>
    public TimeSpan OrderLease => Timeout + TimeSpan.FromSeconds(10);
}

/// <summary>The way out to sales channels.</summary>
public sealed class ConnectorHttp(OutwardHttp http, ConnectorPatience patience, TimeProvider clock) : AdapterHttp(http, patience, clock);

/// <summary>Secrets of connections with sales channels.</summary>
public sealed class ConnectorSecrets(IDataProtectionProvider protection) : AdapterSecrets(protection, "switchyard.connector-secrets");
