namespace Switchyard.Sourcing;

/// <summary>When goods leave a node and arrive.</summary>
/// <param name="ShipDay">The day they leave, at the node.</param>
/// <param name="DeliverDay">The day they arrive.</param>
/// <param name="ShipBy">The end of that day's work at the node.</param>
/// <param name="DeliverBy">The end of that day, by the node's clock.</param>
/// <param name="CutOff">The cut-off that counted; null when the service has none.</param>
public readonly record struct DatesOfParcel(DateOnly ShipDay, DateOnly DeliverDay, DateTimeOffset ShipBy, DateTimeOffset DeliverBy, TimeOnly? CutOff)
{
    /// <summary>Days on which it could have left if the node had not been full.</summary>
    public int FullDays { get; init; }
}

/// <summary>What the dates of a parcel depend on beside node and service.</summary>
/// <param name="Carrier">Null: it collects and delivers every day, and counts days of the calendar.</param>
/// <param name="Country">Where it goes; ISO 3166.</param>
/// <param name="IsFull">Days on which the node takes no more; null: there are none.</param>
public readonly record struct ParcelTerms(CarrierCalendar? Carrier = null, string? Country = null, Func<DateOnly, bool>? IsFull = null);

/// <summary>
/// The one function that says when goods leave and arrive: for what is offered, for what is promised, and for what is planned anew. It
/// knows the node's days and hours, cut-offs, lead days and how much it can do in a day, and the carrier's days.
/// </summary>
public static class PromiseDates
{
    /// <summary>Changes when the rule does, and is kept with every promise.</summary>
    public const string Rule = "dates-2";

    /// <summary>Further ahead nothing is promised: a node that works so rarely, or goods expected so far away.</summary>
    private const int MostDays = 3_000, LastYear = 9_000;

    /// <summary>A node that is full longer than this is asked as if it were not: nobody knows a better day.</summary>
    private const int MostFullDays = 60;

    /// <summary>
    /// The day begins as working day one when the goods can be worked on before the service's cut-off (or that of <c>*</c>) and before
    /// closing, else on the next working day. The node's lead days are working days on top. It leaves on the first such day that is not
    /// full and on which the carrier collects, and arrives after the transit days, by the carrier's way to count them, on a day it delivers.
    /// </summary>
    /// <param name="from">From when the goods are there and may be worked on.</param>
    /// <param name="transitDays">≥ 0.</param>
    /// <returns>Null when the node or the carrier has no day to be found. Never earlier for a later <paramref name="from"/>, and never before it.</returns>
    public static DatesOfParcel? Of(NodeSettings node, string service, int transitDays, DateTimeOffset from, ParcelTerms terms = default)
    {
        if (from.Year >= LastYear) return null;
        var calendar = node.Calendar;
        TimeOnly? cutOff = node.CutOffs.TryGetValue(service, out var own) || node.CutOffs.TryGetValue("*", out own) ? own : null;
        var day = calendar.DayOf(from);
        if (calendar.Works(day) && from >= Last(calendar, day, cutOff)) day = day.AddDays(1);
        int left = service == DeliveryWays.SameDay ? 0 : node.LeadDays, full = 0;
        DateOnly? first = null;
        for (int looked = 0; looked < MostDays; looked++, day = day.AddDays(1))
        {
            if (!calendar.Works(day)) continue;
            if (left-- > 0) continue;
            if (terms.Carrier?.Collects(day, node.Country) == false) continue;
            first ??= day;
            if (full < MostFullDays && terms.IsFull?.Invoke(day) == true)
            {
                if (++full < MostFullDays) continue;
                day = first.Value;
            }
            if ((terms.Carrier is { } carrier ? carrier.Arrival(day, transitDays, terms.Country) : day.AddDays(transitDays)) is not { } arrives) return null;
            return new DatesOfParcel(day, arrives, calendar.EndOf(day), calendar.LastSecondOf(arrives), cutOff) { FullDays = full < MostFullDays ? full : 0 };
        }
        return null;
    }

    /// <summary>
    /// When goods can be collected: so many minutes of opening hours after they can be worked on. Lead days are days that the node is open, before that.
    /// </summary>
    /// <param name="readyMinutes">≥ 0.</param>
    /// <returns>Null when the node has no day to be found. Both instants are when they are ready.</returns>
    public static DatesOfParcel? Collected(NodeSettings node, int readyMinutes, DateTimeOffset from)
    {
        if (from.Year >= LastYear) return null;
        var calendar = node.Calendar;
        var day = calendar.DayOf(from);
        var left = TimeSpan.FromMinutes(readyMinutes);
        int lead = node.LeadDays;
        for (int looked = 0; looked < MostDays; looked++, day = day.AddDays(1))
        {
            if (!calendar.Works(day)) continue;
            var (opens, closes) = (calendar.StartOf(day), calendar.EndOf(day));
            if (opens < from) opens = from;
            if (opens >= closes) continue;
            if (lead-- > 0) continue;
            if (closes - opens >= left) return new DatesOfParcel(day, day, Whole(opens + left), Whole(opens + left), null);
            left -= closes - opens;
        }
        return null;
    }

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds((at.ToUnixTimeMilliseconds() + 59_999) / 60_000 * 60_000);

    private static DateTimeOffset Last(NodeCalendar calendar, DateOnly day, TimeOnly? cutOff)
    {
        var end = calendar.EndOf(day);
        return cutOff is { } time && calendar.At(day, time) is var cut && cut < end ? cut : end;
    }
}
