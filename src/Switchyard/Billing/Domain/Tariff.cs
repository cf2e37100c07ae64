using System.Text.Json;

namespace Switchyard.Billing;

/// <summary>What a merchant may be billed for. Names are stored in camel case and never renamed.</summary>
public enum Activity
{
    /// <summary>An order of which something left.</summary>
    Order,

    /// <summary>A unit taken off the shelf.</summary>
    Pick,

    /// <summary>A parcel that left.</summary>
    Parcel,

    /// <summary>A unit booked in.</summary>
    ReceivedUnit,

    /// <summary>A pallet place (a bin of kind bulk or reserve) with goods at the end of a day.</summary>
    PalletDay,

    /// <summary>Any other bin with goods at the end of a day; staging, totes and quarantine are none.</summary>
    BinDay,
}

/// <summary>What an activity costs.</summary>
/// <param name="PriceMinor">In minor units of the tariff's currency.</param>
/// <param name="Per">For so many; 1 when not said.</param>
public sealed record TariffLine(Activity Activity, long PriceMinor, long Per = 1);

/// <summary>A line of a bill.</summary>
/// <param name="AmountMinor">Quantity times price, to the nearest minor unit, halves up.</param>
/// <param name="Events">Entries of the activity log it is the sum of.</param>
public sealed record BillLine(Activity Activity, long Quantity, long PriceMinor, long Per, long AmountMinor, long Events);

/// <summary>Makes bills of activities.</summary>
public static class Bills
{
    /// <param name="sums">Quantity and number of entries by activity.</param>
    /// <returns>A line for each activity of the tariff that there was, in the order of the tariff.</returns>
    public static IReadOnlyList<BillLine> Of(IReadOnlyList<TariffLine> tariff, IReadOnlyDictionary<Activity, (long Quantity, long Events)> sums) =>
        [.. tariff.Where(t => sums.ContainsKey(t.Activity)).Select(t => new BillLine(t.Activity, sums[t.Activity].Quantity, t.PriceMinor, t.Per, Amount(sums[t.Activity].Quantity, t), sums[t.Activity].Events))];

    public static long Amount(long quantity, TariffLine line) => (long)Math.Round((decimal)quantity * line.PriceMinor / line.Per, MidpointRounding.AwayFromZero);

    public static string Name(Activity activity) => JsonNamingPolicy.CamelCase.ConvertName(activity.ToString());
    public static Activity? Parse(string? name) => Enum.GetValues<Activity>().Cast<Activity?>().FirstOrDefault(a => Name(a!.Value) == name);
}
