using Shouldly;
using Switchyard.Connectors.WooCommerce;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

public sealed class WooAdapterTests : ChannelAdapterContract
{
    private sealed class Woo() : ChannelDesk(new WooChannel(), new WooCommerceSim { EndsTls = true })
    {
        public override int PageSize => 50;

        // A shop of this kind has no parcels: it has notes, one for each.
        public override int ParcelsOf(SimOrder order) => order.Remarks.Count(r => r.Text.Contains("tracking number", StringComparison.Ordinal));
    }

    private protected override ChannelDesk Make() => new Woo();
}
