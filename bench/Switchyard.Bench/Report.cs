namespace Switchyard.Bench;

/// <summary>The table that is printed, row by row, and can be pasted into bench/README.md.</summary>
internal sealed class Report
{
    public Report() => Console.WriteLine("| row | what | measured | budget | in figures |\n| --- | --- | --- | --- | --- |");

    public void Row(int number, string what, string measured, string budget, string figures) =>
        Console.WriteLine($"| {number} | {what} | {measured} | {budget} | {figures} |");

    /// <summary>Ours against the reference beside it: the median of the pairs' ratios.</summary>
    public void Ratio(int number, string what, string budget, IReadOnlyList<(double Ours, double Theirs)> pairs, string unit, string figures)
    {
        double[] ratios = [.. pairs.Select(p => p.Ours / p.Theirs)];
        Row(number, what, $"{Machine.Median(ratios):0.00} x", budget, $"{Figure(pairs.Select(p => p.Ours))}{unit} against {Figure(pairs.Select(p => p.Theirs))}{unit}; " +
            $"ratios {string.Join(' ', ratios.Select(r => r.ToString("0.00")))}{(figures.Length > 0 ? "; " + figures : "")}");
    }

    private static string Figure(IEnumerable<double> values) => Machine.Median(values) is var v && v >= 100 ? $"{v:0}" : $"{v:0.00}";
}
