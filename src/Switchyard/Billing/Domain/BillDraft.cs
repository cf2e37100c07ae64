using System.Text.Json;

namespace Switchyard.Billing;

/// <summary>What became of a month's bill. Names are sent in camel case.</summary>
public enum BillState
{
    /// <summary>The month goes on.</summary>
    Running,

    /// <summary>The month is over, and nobody has approved its bill.</summary>
    Open,

    /// <summary>Approved, and nothing was told since.</summary>
    Approved,

    /// <summary>Approved, and activities of the month were told since: another version can be approved.</summary>
    Changed,
}

/// <summary>A month's bill as it would be now.</summary>
/// <param name="Tariff">The prices it is made by.</param>
/// <param name="Unpriced">Activities that there were and it has no price for.</param>
public sealed record BillDraft(string? Currency, IReadOnlyList<TariffLine> Tariff, IReadOnlyList<BillLine> Lines, IReadOnlyList<Activity> Unpriced, long Entries)
{
    public long TotalMinor => Lines.Sum(l => l.AmountMinor);

    /// <param name="sums">Quantity and number of entries by activity.</param>
    public static BillDraft Of(string? currency, IReadOnlyList<TariffLine> tariff, IReadOnlyDictionary<Activity, (long Quantity, long Events)> sums) =>
        new(currency, tariff, Bills.Of(tariff, sums), [.. sums.Keys.Where(a => tariff.All(l => l.Activity != a)).Order()], sums.Values.Sum(s => s.Events));

    /// <summary>What a month is priced by that was approved before: its prices stay, whatever the tariff says now; what had none has that of the tariff.</summary>
    public static (string? Currency, IReadOnlyList<TariffLine> Lines) Prices(string? currency, IReadOnlyList<TariffLine> tariff, string? before, IReadOnlyList<TariffLine> tariffBefore) =>
        before is null ? (currency, tariff)
        : before != currency ? (before, tariffBefore)
        : (before, [.. tariffBefore, .. tariff.Where(t => tariffBefore.All(b => b.Activity != t.Activity))]);

    public static string Name(BillState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    /// <param name="entriesBefore">Entries of the last approved version; null when there is none.</param>
    public static BillState State(bool isOver, long? entriesBefore, long entries) =>
        entriesBefore is { } before ? before == entries ? BillState.Approved : BillState.Changed : isOver ? BillState.Open : BillState.Running;
}
