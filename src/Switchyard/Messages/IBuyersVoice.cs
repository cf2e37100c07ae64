using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>Knows of orders whose buyers are written to by somebody else: the marketplace they bought at, or the system before this one.</summary>
public interface IBuyersVoice
{
    /// <summary>Does somebody else write to the buyer of this order?</summary>
    Task<bool> IsElsewhere(Work work, OrderId order);
}
