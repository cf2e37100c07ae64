using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>When people work at a node, in its own time zone.</summary>
/// <param name="Closing">
/// When the day's work ends, by day of the week; midnight is the end of the day. A day that is not in it is no working day. Null: every day is one, to its end.
/// </param>
/// <param name="ClosedDays">Days on which nobody works although the week says so: holidays.</param>
public sealed record NodeCalendar(TimeZoneInfo TimeZone, IReadOnlyDictionary<DayOfWeek, TimeOnly>? Closing, IReadOnlySet<DateOnly> ClosedDays)
{
    private static readonly TimeOnly LastSecond = new(23, 59, 59);

    /// <summary>When the day's work begins, by day of the week; null: with the day.</summary>
    public IReadOnlyDictionary<DayOfWeek, TimeOnly>? Opening { get; init; }

    public static NodeCalendar Always(TimeZoneInfo zone) => new(zone, null, new HashSet<DateOnly>());

    public bool Works(DateOnly day) => Closing?.ContainsKey(day.DayOfWeek) != false && !ClosedDays.Contains(day);

    /// <summary>The day it is at the node at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZone).DateTime);

    /// <summary>When the work of a day ends; of one without hours, its last second.</summary>
    public DateTimeOffset EndOf(DateOnly day) =>
        At(day, Closing is not null && Closing.TryGetValue(day.DayOfWeek, out var closing) && closing != TimeOnly.MinValue ? closing : LastSecond);

    /// <summary>When the work of a day begins; of one without hours, its first second.</summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day, Opening is not null && Opening.TryGetValue(day.DayOfWeek, out var opening) ? opening : TimeOnly.MinValue);

    public DateTimeOffset LastSecondOf(DateOnly day) => At(day, LastSecond);

    /// <inheritdoc cref="LocalTime.InstantOf"/>
    public DateTimeOffset At(DateOnly day, TimeOnly time) => TimeZone.InstantOf(day.ToDateTime(time));
}
