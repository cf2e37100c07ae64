using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Support;

/// <summary>The id of a support desk, <c>dsk_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<DeskId>))]
public readonly record struct DeskId(Guid Value) : IPrefixedId<DeskId>
{
    public static string Prefix => "dsk_";
    public static DeskId From(Guid value) => new(value);
    public static DeskId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out DeskId id) => PrefixedId.TryParse(text, out id);
    public static DeskId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<DeskId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
