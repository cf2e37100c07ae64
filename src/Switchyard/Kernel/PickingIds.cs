using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>A wave's id, <c>wav_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<WaveId>))]
public readonly record struct WaveId(Guid Value) : IPrefixedId<WaveId>
{
    public static string Prefix => "wav_";
    public static WaveId From(Guid value) => new(value);
    public static WaveId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out WaveId id) => PrefixedId.TryParse(text, out id);
    public static WaveId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<WaveId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>The id of one walk of one picker, <c>tur_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<PickTourId>))]
public readonly record struct PickTourId(Guid Value) : IPrefixedId<PickTourId>
{
    public static string Prefix => "tur_";
    public static PickTourId From(Guid value) => new(value);
    public static PickTourId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out PickTourId id) => PrefixedId.TryParse(text, out id);
    public static PickTourId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<PickTourId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A pick task's id, <c>tsk_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<PickTaskId>))]
public readonly record struct PickTaskId(Guid Value) : IPrefixedId<PickTaskId>
{
    public static string Prefix => "tsk_";
    public static PickTaskId From(Guid value) => new(value);
    public static PickTaskId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out PickTaskId id) => PrefixedId.TryParse(text, out id);
    public static PickTaskId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<PickTaskId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>The id of a task that fills a pick face, <c>rfl_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<RefillId>))]
public readonly record struct RefillId(Guid Value) : IPrefixedId<RefillId>
{
    public static string Prefix => "rfl_";
    public static RefillId From(Guid value) => new(value);
    public static RefillId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out RefillId id) => PrefixedId.TryParse(text, out id);
    public static RefillId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<RefillId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
