namespace Switchyard.Adapters;

/// <summary>Why a vendor was of no use. Only <see cref="Unknown"/> and <see cref="Malformed"/> leave open whether it did what was asked.</summary>
public enum FaultKind { NotSent, Unknown, Malformed, Refused, Unauthorized, Throttled, Unsupported }

/// <summary>A vendor's fault, as it is kept and shown. It never holds what was sent.</summary>
public sealed record AdapterFault(FaultKind Kind, string Words, TimeSpan? RetryAfter = null)
{
    /// <summary>May it have been done nevertheless?</summary>
    public bool IsOpen => Kind is FaultKind.Unknown or FaultKind.Malformed;

    /// <summary>May the same work later, without anybody changing anything?</summary>
    public bool PassesBy => Kind is FaultKind.Unknown or FaultKind.Malformed or FaultKind.NotSent or FaultKind.Throttled or FaultKind.Unauthorized;
}

/// <summary>What a vendor answered, or why it did not.</summary>
public readonly struct AdapterAnswer<T>
{
    private readonly T? _value;
    private AdapterAnswer(T? value, AdapterFault? fault) => (_value, Fault) = (value, fault);

    public AdapterFault? Fault { get; }
    public bool IsOk => Fault is null;
    public T Value => Fault is null ? _value! : throw new InvalidOperationException(Fault.Words);
    public static implicit operator AdapterAnswer<T>(T value) => new(value, null);
    public static implicit operator AdapterAnswer<T>(AdapterFault fault) => new(default, fault);
    public static AdapterAnswer<T> Of(T value) => new(value, null);
    public AdapterAnswer<U> Then<U>(Func<T, AdapterAnswer<U>> next) => Fault is { } fault ? fault : next(_value!);
}
