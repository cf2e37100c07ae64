namespace Switchyard.Connectors;

/// <summary>
/// Work of connections, one piece at a time for each, so that a channel that is slow keeps no other waiting. Whoever wishes for work that is going on has it done once more, however many wish it.
/// </summary>
/// <param name="what">What was not done when the work throws, for the log.</param>
internal sealed class OnePerConnection(ILogger log, string what)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Slot> _running = [];

    private sealed class Slot
    {
        public Task Task { get; set; } = Task.CompletedTask;
        public TaskCompletionSource Wish { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What goes on now.</summary>
    public IReadOnlyList<Task> Running
    {
        get { lock (_lock) return [.. _running.Values.Select(s => s.Task)]; }
    }

    /// <param name="again">What goes on may not have seen what this is for: it is done once more after it.</param>
    public void Start(Guid connection, Func<Task> work, CancellationToken stop, bool again = false)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(connection, out var slot))
            {
                if (again) slot.Wish.TrySetResult();
                return;
            }
            _running[connection] = slot = new Slot();
            slot.Task = Task.Run(() => Run(slot, connection, work, stop), CancellationToken.None);
        }
    }

    /// <summary>Ends when somebody wishes for the work of a connection that is going on. What was wished for before is taken to be seen now.</summary>
    public Task Wished(Guid connection)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(connection, out var slot)) return Task.CompletedTask;
            if (slot.Wish.Task.IsCompleted) slot.Wish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return slot.Wish.Task;
        }
    }

    /// <summary>Ends when nothing goes on any more.</summary>
    public async Task Idle()
    {
        while (Running is { Count: > 0 } running) await Task.WhenAll(running);
    }

    private async Task Run(Slot slot, Guid connection, Func<Task> work, CancellationToken stop)
    {
        while (true)
        {
            try { await work(); }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* the next server does it */ }
#pragma warning disable CA1031 // one connection's fault keeps no other waiting; it is done in the next round
            catch (Exception e) { log.LogError(e, "{What}, of connection {Connection}", what, new ConnectionId(connection)); }
#pragma warning restore CA1031
            lock (_lock)
            {
                if (!slot.Wish.Task.IsCompleted || stop.IsCancellationRequested)
                {
                    _running.Remove(connection);
                    return;
                }
                slot.Wish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}

/// <summary>
/// Works off what is due of connections, a few pieces at a time for each. One piece that takes long has its own place and keeps none of the others back; a piece is never in work twice.
/// </summary>
/// <param name="most">Pieces of one connection in work at the same time.</param>
/// <param name="due">The next few that are due, of which those in work may be some.</param>
/// <param name="one">Does one of them. False: it could not even be begun, and is left to the next round.</param>
internal sealed class WorkOff<T>(int most, Func<Guid, long, int, Task<List<T>>> due, Func<Guid, long, T, CancellationToken, Task<bool>> one, ILogger log, string what) where T : notnull
{
    private readonly OnePerConnection _connections = new(log, what);

    public void Start(Guid connection, long merchant, CancellationToken stop, bool again = false) => _connections.Start(connection, () => Run(connection, merchant, stop), stop, again);

    public Task Idle() => _connections.Idle();

    private async Task Run(Guid connection, long merchant, CancellationToken stop)
    {
        var inWork = new Dictionary<T, Task<bool>>();
        var left = new HashSet<T>();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var wished = _connections.Wished(connection);
                foreach (var (piece, task) in inWork.Where(w => w.Value.IsCompleted).ToList())
                {
                    inWork.Remove(piece);
                    if (!await task) left.Add(piece);
                }
                if (inWork.Count < most)
                    foreach (var piece in await due(connection, merchant, 2 * most + left.Count))
                    {
                        if (inWork.Count >= most) break;
                        if (!inWork.ContainsKey(piece) && !left.Contains(piece)) inWork[piece] = Task.Run(() => one(connection, merchant, piece, stop), CancellationToken.None);
                    }
                if (inWork.Count == 0) return;
                await Task.WhenAny([wished, .. inWork.Values]);
            }
        }
        finally { await Task.WhenAll(inWork.Values); }
    }
}
