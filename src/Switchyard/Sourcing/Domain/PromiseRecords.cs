namespace Switchyard.Sourcing;

/// <summary>How many parcels left, and were seen to arrive, by the day that was told.</summary>
public readonly record struct KeptPromises(long Departures, long DeparturesInTime, long Arrivals, long ArrivalsInTime)
{
    public static KeptPromises operator +(KeptPromises a, KeptPromises b) =>
        new(a.Departures + b.Departures, a.DeparturesInTime + b.DeparturesInTime, a.Arrivals + b.Arrivals, a.ArrivalsInTime + b.ArrivalsInTime);
}

/// <summary>How likely it is that a date is kept.</summary>
/// <param name="Percent">1 to 99.</param>
/// <param name="Observed">Parcels it is judged by; 0: nothing is known, and it is as likely as for whoever begins.</param>
/// <param name="InTime">How many of them were in time.</param>
public readonly record struct Confidence(int Percent, long Observed, long InTime);

/// <summary>
/// What is known of promises kept, by node, method and country. Pure. The share of parcels in time is drawn towards what was thought before, as if ten more had been seen:
/// nine of ten of them in time for what leaves a node; for what arrives in a country, as many as leave the node in time.
/// </summary>
/// <remarks>Source: the mean of a beta distribution after what was observed (Bayes; Laplace's rule is the same with two).</remarks>
public sealed class PromiseRecords
{
    public static readonly PromiseRecords None = new([]);
    /// <summary>Where nothing was observed.</summary>
    public static readonly Confidence Unknown = new(90, 0, 0);

    private const int Before = 10, BeforeInTime = 9;
    private readonly Dictionary<(long Node, string Method), KeptPromises> _left;
    private readonly Dictionary<(long Node, string Method, string Country), KeptPromises> _arrived;

    public PromiseRecords(IReadOnlyCollection<(long Node, string Method, string Country, KeptPromises Kept)> records)
    {
        _left = records.GroupBy(r => (r.Node, r.Method)).ToDictionary(g => g.Key, g => g.Aggregate(default(KeptPromises), (sum, r) => sum + r.Kept));
        _arrived = records.ToDictionary(r => (r.Node, r.Method, r.Country), r => r.Kept);
    }

    /// <summary>How likely it is that a parcel of a node arrives in a country by the day that is told; where nobody tells of arrivals, that it leaves by it.</summary>
    public Confidence Of(long node, string? method, string? country)
    {
        var left = _left.GetValueOrDefault((node, method ?? ""));
        var arrived = _arrived.GetValueOrDefault((node, method ?? "", country ?? ""));
        decimal leaves = (decimal)(left.DeparturesInTime + BeforeInTime) / (left.Departures + Before);
        decimal arrives = (arrived.ArrivalsInTime + leaves * Before) / (arrived.Arrivals + Before);
        var (observed, inTime) = arrived.Arrivals > 0 ? (arrived.Arrivals, arrived.ArrivalsInTime) : (left.Departures, left.DeparturesInTime);
        return new Confidence(Math.Clamp((int)decimal.Round(arrives * 100, MidpointRounding.AwayFromZero), 1, 99), observed, inTime);
    }

    /// <summary>That all of several are kept, as if none had to do with another; a fraction with two decimals.</summary>
    public static decimal All(IEnumerable<int> percents) => decimal.Round(percents.Aggregate(1m, (all, p) => all * p / 100), 2, MidpointRounding.AwayFromZero);
}
