namespace Switchyard.Shipping;

/// <summary>What is not in the specification of Click &amp; Drop; README.md beside this file says the same.</summary>
internal static class RoyalMailAssumptions
{
    public static readonly IReadOnlyList<string> All =
    [
        "The words of shippingTrackingStatus are not listed in the specification; those we know are taken from the status column of Click & Drop, all others are shown as unknown.",
        "Orders that are asked for by a reference that is not there are answered with 404, or 400 with the code NotFound or OrderNotFound.",
        "An order on a manifest cannot be deleted: the answer is an error entry, not a deleted order.",
        "manifestedOn is set on every order of a manifest as soon as the manifest was made.",
    ];
}

/// <summary>Royal Mail's words for where a parcel is, in ours.</summary>
internal static class RoyalMailWords
{
    public static ScanKind KindOf(string status) => status.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "LABELGENERATED" or "MANIFESTED" or "DESPATCHED" or "NEW" => ScanKind.Announced,
        "COLLECTED" or "ACCEPTED" or "ACCEPTEDATPOSTOFFICE" => ScanKind.Accepted,
        "INTRANSIT" or "ITEMRECEIVED" or "INTERNATIONALDEPARTED" => ScanKind.InTransit,
        "OUTFORDELIVERY" or "READYFORDELIVERY" => ScanKind.OutForDelivery,
        "AVAILABLEFORCOLLECTION" or "READYFORCOLLECTION" => ScanKind.AvailableAtPoint,
        "DELIVERYATTEMPTED" or "ATTEMPTED" => ScanKind.Attempted,
        "DELAYED" => ScanKind.Delayed,
        "RETURNEDTOSENDER" or "RETURNTOSENDER" => ScanKind.ReturnedToSender,
        "DELIVERED" => ScanKind.Delivered,
        _ => ScanKind.Unknown,
    };
}
