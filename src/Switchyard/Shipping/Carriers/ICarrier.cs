using System.Text.Json.Nodes;
using Switchyard.Adapters;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>What an adapter can do, what it needs, and what nobody has verified.</summary>
/// <param name="Can">rate, label, find, void, manifest, track, webhook, pickup, callOff, servicePoints.</param>
/// <param name="IsPost">A postal service: customs gets CN22 or CN23, not a commercial invoice.</param>
/// <param name="Assumptions">What is not from a published specification, one sentence each.</param>
public sealed record AdapterManifest(string Code, string Name, string DefaultUrl, IReadOnlyList<string> Can, IReadOnlyList<AdapterSetting> Settings, IReadOnlyList<string> LabelFormats,
    bool IsPost, string Source, IReadOnlyList<string> Assumptions)
{
    public string Object => "carrierAdapter";
}

/// <summary>
/// A carrier. Every method may be called again with the same arguments. Nothing throws but for cancelling: what goes wrong is a
/// <see cref="AdapterFault"/>, and the adapter says honestly whether the carrier may have done what was asked.
/// </summary>
public interface ICarrier
{
    AdapterManifest Manifest { get; }

    /// <summary>What its services cost for this parcel, and how long they take.</summary>
    Task<AdapterAnswer<IReadOnlyList<CarrierRate>>> Rate(CarrierCall call, Consignment what);

    /// <summary>The label booked under our reference; null: there surely is none. The first, when there are several.</summary>
    Task<AdapterAnswer<BookedLabel?>> Find(CarrierCall call, string reference);

    Task<AdapterAnswer<BookedLabel>> Book(CarrierCall call, Consignment what, ServiceQuote service);

    /// <summary>Takes a label back. One that is void or unknown already is fine.</summary>
    Task<AdapterAnswer<Done>> Void(CarrierCall call, LabelKey label);

    /// <summary>Closes a list of these parcels. Asked again after an unheard answer, it gives the list that was made.</summary>
    Task<AdapterAnswer<CarrierList>> Close(CarrierCall call, IReadOnlyList<LabelKey> labels, bool isAgain);

    Task<AdapterAnswer<IReadOnlyList<ParcelScan>>> Track(CarrierCall call, LabelKey label);

    /// <summary>What a message of the carrier says; null when it is not signed as it should be.</summary>
    IReadOnlyList<ParcelScan>? Read(WebhookMail mail);

    /// <summary>Asks for a driver. Asked again for the same after an unheard answer, it gives the collection that is there.</summary>
    Task<AdapterAnswer<PickupDone>> Pickup(CarrierCall call, PickupWish wish) =>
        Task.FromResult<AdapterAnswer<PickupDone>>(Unsupported("ask for a pickup"));

    /// <summary>Calls a collection off. One that is called off already is fine.</summary>
    Task<AdapterAnswer<Done>> CallOff(CarrierCall call, string number) => Task.FromResult<AdapterAnswer<Done>>(Unsupported("call a collection off"));

    Task<AdapterAnswer<IReadOnlyList<ServicePoint>>> ServicePoints(CarrierCall call, string country, string postcode) =>
        Task.FromResult<AdapterAnswer<IReadOnlyList<ServicePoint>>>(Unsupported("list service points"));

    AdapterFault Unsupported(string what) => new(FaultKind.Unsupported, $"{Manifest.Name} cannot {what} through this adapter.");
}
