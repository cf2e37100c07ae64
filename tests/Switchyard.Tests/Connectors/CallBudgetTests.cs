using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Connectors.WooCommerce;
using Switchyard.Http;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>What whoever has the same credentials may call together.</summary>
public sealed class CallBudgetTests
{
    private const int CallsPerMinute = 60, Burst = 6;

    [Fact, Capability("CH-20")]
    public async Task Two_connections_with_the_same_credentials_call_no_more_often_together_than_one_may()
    {
        await using var sim = await SimHost.Listening(new WooCommerceSim { EndsTls = true });
        using var outward = new OutwardHttp { Allowed = OutwardAddresses.Allowing("127.0.0.1"), AllowsPlainHttp = true };
        var clock = new FakeClock();
        var http = new ConnectorHttp(outward, new ConnectorPatience { Timeout = TimeSpan.FromSeconds(60), FailuresBeforeRest = 1_000 }, clock);
        var settings = new WooChannel().Manifest.Settings;
        AdapterAccess of(string secret) => new AdapterAccess(Guid.CreateVersion7(), 1, "shop", sim.BaseUrl, sim.Settings, new Dictionary<string, string>(sim.Secrets) { ["consumerSecret"] = secret }, CallsPerMinute).Sharing(settings);
        string secret = sim.Secrets["consumerSecret"];
        var (north, south, other) = (of(secret), of(secret), of("another"));
        (south.Budget == north.Budget, other.Budget == north.Budget).ShouldBe((true, false));
        north.Budget.ShouldNotContain(secret);

        // Both as often as they can, for a minute.
        int sent = 0;
        for (int second = 0; second <= 60; second++)
        {
            foreach (var access in (AdapterAccess[])[north, south, north, south]) if (await Call(access)) sent++;
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        // What a bucket holds at first, and what flows in.
        sent.ShouldBeInRange(CallsPerMinute, CallsPerMinute + Burst);
        sim.Calls.Count.ShouldBe(sent, "what would be one too many is not sent");
        for (int i = 0; i < Burst; i++) (await Call(other)).ShouldBeTrue("other credentials have calls of their own");
        (await Call(other)).ShouldBeFalse();

        async Task<bool> Call(AdapterAccess access)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, sim.BaseUrl + "/wp-json/wc/v3/orders");
            var answer = await http.Send(access, request, CancellationToken.None);
            if (answer.Fault is { Kind: FaultKind.Throttled or FaultKind.NotSent } late) late.RetryAfter.ShouldNotBeNull();
            return answer.Fault is not { Kind: FaultKind.Throttled or FaultKind.NotSent };
        }
    }
}
