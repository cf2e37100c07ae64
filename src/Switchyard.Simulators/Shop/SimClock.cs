namespace Switchyard.Simulators;

/// <summary>A vendor's own clock: it runs like the world's, or stands still, and can be moved. Timers are not moved: nothing waits on it.</summary>
public sealed class SimClock : TimeProvider
{
    private readonly TimeProvider _world;
    private readonly Lock _gate = new();
    private DateTimeOffset? _stands;
    private TimeSpan _shift;

    /// <param name="world">The clock it runs like; the system's where none is given.</param>
    public SimClock(TimeProvider? world = null) => _world = world ?? System;

    /// <summary>A clock that stands at an instant until it is moved.</summary>
    public static SimClock At(DateTimeOffset instant) => new() { _stands = instant };

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return (_stands ?? _world.GetUtcNow()) + _shift;
    }

    /// <summary>Moves it on, or back with a negative time.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_gate) _shift += by;
    }
}
