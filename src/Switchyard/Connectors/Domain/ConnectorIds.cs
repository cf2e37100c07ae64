using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>The id of a connection with a sales channel, <c>con_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ConnectionId>))]
public readonly record struct ConnectionId(Guid Value) : IPrefixedId<ConnectionId>
{
    public static string Prefix => "con_";
    public static ConnectionId From(Guid value) => new(value);
    public static ConnectionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ConnectionId id) => PrefixedId.TryParse(text, out id);
    public static ConnectionId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ConnectionId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
