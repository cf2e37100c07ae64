namespace Switchyard.Bench;

/// <summary>The table that is printed, row by row, and can be pasted into bench/README.md.</summary>
internal sealed class Report
{
    public Report() => Console.WriteLine("| row | what | measured | budget | in figures |\n| --- | --- | --- | --- | --- |");
    public void Row(int number, string what, string measured, string budget, string figures) => Console.WriteLine($"| {number} | {what} | {measured} | {budget} | {figures} |");
    public void Note(string text) => Console.WriteLine($"| | {text} | | | |");
}
