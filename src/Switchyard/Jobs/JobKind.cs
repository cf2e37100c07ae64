using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Jobs;

/// <summary>
/// One kind of long work. A room makes a small class of it and registers it with <c>services.AddSingleton&lt;JobKind, TagOrders&gt;()</c>.
/// </summary>
public abstract class JobKind
{
    /// <summary>Room and deed, such as <c>orders.tag</c>. Never renamed: jobs that wait are found by it.</summary>
    public abstract string Code { get; }

    /// <summary>Who may see and stop such jobs.</summary>
    public abstract Permission Permission { get; }

    /// <summary>Can the failed rows be tried again as a job of their own? <see cref="Job.RetryOf"/> then names the job they are of.</summary>
    public virtual bool CanRetry => false;

    /// <summary>Can it be taken back, row by row? <see cref="Job.UndoOf"/> then names the job.</summary>
    public virtual bool CanUndo => false;

    /// <summary>What people call the things that rows refer to, such as an order's number; a thing without a name of its own is left out.</summary>
    public virtual Task<Dictionary<string, string>> Names(Work work, IReadOnlyList<string> references) => Task.FromResult<Dictionary<string, string>>([]);

    /// <summary>
    /// Does a few more rows, each chunk by <see cref="JobTurn.Commit"/>: effect and progress in one transaction. It is called again until
    /// it answers true: nothing is left. Between two calls a job can be cancelled and other jobs get their turn.
    /// </summary>
    public abstract Task<bool> Next(JobTurn turn);
}
