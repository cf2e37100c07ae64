namespace Switchyard.Sourcing;

/// <summary>Which lanes of a node come into question.</summary>
internal static class LaneChoice
{
    public static bool IsInTime(SourcingNode node, int lane, SourcingOptions rules) =>
        rules.PromiseDays is not { } days || (long)node.ReadyDay + node.Lanes[lane].TransitDays <= days;

    /// <summary>Another lane in time is no dearer in base and kilogram and carries as much; of equal ones the first stays.</summary>
    public static bool IsDominated(SourcingNode node, int lane, SourcingOptions rules)
    {
        var mine = node.Lanes[lane];
        for (int i = 0; i < node.Lanes.Count; i++)
        {
            var other = node.Lanes[i];
            if (i == lane || other.BaseMinor > mine.BaseMinor || other.PerKgMinor > mine.PerKgMinor) continue;
            if (other.MaxWeightGrams < mine.MaxWeightGrams || !IsInTime(node, i, rules)) continue;
            bool isEqual = other.BaseMinor == mine.BaseMinor && other.PerKgMinor == mine.PerKgMinor && other.MaxWeightGrams == mine.MaxWeightGrams;
            if (!isEqual || i < lane) return true;
        }
        return false;
    }
}
