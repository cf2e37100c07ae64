using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>A message's id, <c>msg_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<MessageId>))]
public readonly record struct MessageId(Guid Value) : IPrefixedId<MessageId>
{
    public static string Prefix => "msg_";
    public static MessageId From(Guid value) => new(value);
    public static MessageId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out MessageId id) => PrefixedId.TryParse(text, out id);
    public static MessageId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<MessageId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
