using Shouldly;
using Switchyard.Database;
using Switchyard.Fulfilment;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Every pair of states of a release and of a package: what the table lists works over the API, what it does not is refused by name.</summary>
public sealed class StateWalkTests
{
    private const string Full = "FULL", Asks = "ASKS", Theirs = "THEIRS";

    [Theory, BothDatabases, Capability("AX-01", "P11")]
    public async Task Every_move_of_a_release_is_allowed_or_refused_as_the_table_says(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        int tried = 0, products = 0;
        foreach (var from in Enum.GetValues<FulfilmentOrderState>())
        {
            string standing = await At(from, FulfilmentOrderState.Planned);
            foreach (var to in Enum.GetValues<FulfilmentOrderState>().Where(to => to != from && to != FulfilmentOrderState.Planned))
            {
                bool isLegal = FulfilmentOrderStates.Allowed.Allows(from, to);
                string release = isLegal ? await At(from, to) : standing;
                var (step, body) = Command(from, to);
                var answer = await shop.Send(HttpMethod.Post, $"/fulfilments/{release}/{step}", body);
                string text = await answer.Content.ReadAsStringAsync();
                string state = (await shop.Release(release)).Text("state")!;
                tried++;
                if (isLegal)
                {
                    ((int)answer.StatusCode).ShouldBe(200, $"{from} to {to}: {text}");
                    // Whoever collects has received: handed over and delivered at once.
                    state.ShouldBe(FulfilmentOrderStates.Name(from == FulfilmentOrderState.ReadyForPickup && to == FulfilmentOrderState.HandedOver ? FulfilmentOrderState.Delivered : to), $"{from} to {to}");
                    continue;
                }
                ((int)answer.StatusCode).ShouldBe(409, $"{from} to {to}: {text}");
                text.ShouldContain("\"code\":\"fulfilment.");
                state.ShouldBe(FulfilmentOrderStates.Name(from), $"{from} to {to} was refused");
            }
        }
        tried.ShouldBe(16 * 15 - 15);
        FulfilmentOrderStates.Allowed.SelectMany(row => row.Value).ShouldNotContain(FulfilmentOrderState.Planned, "a release begins there");
        await shop.BooksAreRight();

        async Task<string> At(FulfilmentOrderState state, FulfilmentOrderState next)
        {
            string sku = $"S{++products}";
            string node = state is FulfilmentOrderState.Planned ? Full : state is FulfilmentOrderState.Scheduled or FulfilmentOrderState.Offered or FulfilmentOrderState.Rejected ? Asks
                : next == FulfilmentOrderState.StopAsked && state == FulfilmentOrderState.Accepted ? Theirs : "MAIN";
            await shop.Product(sku, 5, node);
            string order = await shop.Placed((sku, 2));
            object fulfil = state == FulfilmentOrderState.Scheduled ? new { fulfilAt = DateTimeOffset.UtcNow.AddDays(9) } : new { };
            string release = (await shop.Post($"/orders/{order}/release", fulfil)).GetProperty("fulfilments")[0].Text("id")!;
            // Something must be off the shelf, or a stop is over as soon as it is asked.
            if (state == FulfilmentOrderState.Picking && next == FulfilmentOrderState.StopAsked)
            {
                await shop.Run(release, "start-picking");
                await shop.Do(release, "pick", new { lines = new[] { new { line = 1, quantity = 1 } } });
                return release;
            }
            foreach (string step in Way(state)) await shop.Do(release, step, Body(step));
            (await shop.Release(release)).Text("state").ShouldBe(FulfilmentOrderStates.Name(state));
            return release;
        }
    }

    [Theory, BothDatabases, Capability("AX-01")]
    public async Task Every_move_of_a_package_is_allowed_or_refused_as_the_table_says(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 500);
        foreach (var from in Enum.GetValues<PackageState>())
        {
            var (_, standing) = await At(from);
            foreach (var to in Enum.GetValues<PackageState>().Where(to => to != from))
            {
                bool isLegal = PackageStates.Allowed.Allows(from, to);
                var (release, package) = isLegal ? await At(from) : ("", standing);
                var answer = isLegal && from == PackageState.Labelled
                    ? await shop.Send(HttpMethod.Post, $"/fulfilments/{release}/{(to == PackageState.Voided ? "unpack" : "ship")}", new { })
                    : await shop.Send(HttpMethod.Post, $"/packages/{package}/track", new { state = PackageStates.Name(to) });
                string text = await answer.Content.ReadAsStringAsync();
                ((int)answer.StatusCode).ShouldBe(isLegal ? 200 : 409, $"{from} to {to}: {text}");
                if (isLegal) System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("packages")[0].Text("state").ShouldBe(PackageStates.Name(to));
                else text.ShouldContain("fulfilment.package_cannot_move");
            }
        }
        await shop.BooksAreRight();

