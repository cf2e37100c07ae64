using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Switchyard.Simulators;

/// <summary>
/// A message as the vendor sends it: signed, with its headers. <paramref name="Forged"/> makes the same with a signature that is wrong
/// (null: the vendor's messages carry none). <paramref name="SubscriptionId"/> names the subscription it is sent for.
/// </summary>
public sealed record SimMessage(string EventId, string Topic, string About, string Url, IReadOnlyDictionary<string, string> Headers, byte[] Body, string SubscriptionId = "")
{
    public Func<SimMessage>? Forged { get; init; }
}

/// <summary>One try to deliver a message. <paramref name="Status"/> is null when nobody answered.</summary>
public sealed record SimDelivery(SimMessage Message, int? Status, bool IsForged, int Try, DateTimeOffset At)
{
    public bool IsTaken => Status is >= 200 and < 300;
}

/// <summary>
/// Sends a vendor's messages one after another, in the order of events, and misbehaves as it is told: holds, drops, repeats, shuffles,
/// forges, delays. <see cref="Quiet"/> waits until everything that was to be sent was answered or given up.
/// </summary>
public sealed class WebhookSender : IAsyncDisposable
{
    private readonly Channel<(SimMessage Message, bool Forged, int Try)> _line = Channel.CreateUnbounded<(SimMessage, bool, int)>();
    private readonly ConcurrentQueue<SimDelivery> _deliveries = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<SimMessage> _held = [];
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Random _dice;
    private readonly Task _work;
    private TaskCompletionSource _quiet = Done();
    private int _open, _seen;

    internal WebhookSender(TimeProvider clock, int seed)
    {
        _clock = clock;
        _dice = new Random(seed);
        _work = Task.Run(Work);
    }

    /// <summary>Sends through it; a test may put in one that reaches a server in its own process.</summary>
    public HttpClient Http { get; set; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Keeps messages until <see cref="Release"/>.</summary>
    public bool Holds { get; set; }

    /// <summary>Nothing is sent, and nobody will send it later: an outage of the vendor's webhooks.</summary>
    public bool DropsAll { get; set; }

    /// <summary>Every so manieth message is lost; 0: none.</summary>
    public int DropEvery { get; set; }

    /// <summary>How often each message is sent.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>Messages are gathered in groups of so many and each group goes out shuffled; 0 and 1: in order. What is left over goes by <see cref="Release"/>.</summary>
    public int ShuffleBy { get; set; }

    /// <summary>Beside each message goes one that is forged.</summary>
    public bool ForgesToo { get; set; }

    /// <summary>Waits so long before each message.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How often a message that was not taken is tried again, at once.</summary>
    public int Retries { get; set; }

    /// <summary>What came of every try.</summary>
    public IReadOnlyList<SimDelivery> Deliveries => [.. _deliveries];

    /// <summary>How many messages were lost on purpose.</summary>
    public int Dropped { get; private set; }

    /// <summary>Messages that are held, or wait for their group to fill.</summary>
    public int Held
    {
        get { lock (_gate) return _held.Count; }
    }

    /// <summary>Told of each delivery when it ends, on the sender's thread.</summary>
    public event Action<SimDelivery>? Delivered;

    public void Send(SimMessage message)
    {
        lock (_gate)
        {
            if (DropsAll || (DropEvery > 0 && ++_seen % DropEvery == 0)) { Dropped++; return; }
            if (Holds || ShuffleBy > 1)
            {
                _held.Add(message);
                if (!Holds && _held.Count >= ShuffleBy) Out(shuffled: true);
            }
            else Enqueue(message);
        }
    }

    /// <summary>Sends what is held, in order or shuffled.</summary>
    public void Release(bool shuffled = false)
    {
        lock (_gate) Out(shuffled);
    }

    /// <summary>Sends again what was sent before: all, or what fits.</summary>
    public void Replay(Func<SimMessage, bool>? which = null)
    {
        foreach (var message in _deliveries.Where(d => !d.IsForged).Select(d => d.Message).Distinct().Where(which ?? (_ => true)).ToList())
            lock (_gate) Add(message, forged: false);
    }

    /// <summary>Waits until nothing is on its way.</summary>
    public Task Quiet(CancellationToken stop = default)
    {
        lock (_gate) return _quiet.Task.WaitAsync(stop);
    }

    private void Out(bool shuffled)
    {
        SimMessage[] messages = [.. _held];
        _held.Clear();
        if (shuffled) _dice.Shuffle(messages);
        foreach (var message in messages) Enqueue(message);
    }

    private void Enqueue(SimMessage message)
    {
        for (int i = 0; i < Copies; i++) Add(message, forged: false);
        if (ForgesToo && message.Forged is { } forge) Add(forge(), forged: true);
    }

    private void Add(SimMessage message, bool forged, int tried = 1)
    {
        if (_open++ == 0) _quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_line.Writer.TryWrite((message, forged, tried)) && --_open == 0) _quiet.TrySetResult();
    }

    private async Task Work()
    {
        try
        {
            await foreach (var (message, forged, tried) in _line.Reader.ReadAllAsync(_stop.Token))
            {
                if (Delay > TimeSpan.Zero) await Task.Delay(Delay, _stop.Token);
                var delivery = new SimDelivery(message, await Post(message), forged, tried, _clock.GetUtcNow());
                _deliveries.Enqueue(delivery);
                while (_deliveries.Count > 5000) _deliveries.TryDequeue(out _);
                Delivered?.Invoke(delivery);
                lock (_gate)
                {
                    if (!delivery.IsTaken && !forged && tried <= Retries) Add(message, forged: false, tried + 1);
                    if (--_open == 0) _quiet.TrySetResult();
                }
            }
        }
        catch (OperationCanceledException) { /* it stops */ }
        finally { lock (_gate) _quiet.TrySetResult(); }
    }

    private async Task<int?> Post(SimMessage message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Url) { Content = new ByteArrayContent(message.Body) };
        foreach (var (name, value) in message.Headers)
        {
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var answer = await Http.SendAsync(request, _stop.Token);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException) { return null; }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested) { return null; }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }

    public async ValueTask DisposeAsync()
    {
        _line.Writer.TryComplete();
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
        Http.Dispose();
    }
}
