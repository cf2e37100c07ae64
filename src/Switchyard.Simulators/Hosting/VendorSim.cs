using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// One account at a vendor, on HTTP: a <see cref="Simulators.Shop"/> behind the vendor's protocol with its keys, errors, throttling and
/// failures before and after the effect. A vendor derives from it: who is let in, how it refuses, what it answers, what it sends.
/// Start it by <see cref="SimHost.Listening{TSim}"/>, or several in one <see cref="SimHost"/>.
/// </summary>
public abstract class VendorSim : IAsyncDisposable
{
    private const int LongestBody = 8 << 20;
    private readonly ConcurrentQueue<(Mood Mood, Func<HttpRequest, bool> On)> _moods = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _callsGate = new();
    private readonly LinkedList<SimCall> _calls = new();
    private long _callNo;
    private SimHost? _own;

    protected VendorSim(string name, ShopFacts facts, SimClock? clock, int seed)
    {
        Name = name;
        Clock = clock ?? new SimClock();
        Shop = new Shop(facts, Clock);
        Generator = new OrderGenerator(Shop, seed);
        Sender = new WebhookSender(Clock, seed);
        Stream = new OrderStream(this);
        Shop.Happened += happened =>
        {
            foreach (var message in Messages(happened)) Sender.Send(message);
        };
    }

    /// <summary>Its name among the simulators, and the first segment of its address where several share a host.</summary>
    public string Name { get; }

    /// <summary>The code of the adapter that speaks with it.</summary>
    public abstract string Adapter { get; }

    /// <summary>Where its host reaches it, without a slash at the end; set when it is hosted.</summary>
    public string Url { get; internal set; } = "";

    /// <summary>What an adapter is given as the vendor's address.</summary>
    public virtual string BaseUrl => Url;

    /// <summary>The other settings and the secrets that a connection to it needs.</summary>
    public virtual JsonObject Settings => [];

    public abstract Dictionary<string, string> Secrets { get; }

    /// <summary>The secret with which it signs messages; null: the vendor signs with none that both know.</summary>
    public virtual string? MessageSecret => null;

    public SimClock Clock { get; }
    public Shop Shop { get; }
    public OrderGenerator Generator { get; }
    public WebhookSender Sender { get; }
    public OrderStream Stream { get; }

    /// <summary>Every call is answered so, unless one was announced by <see cref="Next"/>.</summary>
    public Mood Always { get; set; }

    public TimeSpan Slowness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Seconds that a throttled caller is told to wait, where the vendor tells it.</summary>
    public int RetryAfterSeconds { get; set; } = 2;

    /// <summary>Lets those go on that wait (<see cref="Mood.Waits"/>).</summary>
    public TaskCompletionSource Go { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The next call (that fits) is answered so; several wait in turn.</summary>
    public void Next(Mood mood, Func<HttpRequest, bool>? on = null) => _moods.Enqueue((mood, on ?? (_ => true)));

    /// <summary>Moods that were announced and that no call has met.</summary>
    public int Announced => _moods.Count;

    /// <summary>The newest calls (at most 5,000), oldest first.</summary>
    public IReadOnlyList<SimCall> Calls
    {
        get { lock (_callsGate) return [.. _calls]; }
    }

    /// <summary>All access tokens end at once; refresh tokens stay good. Nothing where the vendor has none.</summary>
    public virtual void ExpireTokens() { }

    /// <summary>Who is let in: null, or the vendor's refusal.</summary>
    protected abstract IResult? Refuse(SimRequest request);

    /// <summary>The vendor's answer to too many calls.</summary>
    protected abstract IResult Throttled(SimRequest request);

    /// <summary>The vendor's answer when it is broken itself.</summary>
    protected virtual IResult Broken(SimRequest request) => Results.Json(new { message = "Internal Server Error" }, statusCode: 500);

    /// <summary>The vendor's answer to credentials that are no longer good.</summary>
    protected abstract IResult Refused(SimRequest request);

    /// <summary>Calls to which no credentials belong: pages of consent, token endpoints.</summary>
    protected virtual bool IsOpen(SimRequest request) => false;

    protected abstract Task<IResult> Answer(SimRequest request);

    /// <summary>What is sent of an event; called with the shop's gate held, so that the body is the state at that moment.</summary>
    protected abstract IEnumerable<SimMessage> Messages(ShopEvent happened);

    internal async Task Serve(HttpContext http)
    {
        var request = await SimRequest.Read(http, LongestBody);
        http.Items[typeof(SimRequest)] = request;
        var mood = Always;
        if (_moods.TryPeek(out var next) && next.On(http.Request) && _moods.TryDequeue(out next)) mood = next.Mood;
        var call = Log(request, mood);
        if (mood is Mood.Hangs) { await Hang(http); return; }
        if (mood is Mood.BreaksOff) { http.Abort(); return; }
        if (mood is Mood.Slow) await Wait(Task.Delay(Slowness, _stop.Token));
        if (mood is Mood.Waits) await Wait(Go.Task);
        var answer = mood switch
        {
            Mood.Throttled => Throttled(request),
            Mood.Broken => Broken(request),
            Mood.Refused => Refused(request),
            Mood.Malformed => Results.Text("{\"this\": is no JSON", "application/json"),
            _ => (IsOpen(request) ? null : Refuse(request)) ?? await Answer(request),
        };
        call.Asked = request.Asked;
        switch (mood)
        {
            case Mood.HangsAfter: await Hang(http); return;
            case Mood.BreaksOffAfter: http.Abort(); return;
            case Mood.FailsAfter: answer = Broken(request); break;
        }
        await answer.ExecuteAsync(http);
        call.Status = http.Response.StatusCode;
    }

    private SimCall Log(SimRequest request, Mood mood)
    {
        lock (_callsGate)
        {
            var call = new SimCall(++_callNo, Clock.GetUtcNow(), request.Method, request.Path, request.Http.Request.QueryString.Value ?? "", request.Text, mood);
            _calls.AddLast(call);
            if (_calls.Count > 5000) _calls.RemoveFirst();
            return call;
        }
    }

    private async Task Hang(HttpContext http)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, http.RequestAborted);
        await Wait(Task.Delay(TimeSpan.FromMinutes(2), both.Token));
        http.Abort();
    }

    private async Task Wait(Task until)
    {
        try { await until.WaitAsync(_stop.Token); }
        catch (OperationCanceledException) { /* it stops, or the caller is gone */ }
    }

    internal void OwnedBy(SimHost host) => _own = host;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _stop.CancelAsync();
        await Stream.DisposeAsync();
        await Sender.DisposeAsync();
        if (Interlocked.Exchange(ref _own, null) is { } host) await host.DisposeAsync();
    }

    /// <summary>Base64 of a text, as many vendors' headers want it.</summary>
    protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
