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
}
