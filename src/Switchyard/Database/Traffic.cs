namespace Switchyard.Database;

/// <summary>What this process has asked of its database since it began.</summary>
public sealed class Traffic
{
    private long _trips, _statements;

    /// <summary>Round trips: statements that travel together count once.</summary>
    public long Trips => Interlocked.Read(ref _trips);

    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>Hears each statement before it is sent; tests ask the database how it runs them.</summary>
    internal Action<Statement>? Hear { get; set; }

    internal void Note(List<Statement> statements)
    {
        Interlocked.Increment(ref _trips);
        Interlocked.Add(ref _statements, statements.Count);
        if (Hear is { } hear) statements.ForEach(hear);
    }
}
