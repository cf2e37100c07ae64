using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>A fulfilment order's (release's) id, <c>ful_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<FulfilmentId>))]
public readonly record struct FulfilmentId(Guid Value) : IPrefixedId<FulfilmentId>
{
    public static string Prefix => "ful_";
    public static FulfilmentId From(Guid value) => new(value);
    public static FulfilmentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out FulfilmentId id) => PrefixedId.TryParse(text, out id);
    public static FulfilmentId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<FulfilmentId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A package's id, <c>pkg_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<PackageId>))]
public readonly record struct PackageId(Guid Value) : IPrefixedId<PackageId>
{
    public static string Prefix => "pkg_";
    public static PackageId From(Guid value) => new(value);
    public static PackageId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out PackageId id) => PrefixedId.TryParse(text, out id);
    public static PackageId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<PackageId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A shipment's id, <c>shp_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ShipmentId>))]
public readonly record struct ShipmentId(Guid Value) : IPrefixedId<ShipmentId>
{
    public static string Prefix => "shp_";
    public static ShipmentId From(Guid value) => new(value);
    public static ShipmentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ShipmentId id) => PrefixedId.TryParse(text, out id);
    public static ShipmentId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ShipmentId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
