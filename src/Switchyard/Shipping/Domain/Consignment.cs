namespace Switchyard.Shipping;

/// <summary>Where a parcel comes from or goes to.</summary>
public sealed record ParcelAddress(string? Name, string? Company, string? Line1, string? Line2, string? City, string? Region, string? Postcode, string? Country, string? Phone, string? Email);

/// <summary>What is in a parcel, for labels, insurance and customs. Amounts are minor units of the consignment's currency, without tax.</summary>
public sealed record ParcelItem(string Sku, string Name, long Quantity, long UnitValueMinor, long UnitWeightGrams, string? HsCode, string? OriginCountry);

/// <summary>One parcel to be sent.</summary>
/// <param name="Reference">Ours: the same for every try, so that a carrier that booked it unheard can be asked for it.</param>
/// <param name="WeightGrams">As weighed, else as its contents weigh; at least 1.</param>
public sealed record Consignment(string Reference, string OrderNumber, ParcelAddress From, ParcelAddress To, long WeightGrams, long? LengthMm, long? WidthMm, long? HeightMm,
    string Currency, IReadOnlyList<ParcelItem> Items, DateTimeOffset At)
{
    public long ValueMinor => Items.Sum(i => i.UnitValueMinor * i.Quantity);

    /// <summary>Where it goes when nobody takes it: of a merchant in a shared warehouse its own place; null where that is where it comes from.</summary>
    public ParcelAddress? ReturnTo { get; init; }

    /// <summary>What a label says of the sender, for carriers that know one place only.</summary>
    public ParcelAddress Sender => ReturnTo ?? From;

    /// <summary>Goods sent again, free of charge.</summary>
    public bool IsReplacement { get; init; }

    /// <summary>Its serial shipping container code, for carriers that print a reference on their label; null where the merchant has no GS1 company prefix.</summary>
    public string? Sscc { get; init; }

    /// <summary>What customs asks; null where it crosses no border.</summary>
    public CustomsData? Customs { get; init; }
}

/// <summary>What a carrier asks for one service. Days are working days from handover, <see cref="MinDays"/> ≤ <see cref="MaxDays"/>.</summary>
/// <param name="CarrierKey">The carrier's own id of this rate, where booking needs it.</param>
public sealed record CarrierRate(string Service, string? Name, long CostMinor, string Currency, int? MinDays, int MaxDays, bool IsGuaranteed = false, string? CarrierKey = null);

/// <summary>A label as the carrier made it.</summary>
/// <param name="CarrierKey">The carrier's own id: what void, manifest and track need.</param>
/// <param name="Format">pdf, zpl or png.</param>
public sealed record BookedLabel(string CarrierKey, string Tracking, byte[] Label, string Format, string? Service = null, long? CostMinor = null, string? Currency = null, string? TrackingUrl = null);

/// <summary>By what a carrier knows a parcel that it booked.</summary>
public sealed record LabelKey(string Reference, string CarrierKey, string Tracking, string? Service = null)
{
    /// <summary>The parcel's serial shipping container code, where it has one.</summary>
    public string? Sscc { get; init; }
}

/// <summary>A day's list as the carrier took it.</summary>
public sealed record CarrierList(string Number, byte[]? Document, string? Format);

/// <summary>Parcels to be fetched.</summary>
/// <param name="From">From when they are ready, by the clock of the place.</param>
/// <param name="Labels">Those of the account that are there and have not left, for carriers that fetch named parcels; at most 500.</param>
public sealed record PickupWish(ParcelAddress At, DateTimeOffset From, DateTimeOffset To, int Parcels, long Grams, IReadOnlyList<LabelKey> Labels);

/// <summary>A carrier will fetch parcels.</summary>
public sealed record PickupDone(string Number, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>A shop or locker where parcels are handed in or collected.</summary>
public sealed record ServicePoint(string Id, string Name, string? Line1, string? City, string? Postcode, string? Country, long? DistanceMetres);
