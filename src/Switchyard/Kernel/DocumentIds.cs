using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>A document's id, <c>doc_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<DocumentId>))]
public readonly record struct DocumentId(Guid Value) : IPrefixedId<DocumentId>
{
    public static string Prefix => "doc_";
    public static DocumentId From(Guid value) => new(value);
    public static DocumentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out DocumentId id) => PrefixedId.TryParse(text, out id);
    public static DocumentId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<DocumentId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A print job's id, <c>prt_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<PrintJobId>))]
public readonly record struct PrintJobId(Guid Value) : IPrefixedId<PrintJobId>
{
    public static string Prefix => "prt_";
    public static PrintJobId From(Guid value) => new(value);
    public static PrintJobId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out PrintJobId id) => PrefixedId.TryParse(text, out id);
    public static PrintJobId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<PrintJobId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
