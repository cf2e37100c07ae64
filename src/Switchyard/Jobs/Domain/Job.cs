using Switchyard.Kernel;

namespace Switchyard.Jobs;

public enum JobState { Queued, Running, Cancelling, Done, Failed, Cancelled }

/// <summary>Every allowed move of a job. A job is done also when some of its rows failed; it failed when it could not go on.</summary>
public static class JobStates
{
    public static readonly Transitions<JobState> Allowed = new()
    {
        [JobState.Queued] = [JobState.Running, JobState.Cancelled],
        [JobState.Running] = [JobState.Cancelling, JobState.Done, JobState.Failed],
        [JobState.Cancelling] = [JobState.Cancelled, JobState.Done, JobState.Failed],
    };

    public static string Name(JobState state) => state.ToString().ToLowerInvariant();
    public static JobState Parse(string name) => Enum.Parse<JobState>(name, ignoreCase: true);
    public static bool IsOver(JobState state) => state is JobState.Done or JobState.Failed or JobState.Cancelled;
}

public enum JobRowState { Waiting, Ok, Failed, Skipped }

/// <summary>Rows in all (null until it is known), and what became of those that are done.</summary>
public sealed record JobCounts(long? Total, long Done, long Ok, long Failed, long Skipped);

/// <summary>One row of a job: an order, a line of a file.</summary>
/// <param name="Reference">What it is about: an order's id, a line.</param>
/// <param name="Detail">More for the kind itself, such as the row as it stood in the file.</param>
/// <param name="Undo">What it takes to put it back.</param>
public sealed record JobRow(long No, string Reference, JobRowState State, string? Code = null, string? Message = null, string? Detail = null, string? Undo = null)
{
    public JobRow Ok(string? undo = null) => this with { State = JobRowState.Ok, Undo = undo };
    public JobRow Skipped(string code, string message) => this with { State = JobRowState.Skipped, Code = code, Message = message };
    public JobRow Failed(Error error) => this with
    {
        State = JobRowState.Failed,
        Code = error.Fields is [var only] ? only.Code : error.Code,
        Message = error.Fields is [var field] ? field.Detail : error.Detail,
    };
}

/// <summary>A job as its kind sees it.</summary>
/// <param name="Arguments">JSON, as the kind wrote it when the job was started.</param>
/// <param name="Position">How far it has come; what the number means is the kind's own affair. 0 at the start.</param>
/// <param name="Memory">What the kind wants to keep from chunk to chunk.</param>
/// <param name="RetryOf">The number of the job whose failures this one tries again.</param>
/// <param name="UndoOf">The number of the job whose effects this one takes back.</param>
public sealed record Job(long No, JobId Id, string Kind, string Arguments, long Position, string? Memory, JobCounts Counts, long? RetryOf, long? UndoOf);

public static class JobErrors
{
    public static Error NotFound(string id) => Error.NotFound("jobs.not_found", $"There is no job {id}.");
    public static Error Over(JobState state) => Error.Conflict("jobs.over", $"The job is {JobStates.Name(state)} already.");
    public static Error NotOver(JobState state) => Error.Conflict("jobs.not_over", $"The job is still {JobStates.Name(state)}.");
    public static Error NothingFailed => Error.Conflict("jobs.nothing_failed", "No row of this job failed.");
    public static Error CannotRetry(string kind) => Error.Conflict("jobs.cannot_retry", $"Failed rows of {kind} cannot be tried again by themselves; start it anew.");
    public static Error CannotUndo(string kind) => Error.Conflict("jobs.cannot_undo", $"What {kind} did cannot be undone.");
    public static Error UndoneAlready => Error.Conflict("jobs.undone_already", "This job is being undone or was undone already.");
    public static Error NoResult => Error.NotFound("jobs.no_result", "The job has no file: it is not done, makes none, or its file has been swept.");
    public static Error TooLarge(long most) => Error.Unprocessable("jobs.result_too_large", $"The file would have more than {most / (1024 * 1024)} MiB. Narrow the query.");
}
