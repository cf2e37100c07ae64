using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Switchyard.Cli;
using Fault = Switchyard.Cli.SolveForm.Fault;

namespace Switchyard.Picking;

/// <summary>
/// Answers wave selections with the engine the server uses. The text form: a line with the numbers of orders, items and aisles; a line for each order,
/// then for each aisle, with how many items and then item and units in turn; a line with the fewest and the most units.
/// </summary>
public static class SolveWave
{
    private const long BudgetMs = 45_000;
    private const int MostLines = 1_000_000, MostUnits = 1_000_000;

    public sealed record Instance(JsonElement Id, string Text);
    public sealed record Answer(
        JsonElement? Id, IReadOnlyList<int>? Orders = null, IReadOnlyList<int>? Aisles = null, double? Objective = null, double? Bound = null, double? Seconds = null, Fault? Error = null);

    public static SolveProblem Problem { get; } = new("wave", "Which orders to pick together, from which aisles", (json, budgetMs) => One(json, budgetMs), Plain);

    /// <summary>An instance as JSON: its id, and its text form as <c>text</c>.</summary>
    public static Answer One(string json, long? budgetMs = null) =>
        SolveForm.Read<Instance>(json, out var instance) is { } unread ? new Answer(SolveForm.IdOf(json), Error: unread) : Of(instance!.Id, instance.Text, budgetMs);

    /// <summary>An instance as a text file.</summary>
    public static Answer Plain(string name, string text, long? budgetMs = null) => Of(JsonSerializer.SerializeToElement(name), text, budgetMs);

    private static Answer Of(JsonElement id, string text, long? budgetMs)
    {
        if (Read(text, out var problem) is { } fault) return new Answer(id, Error: fault);
        long start = Stopwatch.GetTimestamp();
        double most = (budgetMs ?? BudgetMs) * 0.95;
        var wave = WaveSelection.Choose(problem!, () => Stopwatch.GetElapsedTime(start).TotalMilliseconds > most);
        return new Answer(id, wave.Orders, wave.Aisles, wave.PerAisle, wave.Bound, Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3));
    }

    /// <summary>Reads the text form; what is wrong names line and number.</summary>
    public static Fault? Read(string text, out WaveProblem? problem)
    {
        problem = null;
        string[] lines = text.Split('\n');
        if (Numbers(lines, 0, out int[] head) is { } bad) return bad;
        if (head.Length < 3 || head[0] < 0 || head[1] < 0 || head[2] < 0 || (long)head[0] + head[2] > MostLines || head[1] > MostLines)
            return Fault.NotReadable("The first line has the numbers of orders, items and aisles.", "line 1");
        var rows = new List<IReadOnlyList<ItemUnits>>();
        for (int at = 1; at <= head[0] + head[2]; at++)
        {
            if (Row(lines, at, head[1], out var row) is { } wrong) return wrong;
            rows.Add(row!);
        }
        int last = head[0] + head[2] + 1;
        if (Numbers(lines, last, out int[] limits) is { } cut) return cut;
        if (limits.Length != 2 || limits[0] < 0 || limits[1] < limits[0]) return Fault.NotReadable("The last line has the fewest and the most units.", $"line {last + 1}");
        problem = new WaveProblem(rows[..head[0]], rows[head[0]..], head[1], limits[0], limits[1]);
        return null;
    }

    private static Fault? Row(string[] lines, int at, int items, out IReadOnlyList<ItemUnits>? row)
    {
        row = null;
        if (Numbers(lines, at, out int[] numbers) is { } bad) return bad;
        if (numbers.Length == 0 || numbers.Length != 1 + 2 * (long)numbers[0]) return Fault.NotReadable("A line has how many items, then item and units in turn.", $"line {at + 1}");
        var units = new SortedDictionary<int, int>();
        for (int i = 1; i < numbers.Length; i += 2)
        {
            if (numbers[i] < 0 || numbers[i] >= items) return Fault.OutOfRange($"line {at + 1}, number {i + 1}");
            if (numbers[i + 1] is < 0 or > MostUnits) return Fault.OutOfRange($"line {at + 1}, number {i + 2}");
            if (numbers[i + 1] > 0) units[numbers[i]] = units.GetValueOrDefault(numbers[i]) + numbers[i + 1];
        }
        row = [.. units.Select(u => new ItemUnits(u.Key, u.Value))];
        return null;
    }

    private static Fault? Numbers(string[] lines, int at, out int[] numbers)
    {
        numbers = [];
        if (at >= lines.Length) return Fault.NotReadable("The text ends too early.", $"line {at + 1}");
        string[] words = lines[at].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int[] read = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
            if (!int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out read[i]))
                return Fault.NotReadable("A whole number is wanted.", $"line {at + 1}, number {i + 1}");
        numbers = read;
        return null;
    }
}
