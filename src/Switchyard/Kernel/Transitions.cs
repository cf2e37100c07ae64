using System.Collections;

namespace Switchyard.Kernel;

/// <summary>A table of allowed moves. What it does not list is refused.</summary>
public sealed class Transitions<TState> : IEnumerable<KeyValuePair<TState, TState[]>> where TState : struct, Enum
{
    private readonly Dictionary<TState, TState[]> _table = [];

    public TState[] this[TState from] { get => _table.GetValueOrDefault(from, []); set => _table[from] = value; }
    public bool Allows(TState from, TState to) => Array.IndexOf(this[from], to) >= 0;
    public IEnumerator<KeyValuePair<TState, TState[]>> GetEnumerator() => _table.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The table as a Mermaid state diagram, for the room's README.</summary>
    public string ToMermaid() =>
        "stateDiagram-v2\n" + string.Concat(_table.SelectMany(row => row.Value.Select(to => $"    {row.Key} --> {to}\n")));
}
