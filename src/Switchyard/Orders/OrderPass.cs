using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <param name="IsOver">Nothing is left to do for now.</param>
internal readonly record struct PassStep(bool IsOver);

/// <summary>Goes through many orders, some at a time, each time in one transaction. One order whose books are wrong keeps no other from its turn: it is left out, and comes back later (<see cref="PassFailures"/>).</summary>
internal static class OrderPass
{
    /// <param name="chunk">Does up to so many orders, and keeps how far it has come.</param>
    /// <param name="skip">Leaves the next order out for a while: it could not be done by itself either.</param>
    public static async Task Go(int most, Func<int, Task<Result<PassStep>>> chunk, Func<Task> skip, Action<Exception> tell)
    {
        int size = most;
        while (true)
        {
            try
            {
                var done = await chunk(size);
                if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
                if (done.Value.IsOver) return;
                size = most;
            }
#pragma warning disable CA1031 // the chunk is tried one by one, and the order it fails at is left out
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (size > 1) { size = 1; continue; }
                tell(e);
                await skip();
            }
        }
    }
}
