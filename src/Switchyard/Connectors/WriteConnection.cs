using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Connectors;

/// <summary>Connects a channel with the shop or marketplace it is at, changes the connection, or takes one away by which no order came.</summary>
public static class WriteConnection
{
    private const int MostSecret = 8_000, MostMethods = 200, MostDomains = 50;

    /// <param name="Secrets">By name; a name that is left out keeps what it has, as long as adapter and server stay the same; null takes it away. They are never shown again.</param>
    /// <param name="Serving">Who serves the buyer; left out, as the adapter has it.</param>
    /// <param name="Methods">Our delivery method by the channel's name of it; <c>*</c> for all others.</param>
    public sealed record Request(string? Adapter = null, string? BaseUrl = null, JsonObject? Settings = null, IReadOnlyDictionary<string, string?>? Secrets = null, ChannelServing? Serving = null,
        IReadOnlyDictionary<string, string?>? Methods = null, DateTimeOffset? GoLiveAt = null, long? CallsPerMinute = null, long? Buffer = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/connections/{channel}", async (string channel, Request body, Actor actor, Db db, ConnectorDesk desk, ConnectorSecrets secrets, OutwardHttp outward, ReadConnections read, TimeProvider clock, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(channel, body, expected.Value, actor, db, desk, secrets, outward, clock);
                return saved.Error is { } refused ? refused.ToHttp() : ReadConnections.Tagged(await read.One(actor, channel, http), http);
            })
            .Requires(Permission.SettingsWrite).WithName("connectors.write").WithTags("Connectors").WithSummary("Connect a channel with the shop or marketplace it is at, or change its connection")
            .Produces<ConnectionView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        routes.MapDelete("/connections/{channel}", async (string channel, Actor actor, Db db, TimeProvider clock) => (await Delete(channel, actor, db, clock)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("connectors.delete").WithTags("Connectors").WithSummary("Take away a connection by which no order came")
            .Produces<Done>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: channels.no_such_channel, connectors.no_such_adapter, connectors.no_such_setting, connectors.bad_url, connectors.adapter_stays, connectors.changed.</remarks>
    internal static async Task<Result<Done>> Handle(string channel, Request body, long? expected, Actor actor, Db db, ConnectorDesk desk, ConnectorSecrets secrets, OutwardHttp outward, TimeProvider clock)
    {
        var checks = new Checks();
        var adapter = desk.Channels.FirstOrDefault(c => c.Manifest.Code == body.Adapter);
        checks.That(adapter is not null, "/adapter", "connectors.no_such_adapter", $"There is no adapter {body.Adapter}. GET /channel-adapters lists them.");
        string url = body.BaseUrl is { Length: > 0 } given ? given : adapter?.Manifest.DefaultUrl ?? "";
        checks.Text(url, "/baseUrl", 500, required: true);
        if (!checks.AnyFault && outward.Refusal(url) is { } refusal) checks.Fault("/baseUrl", "connectors.bad_url", refusal);
        Form(checks, body, adapter?.Manifest);
        if (checks.AnyFault) return checks.ToError();

        var before = await db.Read(actor, work => Connection.Find(work, channel));
        // What was given for one server is not sent to another.
        bool isSame = before?.Adapter == adapter!.Manifest.Code && Server(before.BaseUrl) == Server(url) && Addresses(before.Settings).SequenceEqual(Addresses(body.Settings ?? []));
        var all = secrets.Open(isSame ? before!.Secret : null).ToDictionary();
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>()) if (value is { Length: > 0 }) all[name] = value; else all.Remove(name);
        // What its owner lets us in with comes from the channel's own page.
        foreach (var setting in adapter.Manifest.Settings.Where(s => s.IsRequired))
            checks.That(setting.IsSecret ? all.ContainsKey(setting.Name) : (string?)body.Settings?[setting.Name] is { Length: > 0 }, setting.IsSecret ? $"/secrets/{setting.Name}" : $"/settings/{setting.Name}",
                "field.required", $"{setting.Name} is required: {setting.Meaning}");
        if (checks.AnyFault) return checks.ToError();
        string? closed = all.Count == 0 ? null : secrets.Close(all);
        bool isTestedStill = isSame && body.Secrets is not { Count: > 0 } && before!.Settings.ToJsonString() == (body.Settings ?? []).ToJsonString();
        var now = clock.GetUtcNow();
        return await db.Write<Done>(actor, async work =>
        {
            if (await work.Query("select id from channels where merchant_id = @merchant and code = @code for update", row => row.Long(), ("code", channel)) is not [var channelId])
                return Error.NotFound("channels.no_such_channel", $"There is no channel {channel}.");
            var present = await Connection.Find(work, channel, locked: true);
            if (present?.Version != before?.Version || expected is { } version && (present?.Version ?? 0) != version) return ConnectorErrors.Changed(present?.Version ?? 0);
            bool isOther = present is not null && (present.Adapter != adapter.Manifest.Code || Server(present.BaseUrl) != Server(url));
            if (isOther && await HasOrders(work, present!)) return ConnectorErrors.AdapterStays;
            // What was told by another shop is nothing that this one knows of.
            if (isOther) await Empty(work, present!, "channel_notices", "channel_orders", "channel_tasks", "channel_listings", "channel_lags");
            await work.Execute(
                """
                insert into connections (id, merchant_id, channel_id, adapter, base_url, settings, secret, secret_names, serving, methods, state, go_live_at_ms, calls_per_minute, buffer, created_at_ms, changed_at_ms)
                values (@id, @merchant, @channel, @adapter, @url, @settings, @secret::text, @names, @serving::text, @methods, 'draft', @live::bigint, @calls, @buffer, @now, @now)
                on conflict (channel_id) do update set adapter = @adapter, base_url = @url, settings = @settings, secret = @secret::text, secret_names = @names, serving = @serving::text, methods = @methods,
                       go_live_at_ms = @live::bigint, calls_per_minute = @calls, buffer = @buffer, changed_at_ms = @now, version = connections.version + 1, ask_at_ms = 0,
                       watermark_ms = case when @other then null else connections.watermark_ms end, cursor = case when @other then null else connections.cursor end, known_at_ms = case when @other then null else connections.known_at_ms end,
                       listings_cursor = case when @other then null else connections.listings_cursor end, listings_due_ms = case when @other then 0 else connections.listings_due_ms end,
                       message_secret = case when @same then connections.message_secret end, tested_at_ms = case when @tested then connections.tested_at_ms end
                """,
                ("id", (present?.Id ?? ConnectionId.New(now)).Value), ("channel", channelId), ("adapter", adapter.Manifest.Code), ("url", url), ("settings", (body.Settings ?? []).ToJsonString()), ("secret", closed),
                ("names", JsonSerializer.Serialize(all.Keys.Order(StringComparer.Ordinal))), ("serving", body.Serving is null ? null : JsonSerializer.Serialize(body.Serving, Json.Options)),
                ("methods", JsonSerializer.Serialize((body.Methods ?? new Dictionary<string, string?>()).ToDictionary(m => m.Key, m => m.Value!))), ("live", body.GoLiveAt?.ToUnixTimeMilliseconds()),
                ("calls", body.CallsPerMinute ?? adapter.Manifest.CallsPerMinute), ("buffer", body.Buffer ?? 0), ("now", now.ToUnixTimeMilliseconds()), ("same", isSame), ("other", isOther), ("tested", isTestedStill));
            await EventLog.Append(work, actor, now, new Happening("connection", channel, "ConnectionChanged", new { channel, adapter = adapter.Manifest.Code, baseUrl = url, goLiveAt = body.GoLiveAt, secrets = body.Secrets?.Keys }));
            return new Done();
        });
    }

    private static void Form(Checks checks, Request body, ChannelManifest? manifest)
    {
        checks.Range(body.CallsPerMinute ?? 1, 1, 60_000, "/callsPerMinute");
        checks.Range(body.Buffer ?? 0, 0, 1_000_000_000, "/buffer");
        var known = manifest?.Settings ?? [];
        foreach (var (name, value) in body.Settings ?? [])
        {
            checks.That(known.Any(s => s.Name == name && !s.IsSecret), $"/settings/{name}", "connectors.no_such_setting", $"The adapter has no setting {name}; secrets go under secrets.");
            checks.That(value is null || value.GetValueKind() == JsonValueKind.String, $"/settings/{name}", "field.not_text", "A setting is a text.");
            if (value?.GetValueKind() == JsonValueKind.String) checks.Text((string?)value, $"/settings/{name}", 1_000);
        }
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>())
        {
            checks.That(known.Any(s => s.Name == name && s.IsSecret), $"/secrets/{name}", "connectors.no_such_setting", $"The adapter has no secret {name}.");
            checks.Text(value, $"/secrets/{name}", MostSecret);
        }
        checks.Range(body.Methods?.Count ?? 0, 0, MostMethods, "/methods");
        foreach (var (theirs, ours) in (body.Methods ?? new Dictionary<string, string?>()).Take(MostMethods))
        {
            checks.Text(theirs, "/methods", 200, required: true);
            checks.Text(ours, "/methods", 64, required: true);
        }
        if (body.Serving is not { } serving) return;
        checks.That(serving.RelayDomains is not null, "/serving/relayDomains", "field.required", "relayDomains is a list; it may be empty.");
        checks.Range(serving.RelayDomains?.Count ?? 0, 0, MostDomains, "/serving/relayDomains");
        foreach (var (i, domain) in (serving.RelayDomains ?? []).Take(MostDomains).Index()) checks.Text(domain, $"/serving/relayDomains/{i}", 200, required: true);
        if (serving.PurgeDays is { } days) checks.Range(days, 1, 3_650, "/serving/purgeDays");
    }

    /// <remarks>Errors: connectors.no_such_connection, connectors.is_live, connectors.has_orders.</remarks>
    private static Task<Result<Done>> Delete(string channel, Actor actor, Db db, TimeProvider clock) => db.Write<Done>(actor, async work =>
    {
        if (!Text.IsStorable(channel) || await Connection.Find(work, channel, locked: true) is not { } connection) return ConnectorErrors.NoSuchConnection;
        if (connection.State == "live") return ConnectorErrors.IsLive;
        if (await HasOrders(work, connection)) return ConnectorErrors.HasOrders;
        await Empty(work, connection, "channel_notices", "channel_orders", "channel_tasks", "channel_listings", "channel_lags", "connection_counts");
        await work.Execute("delete from connections where merchant_id = @merchant and id = @id", ("id", connection.Id.Value));
        await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("connection", channel, "ConnectionRemoved", new { channel, adapter = connection.Adapter }));
        return new Done();
    });

    private static async Task Empty(Work work, Connection connection, params string[] tables)
    {
        foreach (string table in tables) await work.Execute($"delete from {table} where merchant_id = @merchant and connection_id = @id", ("id", connection.Id.Value));
    }

    private static async Task<bool> HasOrders(Work work, Connection connection) =>
        await work.Scalar("select count(*) from (select 1 from channel_orders where merchant_id = @merchant and connection_id = @id and order_id is not null limit 1) o", ("id", connection.Id.Value)) > 0;

    // Settings that are addresses: secrets go there too.
    private static IEnumerable<string> Addresses(JsonObject settings) =>
        settings.Where(s => s.Key.EndsWith("Url", StringComparison.Ordinal)).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={Server((string?)s.Value ?? "")}");

    // Scheme, host and port.
    private static string Server(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "";
}
