using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Http;

/// <summary>More than can be worked on waits; more than may wait is refused with the time to come back, and nothing that was taken is lost.</summary>
[Trait("Kind", "Database")]
public sealed class RequestPlacesTests
{
    [Fact, Capability("P15")]
    public async Task Two_are_worked_on_one_waits_the_fourth_is_refused_and_a_free_place_is_taken_in_turn()
    {
        using var places = Places(2, 1);
        var doors = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        var inside = new ConcurrentQueue<int>();
        Task Enter(int who) => new TakePlace(async _ => { inside.Enqueue(who); await doors[who].Task; }, places).Invoke(Request());

        var (first, second, third) = (Enter(0), Enter(1), Enter(2));
        inside.ShouldBe([0, 1]);
        places.InQueue.ShouldBe(1);
        var refused = Request();
        await new TakePlace(_ => throw new InvalidOperationException("nobody may come here"), places).Invoke(refused);
        (refused.Response.StatusCode, refused.Response.Headers.RetryAfter.ToString()).ShouldBe((503, "1"));

        doors[0].SetResult();
        await first;
        await WaitUntil(() => inside.Count == 3);
        doors[1].SetResult();
        doors[2].SetResult();
        await Task.WhenAll(second, third);
        var after = Request();
        await new TakePlace(_ => Task.CompletedTask, places).Invoke(after);
        after.Response.StatusCode.ShouldBe(200);
    }

    [Fact, Capability("P15")]
    public async Task Whoever_gives_up_waiting_and_whatever_breaks_gives_its_place_back()
    {
        using var places = Places(1, 1);
        var door = new TaskCompletionSource();
        var first = new TakePlace(_ => door.Task, places).Invoke(Request());
        using var gone = new CancellationTokenSource();
        var request = Request();
        request.RequestAborted = gone.Token;
        var waiting = new TakePlace(_ => Task.CompletedTask, places).Invoke(request);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        door.SetException(new InvalidOperationException("it broke"));
        await Should.ThrowAsync<InvalidOperationException>(() => first);
        var after = Request();
        await new TakePlace(_ => Task.CompletedTask, places).Invoke(after);
        after.Response.StatusCode.ShouldBe(200);
    }

    [Fact, Capability("P15")]
    public async Task Signing_in_and_what_keeps_a_queue_of_its_own_is_never_refused_here()
    {
        using var places = Places(1, 0);
        var door = new TaskCompletionSource();
        var first = new TakePlace(_ => door.Task, places).Invoke(Request());
        foreach (object mark in new object[] { new OpenToAnyone(), new KeepsOwnQueue() })
        {
            bool wasIn = false;
            await new TakePlace(_ => { wasIn = true; return Task.CompletedTask; }, places).Invoke(Request(mark));
            wasIn.ShouldBeTrue(mark.ToString());
        }
        door.SetResult();
        await first;
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("x", "1")]
    [InlineData("1", "-1")]
    [InlineData("100001", "1")]
    public void A_number_that_makes_no_sense_ends_the_start(string atOnce, string waiting) =>
        Should.Throw<InvalidOperationException>(() => Places(atOnce, waiting)).Message.ShouldContain("SWITCHYARD_REQUESTS");

    [Theory, BothDatabases, Capability("P15", "P4")]
    public async Task A_server_that_is_full_refuses_and_recovers_and_every_order_it_acknowledged_is_there(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, more: ["--SWITCHYARD_REQUESTS=1", "--SWITCHYARD_REQUESTS_WAITING=1"]);
        await shop.Product("MUG", 1_000);
        var (placed, refused, wrong) = (new ConcurrentBag<string>(), new ConcurrentBag<string>(), new ConcurrentBag<string>());
        // Until somebody was refused: how many it takes is the machine's affair.
        for (int wave = 0; wave < 50 && refused.IsEmpty; wave++)
            await Task.WhenAll(Enumerable.Range(0, 16).SelectMany(n => new[] { Place($"{wave}-{n}"), Search($"{wave}-{n}") }));
        wrong.ShouldBeEmpty();
        refused.ShouldNotBeEmpty();
        (await shop.Http.GetAsync("/healthz/ready")).IsSuccessStatusCode.ShouldBeTrue();
        await shop.Until(async () => (await shop.Http.GetAsync("/api/v1/orders?limit=1")).IsSuccessStatusCode);
        foreach (string id in placed) (await shop.Order(id)).Text("state").ShouldBe("confirmed");
        (await shop.Balance("MUG")).Long("allocated").ShouldBe(placed.Count, "what was refused took nothing");
        await shop.BooksAreRight();

        async Task Place(string name)
        {
            using var answer = await shop.Send(HttpMethod.Post, "/orders", Given.Order(("MUG", 1)), "order-" + name);
            if ((int)answer.StatusCode == 201) placed.Add((await Shop.Read(answer, 201)).Text("id")!); else await Judge(answer);
        }

        async Task Search(string name)
        {
            using var answer = await shop.Send(HttpMethod.Get, "/orders?query=" + name, null);
            if (!answer.IsSuccessStatusCode) await Judge(answer);
        }

        async Task Judge(HttpResponseMessage answer)
        {
            var problem = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
            if ((int)answer.StatusCode == 503 && problem.Text("code") == "server.overloaded" && answer.Headers.RetryAfter?.Delta > TimeSpan.Zero) refused.Add("");
            else wrong.Add(problem.ToString());
        }
    }

    private static RequestPlaces Places(int atOnce, int waiting) => Places(Kernel.Text.Invariant(atOnce), Kernel.Text.Invariant(waiting));

    private static RequestPlaces Places(string atOnce, string waiting) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [RequestPlaces.AtOnceSetting] = atOnce, [RequestPlaces.WaitingSetting] = waiting }).Build());

    private static DefaultHttpContext Request(params object[] marks)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        http.Response.Body = new MemoryStream();
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(marks), "test"));
        return http;
    }

    private static async Task WaitUntil(Func<bool> isSo)
    {
        var deadline = DateTime.UtcNow.AddSeconds(120);
        while (!isSo() && DateTime.UtcNow < deadline) await Task.Delay(10);
        isSo().ShouldBeTrue();
    }
}
