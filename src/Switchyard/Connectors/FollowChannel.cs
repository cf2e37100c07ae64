using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Connectors;

/// <summary>Does to an order what its channel changed.</summary>
public sealed class FollowChannel
{
    internal Task<Result<Done>> Do(Actor house, Connection connection, OrderId order, string externalId, ChannelChange change, ChannelOrder told) => throw new NotImplementedException();
}
