namespace Switchyard.Adapters;

/// <summary>How patient we are with a kind of vendor. The operator's settings; tests make them shorter.</summary>
public abstract class AdapterPatience
{
    /// <summary>For one answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Failures in a row after which a vendor is left to rest, and for how long at first.</summary>
    public int FailuresBeforeRest { get; set; } = 5;
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(20);

    public TimeSpan LongestRest { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often it is looked whether something is due.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Between tries in vain; the last goes on.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; set; } =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30)];

    /// <summary>After so many of them it is parked, and a person is asked.</summary>
    public int MostTries { get; set; } = 12;
}
