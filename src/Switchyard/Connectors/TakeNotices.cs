using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>
/// The address to which channels send what happens at them. A message counts only when it is signed as it should be, each once, and even then it is a hint: what it is about is asked for, unless
/// it carries the whole order. What is forged, too old, or came before changes nothing and is counted.
/// </summary>
public sealed class TakeNotices(Db db, ConnectorDesk desk, MessageTally tally, TakeOrders take, OwnAddress address, TimeProvider clock)
{
    public const int MostBytes = 1024 * 1024;
    private const int MostNotices = 1_000, MostId = 300, MostThing = 200;

    /// <summary>
    /// Vendors try for two days to be heard. What was sent before that is known from asking. Of all that is older than minutes nothing is believed but that there is something to be asked for
    /// (<see cref="ChannelNotice.Believed"/>), so a message that is sent again, whenever, changes nothing.
    /// </summary>
    private static readonly TimeSpan OldestTaken = TimeSpan.FromDays(3), FurthestAhead = TimeSpan.FromMinutes(15);

    /// <param name="Notices">What the message told.</param>
    /// <param name="New">Of these, what was not told before.</param>
    public sealed record Response(string Object, int Notices, int New);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/channel-messages/{connection}", async (string connection, HttpContext http, TakeNotices take) => (await take.Handle(connection, http)).ToHttp())
            .IsOpenToAnyone().WithMetadata(new LargestBody(MostBytes)).WithName("connectors.takeMessage").WithTags("Connectors").WithSummary("Take a channel's message, signed as the channel does")
            .Produces<Response>().ProducesProblem(401).ProducesProblem(429).ProducesProblem(503);
        routes.MapGet("/channel-messages/{connection}", async (string connection, [FromQuery(Name = "challenge_code")] string? challengeCode, HttpContext http, TakeNotices take) => await take.Challenge(connection, http))
            .IsOpenToAnyone().WithName("connectors.answerChallenge").WithTags("Connectors").WithSummary("Show a channel that this address is ours, the way it asks")
            .Produces<string>(200, "text/plain").ProducesProblem(404).ProducesProblem(429);
    }

    private async Task<Result<Response>> Handle(string id, HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var connection = await Find(id);
        var mail = new WebhookMail(Headers(http), body.ToArray(), connection is null ? "none" : desk.MessageSecret(connection));
        // One that is not there is answered as one whose secret does not fit, and after the same work.
        var adapter = connection is null ? desk.Channels.First(c => c.Manifest is { SignsMessages: true, SignedBy: null }) : desk.Of(connection);
        var read = connection is null ? AdapterAnswer<IReadOnlyList<ChannelNotice>?>.Of(adapter.Read(mail)) : mail.Secret is null ? AdapterAnswer<IReadOnlyList<ChannelNotice>?>.Of(null)
            : await adapter.ReadAsync(desk.Call(connection, http.RequestAborted), mail);
        if (read.Fault is not null) return ConnectorErrors.CannotVerify;
        if (connection is null || read.Value is not { } notices)
        {
            // What is genuine is taken however much that is not comes from the same network.
            tally.Forged(http.Connection.RemoteIpAddress, connection);
            return tally.Wait(http.Connection.RemoteIpAddress) is > 0 and var seconds ? ConnectorErrors.TooManyMessages(seconds) : ConnectorErrors.BadSignature;
        }
        var kept = await Keep(connection, [.. notices.Where(IsSound).Take(MostNotices)]);
        if (kept.IsOk && kept.Value.New > 0) take.Nudge(connection);
        return kept;
    }

    private Task<Result<Response>> Keep(Connection connection, IReadOnlyList<ChannelNotice> notices)
    {
        var now = clock.GetUtcNow();
        var timely = notices.Where(n => n.SentAt is not { } at || at > now - OldestTaken && at < now + FurthestAhead).DistinctBy(n => n.Id).OrderBy(n => n.Id, StringComparer.Ordinal).ToList();
        return db.Write<Response>(HouseWork.Of(connection.Merchant), async work =>
        {
            var isNew = (await work.Query(
                """
                insert into channel_notices (connection_id, notice_id, merchant_id, kind, thing, received_at_ms) select @id, r.notice_id, @merchant, r.kind, r.thing, @now from @rows r where true
                    on conflict (connection_id, notice_id) do nothing returning notice_id
                """, Rows.Of(timely).Text("notice_id", n => n.Id).Text("kind", n => n.Kind).Text("thing", n => n.Thing), row => row.Text(),
                ("id", connection.Id.Value), ("now", now.ToUnixTimeMilliseconds()))).ToHashSet();
            var fresh = timely.Where(n => isNew.Contains(n.Id)).ToList();
            var whole = fresh.Select(n => n.Believed(now)).OfType<ChannelOrder>().ToList();
            if (whole.Count > 0) await ToldOrders.Hear(work, connection, whole, now);
            string[] wished = [.. fresh.Where(n => n is { Kind: "order" or "refund" } && n.Believed(now) is null).Select(n => n.Thing ?? n.Order?.ExternalId).OfType<string>().Distinct()];
            if (wished.Length > 0) await ToldOrders.Wish(work, connection, wished, now);
            // A buyer who has left the channel is forgotten in the next round, where nothing is still to be sent to them.
            string[] gone = [.. fresh.Where(n => n is { Kind: "forget", Thing: not null }).Select(n => n.Thing!).Distinct()];
            if (gone.Length > 0) await work.Execute("update channel_orders set is_to_forget = true where merchant_id = @merchant and connection_id = @id and buyer = any(@gone)", ("id", connection.Id.Value), ("gone", gone));
            await KeepListings.Wish(work, connection.Id.Value, [.. fresh.Where(n => n is { Kind: "listing", Thing: not null }).Select(n => n.Thing!).Distinct()], now);
            // It has thrown us out, or says so: the next question shows it.
            if (fresh.Any(n => n.Kind == "uninstalled")) await work.Execute("update connections set ask_at_ms = 0 where merchant_id = @merchant and id = @id", ("id", connection.Id.Value));
            await MessageTally.Add(work, connection.Id.Value, [("stale", notices.Count(n => !timely.Any(t => t.Id == n.Id))), ("repeated", timely.Count - fresh.Count), ("taken", fresh.Count)], now);
            return new Response("channelMessage", notices.Count, fresh.Count);
        });
    }

    private async Task<IResult> Challenge(string id, HttpContext http)
    {
        if (tally.Wait(http.Connection.RemoteIpAddress) is > 0 and var seconds) return ConnectorErrors.TooManyMessages(seconds).ToHttp();
        var connection = await Find(id);
        var headers = Headers(http);
        foreach (var (name, value) in http.Request.Query) headers["?" + name] = value.ToString();
        string? said = connection is null || desk.MessageSecret(connection) is not { } secret ? null
            : desk.Of(connection).Challenge(new WebhookMail(headers, [], secret), $"{address.Of(http)}/api/v1/channel-messages/{connection.Id}");
        if (said is not null) return Results.Text(said, said.StartsWith('{') ? "application/json" : "text/plain");
        tally.Forged(http.Connection.RemoteIpAddress, connection);
        return ConnectorErrors.NoChallenge.ToHttp();
    }

    private async Task<Connection?> Find(string id) => ConnectionId.TryParse(id, null, out var known) ? await db.ReadAll(work => Connection.FindAny(work, known.Value)) : null;

    private static Dictionary<string, string> Headers(HttpContext http) => http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static bool IsSound(ChannelNotice notice) => notice.Id.Length is > 0 and <= MostId && Text.IsStorable(notice.Id) && (notice.Thing is null || notice.Thing.Length is > 0 and <= MostThing && Text.IsStorable(notice.Thing));
}
