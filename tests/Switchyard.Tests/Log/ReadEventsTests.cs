using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Log;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Log;

[Capability("SE-02", "P12")]
public sealed class ReadEventsTests
{
    [Theory, BothDatabases]
    public async Task A_reader_walks_the_log_page_by_page_and_comes_back_with_the_last_cursor(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        for (int i = 1; i <= 5; i++) await shop.Db.Append("t" + i % 2, "Tested", new { n = i });

        await shop.IsReadable();
        var first = await shop.Get("/events?limit=2");
        Numbers(first).ShouldBe([1, 2]);
        first.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        var second = await shop.Get($"/events?limit=3&after={first.GetProperty("next").GetString()}");
        Numbers(second).ShouldBe([3, 4, 5]);
        second.GetProperty("hasMore").GetBoolean().ShouldBeFalse();

        string next = second.GetProperty("next").GetString()!;
        var idle = await shop.Get($"/events?after={next}");
        Numbers(idle).ShouldBeEmpty();
        idle.GetProperty("next").GetString().ShouldBe(next);
        await shop.Db.Append("t1", "Tested", new { n = 6 });
        await shop.IsReadable();
        Numbers(await shop.Get($"/events?after={next}")).ShouldBe([6]);

        var entry = first.GetProperty("data")[0];
        entry.GetProperty("aggregateKind").GetString().ShouldBe("thing");
        entry.GetProperty("aggregateId").GetString().ShouldBe("t1");
        entry.GetProperty("seq").GetInt64().ShouldBe(1);
        entry.GetProperty("actor").GetString().ShouldBe("system:test");
        entry.GetProperty("hash").GetString()!.Length.ShouldBe(64);
    }