        async Task<(string Release, string Package)> At(PackageState state)
        {
            var (_, release) = await shop.Released(("A", 1));
            string package = (await shop.Run(release, "start-picking", "pick", "pack")).GetProperty("packages")[0].Text("id")!;
            if (state == PackageState.Voided) await shop.Do(release, "unpack");
            else if (state != PackageState.Labelled) await shop.Do(release, "ship");
            if (state is not (PackageState.Labelled or PackageState.Voided or PackageState.Manifested))
                await shop.Post($"/packages/{package}/track", new { state = PackageStates.Name(state) });
            return (release, package);
        }
    }

    private static async Task<Shop> Open(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        await shop.Node(Full);
        await shop.Node(Asks);
        await shop.Node(Theirs, "3pl");
        await shop.Put($"/nodes/{Full}/work-settings", new { acceptsByDefault = false, dailyCapacity = 0 });
        await shop.Put($"/nodes/{Asks}/work-settings", new { acceptsByDefault = false, acceptMinutes = 10_000 });
        return shop;
    }

    /// <summary>The command that leads to a state, from where it can be given.</summary>
    private static (string Step, object Body) Command(FulfilmentOrderState from, FulfilmentOrderState to)
    {
        string step = to switch
        {
            FulfilmentOrderState.Scheduled => "schedule",
            FulfilmentOrderState.Offered => "offer",
            FulfilmentOrderState.Accepted => from is FulfilmentOrderState.Picking or FulfilmentOrderState.Picked ? "put-back" : "accept",
            FulfilmentOrderState.Picking => "start-picking",
            FulfilmentOrderState.Picked => from == FulfilmentOrderState.Packed ? "unpack" : "pick",
            FulfilmentOrderState.Packed => "pack",
            FulfilmentOrderState.ReadyForPickup => "ready",
            FulfilmentOrderState.HandedOver => from == FulfilmentOrderState.ReadyForPickup ? "collected" : from == FulfilmentOrderState.StopAsked ? "stop-answer" : "ship",
            FulfilmentOrderState.Delivered => "deliver",
            FulfilmentOrderState.Lost => "lost",
            FulfilmentOrderState.SentBack => "sent-back",
            FulfilmentOrderState.Rejected => "reject",
            FulfilmentOrderState.Short => "short-pick",
            FulfilmentOrderState.StopAsked => "stop",
            _ => from == FulfilmentOrderState.StopAsked ? "put-back" : "cancel",
        };
        return (step, Body(step));
    }

    private static object Body(string step) => step switch
    {
        "schedule" => new { fulfilAt = DateTimeOffset.UtcNow.AddDays(9) },
        "reject" => new { reason = "busy" },
        "short-pick" => new { line = 1, found = 0 },
        "stop-answer" => new { accepted = false },
        _ => new { },
    };

    private static string[] Way(FulfilmentOrderState state) => state switch
    {
        FulfilmentOrderState.Picking => ["start-picking"],
        FulfilmentOrderState.Picked => ["start-picking", "pick"],
        FulfilmentOrderState.Packed => ["start-picking", "pick", "pack"],
        FulfilmentOrderState.ReadyForPickup => ["start-picking", "pick", "ready"],
        FulfilmentOrderState.HandedOver => ["start-picking", "pick", "pack", "ship"],
        FulfilmentOrderState.Delivered => ["start-picking", "pick", "pack", "ship", "deliver"],
        FulfilmentOrderState.Lost => ["start-picking", "pick", "pack", "ship", "lost"],
        FulfilmentOrderState.SentBack => ["start-picking", "pick", "pack", "ship", "sent-back"],
        FulfilmentOrderState.Rejected => ["reject"],
        FulfilmentOrderState.Short => ["start-picking", "short-pick"],
        FulfilmentOrderState.StopAsked => ["start-picking", "pick", "stop"],
        FulfilmentOrderState.Cancelled => ["cancel"],
        _ => [],
    };
}
