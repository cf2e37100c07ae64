using System.Globalization;

namespace Switchyard.Search;

/// <summary>The arguments of a statement being put together. Values never stand in its text.</summary>
public sealed class SqlText
{
    private readonly List<(string Name, object? Value)> _arguments = [];

    public (string Name, object? Value)[] Arguments => [.. _arguments];

    /// <summary>The name under which the value goes along.</summary>
    public string Arg(object? value)
    {
        string name = "q" + _arguments.Count.ToString(CultureInfo.InvariantCulture);
        _arguments.Add((name, value));
        return "@" + name;
    }

    /// <summary>Conditions joined; brackets included.</summary>
    public static string Join(string between, IEnumerable<string> conditions) =>
        conditions.ToList() is [var only] ? only : $"({string.Join($" {between} ", conditions)})";

    /// <summary><c>column = word</c>, or the range of all words that begin with it: comparisons that use an index under row security, as LIKE does not.</summary>
    public string Word(string column, string word, bool isPrefix)
    {
        if (!isPrefix) return $"{column} = {Arg(word)}";
        string from = $"{column} >= {Arg(word)}";
        return TermText.After(word) is { } to ? $"({from} and {column} < {Arg(to)})" : from;
    }
}
