namespace Switchyard.Tests.Torture;

/// <summary>One thing a caller may do. Orders and reservations are named by the count of those made, so that steps can be left out.</summary>
internal abstract record Step
{
    internal sealed record Create(string Sku, (string Sku, long Quantity)[] Parts) : Step;
    internal sealed record Adjust(string Sku, int Node, long? Delta, long? SetTo, bool IsUnavailable, int? SecondsAgo) : Step;
    internal sealed record Safety(string Sku, long Units) : Step;
    internal sealed record Reserve((string Sku, long Quantity)[] Items, int TtlSeconds) : Step;
    internal sealed record Extend(int Reservation, int TtlSeconds) : Step;
    internal sealed record Release(int Reservation) : Step;
    internal sealed record Place((string Sku, long Quantity)[] Lines, string OnShort, string? Key, string? ExternalId, int? Reservation) : Step;
    internal sealed record Cancel(int Order) : Step;
    internal sealed record Hold(int Order) : Step;
    internal sealed record Unhold(int Order) : Step;
    internal sealed record Wait(int Seconds) : Step;

    public sealed override string ToString() => Told();

    public virtual string Told() => this switch
    {
        Create s => $"create {s.Sku} {Text(s.Parts)}",
        Reserve s => $"reserve {Text(s.Items)} for {s.TtlSeconds} s",
        Place s => $"place {Text(s.Lines)} {s.OnShort} key {s.Key} external {s.ExternalId} reservation {s.Reservation}",
        Adjust s => $"adjust {s.Sku} at {s.Node}: delta {s.Delta} setTo {s.SetTo} unavailable {s.IsUnavailable} {s.SecondsAgo} s ago",
        Safety s => $"safety of {s.Sku} {s.Units}",
        Extend s => $"extend reservation {s.Reservation} to {s.TtlSeconds} s",
        Release s => $"release reservation {s.Reservation}",
        Cancel s => $"cancel order {s.Order}",
        Hold s => $"hold order {s.Order}",
        Unhold s => $"release the hold of order {s.Order}",
        Wait s => $"wait {s.Seconds} s",
        _ => GetType().Name,
    };

    private static string Text((string Sku, long Quantity)[] lines) => string.Join(" + ", lines.Select(l => $"{l.Quantity} {l.Sku}"));
}

/// <summary>The answer that must come: its status, the code of a refusal, and the order or reservation it names.</summary>
internal sealed record Expected(int Status, string? Code = null, int? Index = null, bool IsReplay = false);
