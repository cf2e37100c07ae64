using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>What a channel offers, and what it is with us.</summary>
/// <param name="Matched">How its product was found: by the same SKU, by a barcode, by a person, not yet; or a person says that it is none of ours.</param>
/// <param name="State">unmatched, ignored, gone (the channel offers it no more), uncounted (the channel does not count its stock), theirs (the marketplace ships it), stopped, failing, waiting (to be told) or told.</param>
/// <param name="UnitsEach">Units of the SKU that one piece is.</param>
/// <param name="Buffer">Units of the SKU that are never shown.</param>
/// <param name="Most">Pieces shown at most.</param>
/// <param name="Shows">Pieces it showed when it was looked at last.</param>
/// <param name="Told">Pieces it was told last.</param>
/// <param name="Said">What the channel said when it took none.</param>
public sealed record ListingView(string Object, string Id, string? ItemId, string? ListedSku, string Title, string? Barcode, string? Sku, [property: Words("sku", "barcode", "hand", "none", "ignored")] string Matched,
    [property: Words("unmatched", "ignored", "gone", "uncounted", "theirs", "stopped", "failing", "waiting", "told")] string State, long UnitsEach, long Buffer, int SharePercent, long? Most, bool IsStopped, bool IsIgnored,
    bool IsLive, long? Shows, long? Told, DateTimeOffset? ToldAt, int Tries, string? Said, long Version)
{
    /// <summary>Products it may be of, the likeliest first; only of a single listing that is not matched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Suggestion>? Suggestions { get; init; }

    public sealed record Suggestion(string Sku, string Name);

    internal static ListingView Of(ListingRow row) => new("channelListing", row.Id, row.Item, row.ListedSku, row.Title, row.Barcode, row.Sku, row.Matched, StateOf(row), row.Rule.UnitsEach, row.Rule.Buffer, row.Rule.SharePercent,
        row.Rule.Most, row.Rule.IsStopped, row.Matched == "ignored", row.IsLive, row.Shows, row.Pushed, row.PushedAt, row.Tries, row.Said, row.Version);

    private static string StateOf(ListingRow row) => row switch
    {
        { Matched: "ignored" } => "ignored", { IsGone: true } => "gone", { Matched: "none" } => "unmatched", { IsTheirs: true } => "theirs", { IsCounted: false } => "uncounted",
        { Tries: > 0 } => "failing", { Rule.IsStopped: true } => "stopped", { IsWaiting: true } => "waiting",
        _ => "told",
    };
}
