using Switchyard.Adapters;

namespace Switchyard.Shipping;

/// <summary>One conversation with a carrier on behalf of an account.</summary>
public sealed class CarrierCall(AdapterAccess access, CarrierHttp http, Func<Consignment, Task<IReadOnlyList<CarrierRate>>> card, DateTimeOffset now, CancellationToken stop) : AdapterCall(access, http, now, stop)
{
    /// <summary>Rates of the account's own rate card, for carriers that tell none.</summary>
    public Task<IReadOnlyList<CarrierRate>> Card(Consignment what) => card(what);
}
