using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Fulfilment;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>The one vocabulary of what happens to a parcel. <see cref="Unknown"/> is shown and moves nothing.</summary>
public enum ScanKind { Unknown, Announced, Accepted, InTransit, OutForDelivery, AvailableAtPoint, Attempted, Delayed, Exception, Damaged, Lost, ReturnedToSender, Delivered, Voided }

/// <summary>One scan as a carrier told it, in our words and its own.</summary>
/// <param name="Code">The carrier's code.</param>
/// <param name="Key">The carrier's id of the scan, where it has one.</param>
/// <param name="Eta">When the parcel is expected now.</param>
public sealed record ParcelScan(string Tracking, ScanKind Kind, string Code, string Words, DateTimeOffset At, string? Place = null, string? Key = null, DateTimeOffset? Eta = null)
{
    private const int MostWords = 300;

    /// <summary>The same scan told twice has the same key: the carrier's, else made of what was told.</summary>
    public string ScanKey => Key ?? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new object?[] { Code, At.ToUnixTimeMilliseconds(), Place }))))[..32];

    /// <summary>As it is stored: no longer than a line, and only what both databases can hold.</summary>
    public ParcelScan Tidied() => this with { Code = Tidy(Code, 100), Words = Tidy(Words, MostWords), Place = Place is null ? null : Tidy(Place, 100), Key = Key is { Length: > 100 } ? null : Key };

    private static string Tidy(string text, int most)
    {
        string kept = string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\uFFFE')).Trim();
        return kept.Length <= most ? kept : kept[..most];
    }
}

/// <summary>What all scans of a parcel together say, in whatever order they came.</summary>
/// <param name="Kind">Null: nothing that says where it is.</param>
public sealed record ParcelPosition(ScanKind? Kind, DateTimeOffset? At, DateTimeOffset? Eta)
{
    /// <summary>An end stays the end, whatever is told later; else the latest scan by its own time counts, and of one instant the one further on.</summary>
    public static ParcelPosition Of(IReadOnlyCollection<ParcelScan> scans)
    {
        var told = scans.Where(s => s.Kind is not (ScanKind.Unknown or ScanKind.Voided)).ToList();
        var end = told.Where(s => IsEnd(s.Kind)).OrderBy(s => s.At).ThenByDescending(s => s.Kind).FirstOrDefault();
        var last = end ?? told.OrderByDescending(s => s.At).ThenByDescending(s => s.Kind).FirstOrDefault();
        var eta = scans.Where(s => s.Eta is not null).OrderByDescending(s => s.At).FirstOrDefault()?.Eta;
        return new ParcelPosition(last?.Kind, last?.At, eta);
    }

    public static bool IsEnd(ScanKind kind) => kind is ScanKind.Delivered or ScanKind.Lost or ScanKind.ReturnedToSender;

    /// <summary>Has the carrier touched it?</summary>
    public static bool HasMoved(ScanKind? kind) => kind is not (null or ScanKind.Unknown or ScanKind.Announced or ScanKind.Voided);

    /// <summary>Where that puts our package; null where it stays as it is.</summary>
    public static PackageState? PackageOf(ScanKind? kind) => kind switch
    {
        ScanKind.Accepted or ScanKind.InTransit or ScanKind.Delayed => PackageState.InTransit,
        ScanKind.OutForDelivery => PackageState.OutForDelivery,
        ScanKind.AvailableAtPoint => PackageState.AvailableAtPoint,
        ScanKind.Attempted or ScanKind.Exception or ScanKind.Damaged => PackageState.Exception,
        ScanKind.Delivered => PackageState.Delivered,
        ScanKind.Lost => PackageState.Lost,
        ScanKind.ReturnedToSender => PackageState.ReturnedToSender,
        _ => null,
    };

    public static string Name(ScanKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
    public static ScanKind Parse(string name) => Enum.Parse<ScanKind>(name, ignoreCase: true);
}
