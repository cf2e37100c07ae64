using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>The id of an interchange with a trading partner, <c>edi_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<InterchangeId>))]
public readonly record struct InterchangeId(Guid Value) : IPrefixedId<InterchangeId>
{
    public static string Prefix => "edi_";
    public static InterchangeId From(Guid value) => new(value);
    public static InterchangeId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out InterchangeId id) => PrefixedId.TryParse(text, out id);
    public static InterchangeId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<InterchangeId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>The id of one message (transaction set) exchanged with a trading partner, <c>edm_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<EdiMessageId>))]
public readonly record struct EdiMessageId(Guid Value) : IPrefixedId<EdiMessageId>
{
    public static string Prefix => "edm_";
    public static EdiMessageId From(Guid value) => new(value);
    public static EdiMessageId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out EdiMessageId id) => PrefixedId.TryParse(text, out id);
    public static EdiMessageId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<EdiMessageId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
