using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Tests.House;

/// <summary>docs/states.md is made from the tables of allowed moves. <c>./run states</c> writes it anew.</summary>
public sealed partial class StateDiagramsTests
{
    private const string Head =
        """
        # States

        Every allowed move of everything that has states. A command that is not in its table is refused with a stable code; what the world tells (a parcel
        came back) is recorded all the same, and what contradicts the books becomes an exception for a person. The state of an order is only what was decided
        about it: where its units are is told by the buckets of its lines, and the headline people see is computed from both.

        This page is made from the tables in the code by `./run states`, and a test fails when it differs.


        """;

    [Fact]
    public void The_page_of_states_is_what_the_tables_say()
    {
        string page = Path.Combine(TestPostgres.Root, "docs", "states.md"), made = Page();
        if (Environment.GetEnvironmentVariable("SWITCHYARD_WRITE_STATES") == "1") File.WriteAllText(page, made);
        File.ReadAllText(page).ReplaceLineEndings("\n").ShouldBe(made, "./run states writes it anew");
        Diagram().Count(made).ShouldBeGreaterThan(9);
    }

    private static string Page()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(TestPostgres.Root, "src", "Switchyard"), "*.cs", SearchOption.AllDirectories)
            .Where(f => f.Contains("/Domain/", StringComparison.Ordinal)).Select(f => (Path: f, Text: File.ReadAllText(f))).ToList();
        var text = new StringBuilder(Head);
        foreach (var (table, owner, room) in typeof(OrderStates).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(field => (Field: field, Type: type)))
            .Where(f => f.Field.FieldType.IsGenericType && f.Field.FieldType.GetGenericTypeDefinition() == typeof(Transitions<>))
            .Select(f => (f.Field, f.Type, Room: f.Type.Namespace!.Split('.')[1])).OrderBy(f => f.Room, StringComparer.Ordinal).ThenBy(f => f.Type.Name, StringComparer.Ordinal)
            .ThenBy(f => f.Field.Name, StringComparer.Ordinal))
        {
            string path = sources.Single(s => s.Text.Contains($"static class {owner.Name}\n", StringComparison.Ordinal) || s.Text.Contains($"static partial class {owner.Name}\n", StringComparison.Ordinal)).Path;
            string state = table.FieldType.GetGenericArguments()[0].Name;
            string name = Word().Replace(state.EndsWith("State", StringComparison.Ordinal) ? state[..^5] : state, m => m.Index == 0 ? m.Value : " " + m.Value.ToLowerInvariant());
            object value = table.GetValue(null)!;
            string diagram = (string)value.GetType().GetMethod("ToMermaid")!.Invoke(value, [])!;
            text.Append(CultureInfo.InvariantCulture, $"## {name}{(table.Name == "Allowed" ? "" : ": " + table.Name.ToLowerInvariant())}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"Room {room}, [{Path.GetFileName(path)}](../{Path.GetRelativePath(TestPostgres.Root, path).Replace('\\', '/')}).\n\n```mermaid\n{diagram}```\n\n");
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    [GeneratedRegex("[A-Z][a-z]*")] private static partial Regex Word();
    [GeneratedRegex("^```mermaid", RegexOptions.Multiline)] private static partial Regex Diagram();
}
