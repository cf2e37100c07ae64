namespace Switchyard.Simulators;

/// <summary>What a simulated vendor is told to do with calls.</summary>
public enum Mood
{
    Fine,

    /// <summary>Answers after <see cref="VendorSim.Slowness"/>.</summary>
    Slow,

    /// <summary>Too many calls: the vendor's own status, headers and body. Nothing is done.</summary>
    Throttled,

    /// <summary>An error of the server. Nothing is done.</summary>
    Broken,

    /// <summary>The credentials are no longer good. Nothing is done.</summary>
    Refused,

    /// <summary>Never answers, and nothing is done.</summary>
    Hangs,

    /// <summary>The connection breaks off before anything is done.</summary>
    BreaksOff,

    /// <summary>A body that cannot be read, with a status of success. Nothing is done.</summary>
    Malformed,

    /// <summary>Done, and then no answer comes.</summary>
    HangsAfter,

    /// <summary>Done, and then an error of the server.</summary>
    FailsAfter,

    /// <summary>Done, and then the connection breaks off.</summary>
    BreaksOffAfter,

    /// <summary>Done once <see cref="VendorSim.Go"/> is set, and answered then.</summary>
    Waits,
}

/// <summary>A call that came in, for asserts and the control page. <paramref name="Mood"/> is the one it was answered in.</summary>
public sealed record SimCall(long No, DateTimeOffset At, string Method, string Path, string Query, string Body, Mood Mood)
{
    /// <summary>Status of the answer; null while there is none, or for good where the connection was broken off.</summary>
    public int? Status { get; internal set; }

    /// <summary>What the call asked for in the vendor's words, such as the operations of a GraphQL document.</summary>
    public string Asked { get; internal set; } = "";

    public override string ToString() => $"{Method} {Path}{Query} {Asked}".TrimEnd();
}
