using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>A return's id, <c>ret_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ReturnId>))]
public readonly record struct ReturnId(Guid Value) : IPrefixedId<ReturnId>
{
    public static string Prefix => "ret_";
    public static ReturnId From(Guid value) => new(value);
    public static ReturnId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ReturnId id) => PrefixedId.TryParse(text, out id);
    public static ReturnId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ReturnId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
