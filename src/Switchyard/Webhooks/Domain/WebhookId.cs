using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>A webhook's id, <c>whk_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<WebhookId>))]
public readonly record struct WebhookId(Guid Value) : IPrefixedId<WebhookId>
{
    public static string Prefix => "whk_";
    public static WebhookId From(Guid value) => new(value);
    public static WebhookId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out WebhookId id) => PrefixedId.TryParse(text, out id);
    public static WebhookId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<WebhookId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
