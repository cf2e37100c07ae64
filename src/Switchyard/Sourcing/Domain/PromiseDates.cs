namespace Switchyard.Sourcing;

/// <summary>When goods leave a node and arrive.</summary>
/// <param name="ShipDay">The day they leave, at the node.</param>
/// <param name="DeliverDay">The day they arrive.</param>
/// <param name="ShipBy">The end of that day's work at the node.</param>
/// <param name="DeliverBy">The end of that day, by the node's clock.</param>
/// <param name="CutOff">The cut-off that counted; null when the service has none.</param>
public readonly record struct DatesOfParcel(DateOnly ShipDay, DateOnly DeliverDay, DateTimeOffset ShipBy, DateTimeOffset DeliverBy, TimeOnly? CutOff);

/// <summary>
/// The one function that says when goods leave and arrive: for what is offered, for what is promised, and for what is planned anew. It
/// knows the node's days and hours, cut-offs, lead days and the lane's transit days; it knows nothing of how much a node can do in a day.
/// </summary>
public static class PromiseDates
{
    /// <summary>Changes when the rule does, and is kept with every promise.</summary>
    public const string Rule = "dates-1";

    /// <summary>Further ahead nothing is promised: a node that works so rarely, or goods expected so far away.</summary>
    private const int MostDays = 3_000, LastYear = 9_000;

    /// <summary>
    /// The day begins as working day one when the goods can be worked on before the service's cut-off (or that of <c>*</c>) and before
    /// closing, else on the next working day. The node's lead days are working days on top, the transit days are days of the calendar.
    /// </summary>
    /// <param name="from">From when the goods are there and may be worked on.</param>
    /// <param name="transitDays">≥ 0.</param>
    /// <returns>Null when the node has no working day to be found. Never earlier for a later <paramref name="from"/>, and never before it.</returns>
    public static DatesOfParcel? Of(NodeSettings node, string service, int transitDays, DateTimeOffset from)
    {
        if (from.Year >= LastYear) return null;
        var calendar = node.Calendar;
        TimeOnly? cutOff = node.CutOffs.TryGetValue(service, out var own) || node.CutOffs.TryGetValue("*", out own) ? own : null;
        var day = calendar.DayOf(from);
        if (calendar.Works(day) && from >= Last(calendar, day, cutOff)) day = day.AddDays(1);
        int left = node.LeadDays;
        for (int looked = 0; looked < MostDays; looked++, day = day.AddDays(1))
        {
            if (!calendar.Works(day)) continue;
            if (left-- > 0) continue;
            var arrives = day.AddDays(transitDays);
            return new DatesOfParcel(day, arrives, calendar.EndOf(day), calendar.LastSecondOf(arrives), cutOff);
        }
        return null;
    }

    private static DateTimeOffset Last(NodeCalendar calendar, DateOnly day, TimeOnly? cutOff)
    {
        var end = calendar.EndOf(day);
        return cutOff is { } time && calendar.At(day, time) is var cut && cut < end ? cut : end;
    }
}
