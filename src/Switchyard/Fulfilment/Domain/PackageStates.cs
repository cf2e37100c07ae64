using System.Text.Json;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Where a package is, on the carrier's axis.</summary>
public enum PackageState { Labelled, Voided, Manifested, InTransit, OutForDelivery, AvailableAtPoint, Delivered, Exception, Lost, ReturnedToSender }

/// <summary>Every move of a package. Once it is given to the carrier its scans come in any order, so the way there is free and the ends are final.</summary>
public static class PackageStates
{
    private static readonly PackageState[] Ends = [PackageState.Delivered, PackageState.Lost, PackageState.ReturnedToSender];

    public static readonly Transitions<PackageState> Allowed = new()
    {
        [PackageState.Labelled] = [PackageState.Voided, PackageState.Manifested],
        [PackageState.Manifested] =
            [PackageState.InTransit, PackageState.OutForDelivery, PackageState.AvailableAtPoint, PackageState.Exception, .. Ends],
        [PackageState.InTransit] = [PackageState.OutForDelivery, PackageState.AvailableAtPoint, PackageState.Exception, .. Ends],
        [PackageState.OutForDelivery] = [PackageState.InTransit, PackageState.AvailableAtPoint, PackageState.Exception, .. Ends],
        [PackageState.AvailableAtPoint] = [PackageState.InTransit, PackageState.Exception, .. Ends],
        [PackageState.Exception] = [PackageState.InTransit, PackageState.OutForDelivery, PackageState.AvailableAtPoint, .. Ends],
    };

    /// <summary>Given to a carrier or customer, and nothing final known yet.</summary>
    public static bool IsUnderWay(PackageState state) =>
        state is PackageState.Manifested or PackageState.InTransit or PackageState.OutForDelivery or PackageState.AvailableAtPoint or PackageState.Exception;

    public static string Name(PackageState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
    public static PackageState Parse(string name) => Enum.Parse<PackageState>(name, ignoreCase: true);
}
