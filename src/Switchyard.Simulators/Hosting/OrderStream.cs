namespace Switchyard.Simulators;

/// <summary>A steady stream of orders into a simulated shop, so many a minute, of what there is.</summary>
public sealed class OrderStream : IAsyncDisposable
{
    private readonly VendorSim _sim;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;

    internal OrderStream(VendorSim sim) => _sim = sim;

    /// <summary>Orders a minute; 0 while it stands still.</summary>
    public double PerMinute { get; private set; }

    /// <summary>Orders that it placed.</summary>
    public long Placed { get; private set; }

    /// <summary>Starts anew at a rate; 0 stops it.</summary>
    /// <param name="perMinute">0 to 6,000.</param>
    /// <param name="skus">Only of these; null: of all.</param>
    public void Start(double perMinute, IReadOnlyList<string>? skus = null)
    {
        lock (_gate)
        {
            _stop?.Cancel();
            PerMinute = Math.Clamp(perMinute, 0, 6000);
            if (PerMinute <= 0) return;
            _stop = new CancellationTokenSource();
            var stop = _stop.Token;
            var every = TimeSpan.FromMinutes(1 / PerMinute);
            _work = Task.WhenAll(_work, Task.Run(() => Run(every, skus, stop), CancellationToken.None));
        }
    }

    private async Task Run(TimeSpan every, IReadOnlyList<string>? skus, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (_sim.Generator.Place(skus) is not null) Placed++;
        }
        catch (OperationCanceledException) { /* it was stopped */ }
    }

    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_gate)
        {
            _stop?.Cancel();
            PerMinute = 0;
            work = _work;
        }
        await work;
    }
}
