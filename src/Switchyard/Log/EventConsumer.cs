using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>
/// Follows the log from its first entry and keeps its own position. A room registers one with
/// <c>services.AddSingleton(new EventConsumer("channel_sales", SumChannelSales.Handle))</c>.
/// </summary>
/// <param name="Name">Stable: its position is kept under it.</param>
/// <param name="Handle">
/// Writes the effect, in the transaction that also moves the position: exactly once. Entries of several merchants may come
/// together, so rows are written with each entry's own merchant. It may run again after a rollback, and on SQLite it holds up
/// all writers: nothing but the database belongs here.
/// </param>
public sealed record EventConsumer(string Name, Func<Work, IReadOnlyList<LoggedEvent>, Task> Handle)
{
    /// <summary>The kinds it wants; null for all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Reaches outside (a webhook, a mail) before the position moves: at least once. It is given up after <see cref="ConsumerPace.LongestDelivery"/>.</summary>
    public Func<IReadOnlyList<LoggedEvent>, CancellationToken, Task>? Deliver { get; init; }

    /// <summary>A consumer whose effect lies outside the database: each entry arrives at least once, in order per aggregate.</summary>
    public static EventConsumer Outward(string name, Func<IReadOnlyList<LoggedEvent>, CancellationToken, Task> deliver) =>
        new(name, (_, _) => Task.CompletedTask) { Deliver = deliver };
}

/// <summary>How consumers take turns and how patient they are.</summary>
public sealed record ConsumerPace
{
    public int BatchSize { get; init; } = 256;

    /// <summary>A process that died is replaced after at most this long; one that lives renews it, so it is longer than clocks of servers differ.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan LongestDelivery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often retries that are due, replays and the work of other processes are looked for.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Small changes that come one after another are taken together.</summary>
    public TimeSpan BetweenBatches { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits after the first, second … failure of an entry; after the last it is given up until a person decides.</summary>
    public IReadOnlyList<TimeSpan> Backoff { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];
}

/// <summary>
/// Whatever a consumer delivers to is away as a whole: no entry is at fault, none is set aside, and the same are tried again until it is back.
/// </summary>
public sealed class AwayException(string why, Exception? inner = null) : Exception(why, inner);
