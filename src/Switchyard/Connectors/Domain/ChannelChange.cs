namespace Switchyard.Connectors;

/// <summary>Units of a line that are wanted from now on.</summary>
/// <param name="Was">The line as it was said before.</param>
public sealed record LineChange(string LineId, long Before, long Wanted, ChannelLine Was);

/// <summary>
/// What became another between two tellings of one order. It is worked out between what the channel said and says, never between that and ours: what our own people changed since stays, unless the
/// channel speaks of the same thing.
/// </summary>
/// <param name="IsCancelled">The whole order is off.</param>
/// <param name="Lines">Units that are wanted or not wanted any more; a line that is gone is wanted 0 times.</param>
/// <param name="Refunds">Money the channel gave back since.</param>
/// <param name="Payment">Null: as before.</param>
public sealed record ChannelChange(bool IsCancelled, ChannelAddress? ShipTo, ChannelAddress? BillTo, string? Method, IReadOnlyList<LineChange> Lines, IReadOnlyList<ChannelLine> Added,
    IReadOnlyList<ChannelRefund> Refunds, ChannelPayment? Payment, string? Note, DateTimeOffset? ShipBy)
{
    /// <summary>Null: as before.</summary>
    public ChannelOrderState? State { get; init; }

    public bool IsNothing => this is { State: null, IsCancelled: false, ShipTo: null, BillTo: null, Method: null, Lines.Count: 0, Added.Count: 0, Refunds.Count: 0, Payment: null, Note: null, ShipBy: null };

    /// <summary>Does it ask for something that an edit of the order does?</summary>
    public bool IsEdit => this is not { ShipTo: null, BillTo: null, Method: null, Lines.Count: 0, Added.Count: 0 };

    public static ChannelChange Of(ChannelOrder before, ChannelOrder after)
    {
        var was = before.Lines.ToDictionary(l => l.LineId);
        var isNow = after.Lines.Select(l => l.LineId).ToHashSet();
        var gone = before.Lines.Where(l => l.IsOurs && !isNow.Contains(l.LineId) && Wanted(l) > 0).Select(l => new LineChange(l.LineId, Wanted(l), 0, l));
        var changed = after.Lines.Where(l => l.IsOurs && was.TryGetValue(l.LineId, out var old) && Wanted(old) != Wanted(l)).Select(l => new LineChange(l.LineId, Wanted(was[l.LineId]), Wanted(l), was[l.LineId]));
        var known = before.Refunds.Select(r => r.Id).ToHashSet();
        bool isCancelled = after.State == ChannelOrderState.Cancelled && before.State != ChannelOrderState.Cancelled;
        return new ChannelChange(isCancelled, Other(before.ShipTo, after.ShipTo), Other(before.BillTo, after.BillTo), Other(before.Method, after.Method),
            [.. gone.Concat(changed)], [.. after.Lines.Where(l => l.IsOurs && !was.ContainsKey(l.LineId) && Wanted(l) > 0)], [.. after.Refunds.Where(r => !known.Contains(r.Id))],
            after.Payment != before.Payment ? after.Payment : null, Other(before.Note, after.Note), after.ShipBy != before.ShipBy ? after.ShipBy : null)
        {
            State = after.State != before.State ? after.State : null,
        };
    }

    /// <summary>Against this, all that a telling says of an order is a change; money that was given back is booked by its id and is none.</summary>
    public static ChannelOrder Afresh(ChannelOrder told) => told with
    {
        State = told.State == ChannelOrderState.Cancelled ? ChannelOrderState.Open : told.State,
        ShipTo = null,
        BillTo = null,
        Method = null,
        Note = null,
        ShipBy = null,
        Lines = [.. told.Lines.Select(l => l with { Cancelled = checked(l.Quantity + 1) })],
    };

    /// <summary>Of two tellings, is this one newer? By the channel's clock, then by its count; the same again is not.</summary>
    public static bool IsNewer(ChannelOrder than, ChannelOrder now) =>
        now.UpdatedAt != than.UpdatedAt ? now.UpdatedAt > than.UpdatedAt : (now.Revision ?? 0) != (than.Revision ?? 0) ? (now.Revision ?? 0) > (than.Revision ?? 0) : !Same(than, now);

    private static bool Same(ChannelOrder one, ChannelOrder other) => System.Text.Json.JsonSerializer.Serialize(one) == System.Text.Json.JsonSerializer.Serialize(other);
    private static long Wanted(ChannelLine line) => line.Quantity - line.Cancelled;

    // What the channel does not say any more (an address it has purged) is not taken back.
    private static T? Other<T>(T? before, T? after) where T : class => after is not null && !after.Equals(before) ? after : null;
}
