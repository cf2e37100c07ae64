using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>A label's id, <c>lbl_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<LabelId>))]
public readonly record struct LabelId(Guid Value) : IPrefixedId<LabelId>
{
    public static string Prefix => "lbl_";
    public static LabelId From(Guid value) => new(value);
    public static LabelId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out LabelId id) => PrefixedId.TryParse(text, out id);
    public static LabelId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<LabelId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>The id of a day's list given to a carrier, <c>man_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ManifestId>))]
public readonly record struct ManifestId(Guid Value) : IPrefixedId<ManifestId>
{
    public static string Prefix => "man_";
    public static ManifestId From(Guid value) => new(value);
    public static ManifestId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ManifestId id) => PrefixedId.TryParse(text, out id);
    public static ManifestId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ManifestId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>The id of an account with a carrier, <c>car_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<CarrierAccountId>))]
public readonly record struct CarrierAccountId(Guid Value) : IPrefixedId<CarrierAccountId>
{
    public static string Prefix => "car_";
    public static CarrierAccountId From(Guid value) => new(value);
    public static CarrierAccountId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out CarrierAccountId id) => PrefixedId.TryParse(text, out id);
    public static CarrierAccountId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<CarrierAccountId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>The id of a claim against a carrier, <c>clm_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ClaimId>))]
public readonly record struct ClaimId(Guid Value) : IPrefixedId<ClaimId>
{
    public static string Prefix => "clm_";
    public static ClaimId From(Guid value) => new(value);
    public static ClaimId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ClaimId id) => PrefixedId.TryParse(text, out id);
    public static ClaimId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ClaimId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
