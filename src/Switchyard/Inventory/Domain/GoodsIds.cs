using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A delivery's id, <c>dlv_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<DeliveryId>))]
public readonly record struct DeliveryId(Guid Value) : IPrefixedId<DeliveryId>
{
    public static string Prefix => "dlv_";
    public static DeliveryId From(Guid value) => new(value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out DeliveryId id) => PrefixedId.TryParse(text, out id);
    public static DeliveryId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<DeliveryId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>The id of one receipt: what one scan or entry booked in, <c>rcp_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ReceiptId>))]
public readonly record struct ReceiptId(Guid Value) : IPrefixedId<ReceiptId>
{
    public static string Prefix => "rcp_";
    public static ReceiptId From(Guid value) => new(value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ReceiptId id) => PrefixedId.TryParse(text, out id);
    public static ReceiptId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ReceiptId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A transfer's id, <c>trf_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<TransferId>))]
public readonly record struct TransferId(Guid Value) : IPrefixedId<TransferId>
{
    public static string Prefix => "trf_";
    public static TransferId From(Guid value) => new(value);
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out TransferId id) => PrefixedId.TryParse(text, out id);
    public static TransferId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<TransferId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
