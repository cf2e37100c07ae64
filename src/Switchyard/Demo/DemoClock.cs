namespace Switchyard.Demo;

/// <summary>The clock of the days that are played: whoever works in them sees the time it was then.</summary>
internal sealed class DemoClock(DateTimeOffset at) : TimeProvider
{
    public DateTimeOffset At { get; set; } = at;

    public override DateTimeOffset GetUtcNow() => At;
}