    [Theory, BothDatabases, Capability("SE-01")]
    public async Task Whoever_works_for_some_nodes_reads_entries_of_these_alone_by_feed_timeline_stream_and_export(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/nodes/NORTH", new { name = "North", kind = "store", country = "GB" });
        await shop.Product("MUG", 10);
        string order = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        await shop.Stock("MUG", 5, "NORTH");
        await shop.IsReadable();
        using var north = shop.Client((await shop.Post("/keys", new { name = "North", scopes = new[] { "events:read", "prices:read" }, nodes = new[] { "NORTH" } })).Text("secret"));

        var seen = (await Shop.Read(await north.GetAsync("/api/v1/events?limit=250"), 200)).GetProperty("data").EnumerateArray().Select(e => e.GetRawText()).ToList();
        seen.ShouldContain(e => e.Contains("NORTH"));
        seen.ShouldAllBe(e => e.Contains("NORTH") && !e.Contains(order) && !e.Contains("MAIN"));
        (await Shop.Read(await north.GetAsync($"/api/v1/events?aggregate={order}"), 200)).GetProperty("data").GetArrayLength().ShouldBe(0, "its goods come from another node");
        (await shop.Get($"/events?aggregate={order}")).GetProperty("data").GetArrayLength().ShouldBeGreaterThan(0);

        // What a file of the log holds for them is what the feed holds, and no more.
        var job = await Shop.Read(await north.PostAsJsonAsync("/api/v1/exports", new { list = "events" }), 202);
        await shop.Until(async () => (await shop.Get("/jobs/" + job.Text("id"))).GetProperty("endedAt").ValueKind != System.Text.Json.JsonValueKind.Null);
        string[] file = (await north.GetStringAsync($"/api/v1/jobs/{job.Text("id")}/result")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        file.Length.ShouldBeGreaterThan(1);
        file.Skip(1).ShouldAllBe(line => line.Contains("NORTH") && !line.Contains(order) && !line.Contains("MAIN"));

        using var stream = await north.GetAsync("/api/v1/events/stream?after=0", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        string? data = null;
        while (data is null && await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line) if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line;
        data.ShouldNotBeNull().ShouldContain("NORTH", customMessage: "the first that is sent");
    }

    [Theory, BothDatabases, Capability("SE-01")]
    public async Task Whoever_may_see_an_order_reads_its_whole_timeline_also_what_names_no_node(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("NORTH");
        await shop.Product("MUG", 5);
        await shop.Product("BOWL", 5, "NORTH");
        string mine = (await shop.Post("/orders", Given.Order(("BOWL", 1)))).Text("id")!, other = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        foreach (string id in new[] { mine, other }) await shop.Post($"/orders/{id}/tags", new { add = new[] { "gift" } });
        using var north = shop.Client((await shop.Post("/keys", new { name = "North", scopes = new[] { "events:read", "orders:read" }, nodes = new[] { "NORTH" } })).Text("secret"));

        (await Kinds(mine)).ShouldContain("OrderTagged");
        (await Kinds(mine)).ShouldBe((await shop.Get($"/events?aggregate={mine}")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")));
        (await Kinds(other)).ShouldBeEmpty();
        (await north.GetAsync($"/api/v1/orders/{other}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        async Task<List<string?>> Kinds(string id) =>
            [.. (await Shop.Read(await north.GetAsync($"/api/v1/events?aggregate={id}"), 200)).GetProperty("data").EnumerateArray().Select(e => e.Text("kind"))];
    }

    [Theory, BothDatabases]
    public async Task Entries_are_found_by_kind_and_the_cursor_passes_what_the_filter_left_out(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string name in (string[])["Made", "Moved", "Made", "Gone", "Moved"]) await shop.Db.Append("t", name);

        await shop.IsReadable();
        var found = await shop.Get("/events?kind=Made,Gone");
        found.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ShouldBe(["Made", "Made", "Gone"]);
        found.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        (await shop.Get($"/events?after={found.GetProperty("next").GetString()}")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_timeline_holds_one_thing_only_in_its_own_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        for (int i = 0; i < 6; i++) await shop.Db.Append(i % 2 == 0 ? "even" : "odd", "Tested", new { n = i });

        var first = await shop.Get("/events?aggregate=even&limit=2");
        Numbers(first).ShouldBe([0, 2]);
        first.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        var rest = await shop.Get($"/events?aggregate=even&limit=2&after={first.GetProperty("next").GetString()}");
        Numbers(rest).ShouldBe([4]);
        rest.GetProperty("data")[0].GetProperty("seq").GetInt64().ShouldBe(3);
        Numbers(await shop.Get("/events?aggregate=none-such")).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task Two_kinds_of_things_with_one_name_must_be_told_apart(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Db.Append("twin", "Tested", new { n = 1 });
        await shop.Db.Write(LogTesting.Tester, async work =>
        {
            await EventLog.Append(work, LogTesting.Tester, TimeProvider.System.GetUtcNow(), new Happening("other", "twin", "Tested", new { n = 2 }));
            return (Kernel.Result<Kernel.Done>)new Kernel.Done();
        });
        await shop.Refused(HttpMethod.Get, "/events?aggregate=twin", null, 400, "events.aggregate_ambiguous");
        Numbers(await shop.Get("/events?aggregate=twin&aggregateKind=other")).ShouldBe([2]);
    }

    [Theory, BothDatabases("after", "-1"), BothDatabases("after", "x"), BothDatabases("after", "99999999999999999999"), BothDatabases("limit", "0"),
     BothDatabases("limit", "251"), BothDatabases("limit", "1.5"), BothDatabases("limit", "١"), BothDatabases("kind", "a%20b")]
    public async Task Bad_parameters_are_named(DatabaseKind kind, string name, string value)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string path in (string[])["/events", "/events/stream"])
        {
            if (path.EndsWith("stream", StringComparison.Ordinal) && name == "limit") continue;
            var problem = await shop.Refused(HttpMethod.Get, $"{path}?{name}={value}", null, 400, "request.invalid");
            problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("#" + name);
        }
        (await shop.Get($"/events?after={long.MaxValue}")).GetProperty("next").GetString().ShouldBe(long.MaxValue.ToString());
    }

    [Theory, BothDatabases]
    [Capability("P21")]
    public async Task Another_merchants_entries_are_neither_listed_nor_streamed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var other = Actor.House("system:test", await shop.Db.OtherMerchant());
        await shop.Db.Append("theirs", "Secret", actor: other);
        await shop.Db.Append("ours", "Tested", new { n = 1 });
        await shop.Db.Append("theirs", "Secret", actor: other);
        await shop.Db.Append("ours", "Tested", new { n = 2 });

        await shop.IsReadable();
        Numbers(await shop.Get("/events")).ShouldBe([1, 2]);
        Numbers(await shop.Get("/events?aggregate=theirs")).ShouldBeEmpty();
        using var stream = await Listener.Open(shop, "?after=0");
        var read = await stream.Take(2);
        read.ShouldAllBe(e => e.Event == "Tested");
    }

    [Theory, BothDatabases]
    public async Task A_stream_tells_each_entry_once_in_order_and_resumes_after_the_last_id(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Db.Append("a", "Tested", new { n = 1 });
        List<Listener.Message> live;
        using (var stream = await Listener.Open(shop, "?after=0"))
        {
            (await stream.Take(1))[0].Number.ShouldBe(1);
            var writing = Task.WhenAll(Enumerable.Range(2, 20).Select(n => shop.Db.Append("a" + n % 3, "Tested", new { n })));
            live = await stream.Take(20);
            await writing;
            live.Select(e => e.Number).Order().ShouldBe(Enumerable.Range(2, 20).Select(n => (long)n));
            live.Select(e => long.Parse(e.Id)).ShouldBeInOrder();
        }
        using var resumed = await Listener.Open(shop, "", live[9].Id);
        (await resumed.Take(10)).ShouldBe(live[10..]);
        await LogTesting.Until(() => Task.FromResult(shop.Services.GetRequiredService<EventStreams>().Open <= 1), "the first stream is closed");
    }

    [Theory, BothDatabases]
    public async Task A_new_stream_begins_now_and_beats_while_nothing_happens(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        shop.Services.GetRequiredService<EventStreams>().Heartbeat = TimeSpan.FromMilliseconds(50);
        await shop.Db.Append("a", "Tested", new { n = 1 });
        // Other databases of the cluster hold the horizon of PostgreSQL too, and now is as far as can be read.
        await shop.Until(async () => (await shop.Get("/events?limit=250")).GetRawText().Contains("\"Tested\"", StringComparison.Ordinal));
        using var stream = await Listener.Open(shop, "");
        await stream.Comment();
        await shop.Db.Append("a", "Tested", new { n = 2 });
        (await stream.Take(1))[0].Number.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Streams_beyond_the_bound_are_refused_and_a_stop_ends_those_that_run(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        var streams = shop.Services.GetRequiredService<EventStreams>();
        streams.Most = 2;
        using var one = await Listener.Open(shop, "");
        using var two = await Listener.Open(shop, "");
        var refused = await shop.Http.GetAsync("/api/v1/events/stream");
        ((int)refused.StatusCode).ShouldBe(429);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        streams.Open.ShouldBe(2);

        var stopping = shop.DisposeAsync().AsTask();
        (await one.Take(1)).ShouldBeEmpty();         // the stream ends, it does not break
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory, BothDatabases]
    public async Task A_reader_that_takes_nothing_is_let_go(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var streams = shop.Services.GetRequiredService<EventStreams>();
        streams.SlowAfter = TimeSpan.FromSeconds(1);
        object big = new { text = new string('x', 100_000) };
        for (int i = 0; i < 300; i++) await shop.Db.Append("big", "Tested", big);

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, new Uri(shop.Address).Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/v1/events/stream?after=0 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Shop.AdminKey}\r\n\r\n"));
        // The beginning of the answer says that it was opened: who looks at the count may come too late to see it.
        byte[] begins = new byte["HTTP/1.1 200".Length];
        await socket.ReceiveAsync(begins);
        Encoding.ASCII.GetString(begins).ShouldBe("HTTP/1.1 200");
        await LogTesting.Until(() => Task.FromResult(streams.Open == 0), "the reader is let go");
    }

    private static long[] Numbers(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("payload").GetProperty("n").GetInt64())];
}

/// <summary>A plain reader of server-sent events.</summary>
internal sealed class Listener : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private Listener(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public sealed record Message(string Id, string Event, long Number);

    public static async Task<Listener> Open(Shop shop, string query, string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events/stream" + query);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var response = await shop.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new Listener(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next so many messages, fewer only when the stream ends.</summary>
    public async Task<List<Message>> Take(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var messages = new List<Message>();
        string id = "", name = "";
        while (messages.Count < count && await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            using var json = JsonDocument.Parse(line[6..]);
            messages.Add(new Message(id, name, json.RootElement.GetProperty("payload").GetProperty("n").GetInt64()));
        }
        return messages;
    }

    public async Task Comment()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith(": still here", StringComparison.Ordinal)) return;
        throw new InvalidOperationException("The stream ended.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
