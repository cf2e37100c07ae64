namespace Switchyard.Sourcing;

/// <summary>A day on which a carrier neither collects nor delivers.</summary>
/// <param name="Country">ISO 3166; null: in all countries.</param>
public sealed record CarrierHoliday(DateOnly Day, string? Country = null, string? Name = null);

/// <summary>On which days a carrier, or one of its services, collects and delivers. Pure.</summary>
/// <param name="CollectsOn">Days of the week; null: all.</param>
/// <param name="DeliversOn">Days of the week; null: all.</param>
/// <param name="CountsWorkingDays">Transit days are days on which it delivers; else days of the calendar.</param>
public sealed record CarrierCalendar(string Code, IReadOnlySet<DayOfWeek>? CollectsOn, IReadOnlySet<DayOfWeek>? DeliversOn, bool CountsWorkingDays,
    IReadOnlyList<CarrierHoliday> Holidays)
{
    private const int MostDays = 800;
    private readonly HashSet<(DateOnly, string?)> _holidays = [.. Holidays.Select(h => (h.Day, h.Country))];

    /// <summary>Does it take parcels from a node in that country on that day?</summary>
    public bool Collects(DateOnly day, string? country) => CollectsOn?.Contains(day.DayOfWeek) != false && !IsHoliday(day, country);

    /// <summary>Does it bring parcels in that country on that day?</summary>
    public bool Delivers(DateOnly day, string? country) => DeliversOn?.Contains(day.DayOfWeek) != false && !IsHoliday(day, country);

    /// <summary>The day a parcel arrives that leaves on a day.</summary>
    /// <param name="transitDays">≥ 0.</param>
    /// <param name="country">Where it goes.</param>
    /// <returns>Null when it delivers on no day to be found. Never earlier for a later day.</returns>
    public DateOnly? Arrival(DateOnly leaves, int transitDays, string? country)
    {
        var day = leaves;
        if (CountsWorkingDays)
            for (int left = transitDays, looked = 0; left > 0; looked++)
            {
                if (looked > MostDays) return null;
                day = day.AddDays(1);
                if (Delivers(day, country)) left--;
            }
        else day = day.AddDays(transitDays);
        for (int looked = 0; looked <= MostDays; looked++, day = day.AddDays(1))
            if (Delivers(day, country)) return day;
        return null;
    }

    private bool IsHoliday(DateOnly day, string? country) => _holidays.Contains((day, null)) || country is not null && _holidays.Contains((day, country));
}

/// <summary>Which calendar counts for which service. Pure.</summary>
public sealed class CarrierCalendars
{
    public static readonly CarrierCalendars None = new([], []);
    private readonly Dictionary<string, CarrierCalendar> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Node, string Service), CarrierCalendar> _ofCards = [];
    private readonly bool _isEmpty;

    /// <param name="calendars">In the order of their codes; the first that names a service or a carrier counts.</param>
    /// <param name="services">Services of nodes and the carrier whose rate card has them.</param>
    public CarrierCalendars(IEnumerable<CarrierCalendarBody> calendars, IEnumerable<(long Node, string Service, string Carrier)> services)
    {
        var carriers = new Dictionary<string, CarrierCalendar>(StringComparer.OrdinalIgnoreCase);
        foreach (var body in calendars)
        {
            var calendar = body.Ready();
            foreach (string? service in body.Services ?? []) _services.TryAdd(service!, calendar);
            foreach (string? carrier in body.Carriers ?? []) carriers.TryAdd(carrier!, calendar);
        }
        if (carriers.Count > 0)
            foreach (var (node, service, carrier) in services)
                if (carriers.TryGetValue(carrier, out var calendar)) _ofCards.TryAdd((node, service), calendar);
        _isEmpty = _services.Count == 0 && _ofCards.Count == 0;
    }

    /// <summary>The calendar of a service from a node: its own, that of its carrier, or that of <c>*</c>; null: every day is one.</summary>
    public CarrierCalendar? Of(long node, string service) => _isEmpty ? null : _services.GetValueOrDefault(service)
        ?? _ofCards.GetValueOrDefault((node, service)) ?? (service == DeliveryWays.SameDay ? null : _services.GetValueOrDefault("*"));
}
