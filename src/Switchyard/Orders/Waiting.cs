using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>Wakes the drainer of the queue for stock. Commits of this process wake it anyway; this is for whoever wants it at once.</summary>
public sealed class Waiting
{
    private readonly CommitPulse _pulse = new();

    public void Wake() => _pulse.Beat();

    internal Task Next => _pulse.Next;
}
