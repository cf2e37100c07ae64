using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>
/// Asks channels what has changed, also those that send messages, since messages get lost. A round begins a little before the newest change that is known, by the channel's own clock, and goes on page by page;
/// the mark moves only when every order of the round is kept. After an outage the same questions fill the gap.
/// </summary>
public sealed class KeepAsking(Db db, ConnectorDesk desk, ConnectorPatience patience, TimeProvider clock, ILogger<KeepAsking> log) : BackgroundService
{
    private const int MostPages = 200, AtOnce = 8;

    /// <summary>A connection without a mark begins with what was placed so long before it.</summary>
    private static readonly TimeSpan FirstReach = TimeSpan.FromDays(30);

    private readonly OnePerConnection _asked = new(log, "A channel could not be asked");

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "Channels were not asked", stoppingToken);
        await _asked.Idle();
    }

    /// <summary>Asks all that are due.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        var due = await db.ReadAll(work => work.Query("select id, merchant_id from connections where state = 'live' and ask_at_ms <= @now and lease_until_ms <= @now order by ask_at_ms limit @most /* house */",
            row => (Id: row.Uuid(), Merchant: row.Long()), ("now", Now), ("most", (long)AtOnce)));
        foreach (var (id, merchant) in due) _asked.Start(id, () => Ask(id, merchant, stop), stop);
    }

    private async Task Ask(Guid id, long merchant, CancellationToken stop)
    {
        var house = HouseWork.Of(merchant);
        int claimed = await db.Do(house, work => work.Execute(
            "update connections set lease_until_ms = @until where merchant_id = @merchant and id = @id and state = 'live' and ask_at_ms <= @now and lease_until_ms <= @now",
            ("id", id), ("now", Now), ("until", Now + (long)patience.Lease.TotalMilliseconds)));
        if (claimed > 0 && await db.Read(house, work => Connection.Find(work, id)) is { } connection) await Round(house, connection, stop);
    }

    private async Task Round(Actor house, Connection connection, CancellationToken stop)
    {
        var channel = desk.Of(connection);
        var since = DateTimeOffset.FromUnixTimeMilliseconds(connection.WatermarkMs ?? (connection.GoLiveAt ?? clock.GetUtcNow()).Subtract(FirstReach).ToUnixTimeMilliseconds()) - (connection.WatermarkMs is null ? TimeSpan.Zero : patience.Overlap);
        string? cursor = connection.Cursor;
        long began = Now;
        long newest = connection.WatermarkMs ?? since.ToUnixTimeMilliseconds();
        for (int page = 0; page < MostPages; page++)
        {
            var said = await channel.Orders(desk.Call(connection, stop, mayWait: true), since, cursor);
            if (said.Fault is { } fault) { await Failed(house, connection, fault); return; }
            var orders = said.Value.Items;
            if (orders.Count > 0) newest = Math.Max(newest, orders.Max(o => o.UpdatedAt).ToUnixTimeMilliseconds());
            cursor = said.Value.Next;
            string? next = cursor;
            long mark = newest;
            bool isFirst = page == 0 && connection.Cursor is null;
            await db.Do(house, async work =>
            {
                await ToldOrders.Keep(work, connection, orders, clock.GetUtcNow());
                await work.Execute(
                    """
                    update connections set cursor = @cursor::text, watermark_ms = @mark, lease_until_ms = @until, asked_at_ms = @now, heard_at_ms = @now, failures = 0, said = null,
                           ask_at_ms = case when @cursor::text is null and (ask_at_ms < @began or ask_at_ms > @next) then @next else ask_at_ms end, round_at_ms = case when @first then @began else round_at_ms end,
                           known_at_ms = case when @cursor::text is not null then known_at_ms when @first then @began else round_at_ms end
                     where merchant_id = @merchant and id = @id
                    """, ("id", connection.Id.Value), ("cursor", next), ("first", isFirst), ("began", began), ("now", Now), ("mark", next is null ? mark : connection.WatermarkMs), ("until", next is null ? 0 : Now + (long)patience.Lease.TotalMilliseconds),
                    ("next", Now + (long)Between(channel.Manifest, connection).TotalMilliseconds));
                if (connection.Failures > 0)
                {
                    var batch = work.Batch();
                    ExceptionsRoom.Mend(batch, [("channel_refused", connection.Channel), ("channel_silent", connection.Channel)], house, "The channel answers.", clock.GetUtcNow());
                    await batch.Run();
                }
            });
            if (cursor is null) return;
        }
    }

    // A channel whose own plan allows less is not asked into its limit.
    private TimeSpan Between(ChannelManifest manifest, Connection connection)
    {
        var wanted = manifest is { SignsMessages: true, TellsAll: true } && connection.MessageSecret is not null ? patience.AskEvery : patience.AskEveryWithoutMessages;
        return manifest.AskEvery is { } least && least > wanted ? least : wanted;
    }

    private async Task Failed(Actor house, Connection connection, AdapterFault fault)
    {
        var wait = patience.Waits[Math.Min(connection.Failures, patience.Waits.Count - 1)];
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        await db.Do(house, async work =>
        {
            // A cursor that the channel does not take any more is no reason to stay where it is: the round begins anew.
            await work.Execute(
                """
                update connections set lease_until_ms = 0, asked_at_ms = @now, failures = failures + 1, failed_at_ms = @now, said = @said, ask_at_ms = @next, cursor = case when @anew then null else cursor end
                 where merchant_id = @merchant and id = @id
                """, ("id", connection.Id.Value), ("now", Now), ("said", Text.Cut(fault.Words, 500)), ("next", Now + (long)wait.TotalMilliseconds), ("anew", fault.Kind == FaultKind.Refused));
            var now = clock.GetUtcNow();
            string said = Text.Cut(fault.Words, 300) ?? "";
            var troubles = new List<Trouble>();
            if (fault.Kind == FaultKind.Unauthorized)
                troubles.Add(new Trouble("channel_refused", connection.Channel, $"{connection.ChannelName} does not take our credentials: {said}") { Says = Saying.Of(Phrase.ChannelRefused, ("channel", connection.ChannelName), ("said", said)) });
            if (now.ToUnixTimeMilliseconds() - Math.Max(connection.HeardAtMs ?? 0, connection.ChangedAt.ToUnixTimeMilliseconds()) > patience.Silence.TotalMilliseconds)
                troubles.Add(new Trouble("channel_silent", connection.Channel, $"{connection.ChannelName} has not answered for long: {said}") { Says = Saying.Of(Phrase.ChannelSilent, ("channel", connection.ChannelName), ("said", said)) });
            if (troubles.Count == 0) return;
            var batch = work.Batch();
            ExceptionsRoom.Raise(batch, troubles, now);
            await batch.Run();
        });
    }
}
