namespace Switchyard.Cli;

/// <summary>Where a command speaks to: the terminal of its own process, or the stream back to the command line that asked.</summary>
public abstract class CommandOutput : IAsyncDisposable
{
    /// <summary>A line of the result.</summary>
    public abstract void Line(string text);

    /// <summary>A line that is not the result: a warning, a refusal, a hint.</summary>
    public abstract void Note(string text);

    /// <summary>How far long work is. Call it as often as you like; it is shown a few times a second.</summary>
    /// <param name="what">The same words for the same piece of work, for instance "Reading lines".</param>
    /// <param name="total">Null while it is unknown.</param>
    public abstract void Progress(string what, long done, long? total);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
