using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>The id of a run in which orders were decided anew together, <c>rpl_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ReplanId>))]
public readonly record struct ReplanId(Guid Value) : IPrefixedId<ReplanId>
{
    public static string Prefix => "rpl_";
    public static ReplanId From(Guid value) => new(value);
    public static ReplanId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ReplanId id) => PrefixedId.TryParse(text, out id);
    public static ReplanId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ReplanId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
