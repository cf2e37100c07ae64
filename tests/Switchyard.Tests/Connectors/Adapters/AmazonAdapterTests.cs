using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Connectors.Amazon;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

[Capability("CH-02")]
public sealed class AmazonAdapterTests : ChannelAdapterContract
{
    private sealed class Seller : ChannelDesk
    {
        public Seller(AmazonSim? sim = null) : base(new AmazonChannel(), sim ?? new AmazonSim()) => ((AmazonSim)Sim).PushTo = (MessageUrl, MessageSecret);

        public override int PageSize => 100;
        public override bool IsTelling(HttpRequest call) => call.Path.Value!.EndsWith("/shipmentConfirmation", StringComparison.Ordinal);
        public AmazonSim Amazon => (AmazonSim)Sim;
    }

    private protected override ChannelDesk Make() => new Seller();

    private static async Task<Seller> Open(AmazonSim? sim = null) => (Seller)await new Seller(sim).Open();

    [Fact]
    public async Task A_token_that_ran_out_is_renewed_once_and_the_same_is_asked_again()
    {
        await using var desk = await Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG")!;
        await desk.Order(theirs);
        await desk.Order(theirs);
        desk.Amazon.TokensGiven.ShouldBe(1, "a token is kept for its hour");
        desk.Sim.ExpireTokens();
        await desk.Order(theirs);
        desk.Amazon.TokensGiven.ShouldBe(2);
        desk.Sim.Clock.Advance(TimeSpan.FromMinutes(70));
        desk.Sim.Calls.Count(c => c.Status is 403).ShouldBe(1);
        await desk.Order(theirs);
        desk.Sim.Calls.Count(c => c.Status is 403).ShouldBe(1, "one that is past its hour is not shown any more");
        desk.Sim.Always = Mood.Refused;
        (await desk.Channel.Order(desk.Call(), theirs.Key)).Fault!.Kind.ShouldBe(FaultKind.Unauthorized, "renewed once, not for ever");
    }

    [Fact]
    public async Task An_order_without_prices_is_none_yet_and_what_amazon_ships_is_no_business_of_ours()
    {
        await using var desk = await Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        desk.Sim.Shop.List("KNIFE", "Bread knife", 2195, 30, byMarketplace: true);
        var pending = desk.Sim.Generator.Buy("MUG", 1, w => w with { IsPaid = false })!;
        (await desk.Channel.Order(desk.Call(), pending.Key)).Value.ShouldBeNull();
        var mixed = desk.Sim.Generator.Buy("MUG", 2, w => w with { Lines = [new("MUG", 2, "For Ada", "Happy birthday"), new("KNIFE", 1)], Discount = ("TEN", 10) }, "GB")!;
        var read = await desk.Orders(mixed.PlacedAt.AddDays(-1));
        read.Count.ShouldBe(2);
        var ours = read.Single(o => o.ExternalId == mixed.Key);
        (ours.IsAnythingOurs, ours.Buyer!.IsRelay, ours.ShipTo!.Line1 is { Length: > 0 }).ShouldBe((true, true, true));
        (ours.Lines[0].Properties["giftMessage"], ours.Lines[0].Properties.ContainsKey("customization")).ShouldBe(("Happy birthday", true));
        ours.ShipBy.ShouldNotBeNull();
        ours.DeliverBy.ShouldNotBeNull();
        ours.IsTaxTheirs.ShouldBeTrue();
        ours.Tags.ShouldContain("promotion TEN");
        read.Single(o => o.ExternalId != mixed.Key).IsAnythingOurs.ShouldBeFalse();
        read.Sum(o => o.TotalMinor).ShouldBe(mixed.TotalMinor);
        foreach (var order in read) Sum(order).ShouldBe(order.TotalMinor!.Value);
        var listings = await desk.Listings();
        listings.Select(l => (l.Key.Listing, l.Quantity, l.IsTheirs)).Order().ShouldBe([("KNIFE", 29, true), ("MUG", 37, false)]);
        (await desk.Channel.Push(desk.Call(), [new StockWish(listings.Single(l => l.IsTheirs).Key, 3, null, null, "x")])).Value[0].Kind.ShouldBe("refused");
        desk.Amazon.AskToCancel(mixed, "Changed mind");
        var asked = await desk.Order(mixed);
        (asked.State, asked.Tags.Contains("buyer asks to cancel")).ShouldBe((ChannelOrderState.Open, true));
    }

    [Fact]
    public async Task Many_quantities_go_in_one_feed_and_its_report_says_which_were_refused()
    {
        await using var desk = await Open();
        for (int i = 0; i < 40; i++) desk.Sim.Shop.List($"A-{i}", $"Article {i}", 999, 5);
        List<StockWish> wishes = [.. Enumerable.Range(0, 40).Select(i => new StockWish(new ListingKey(i == 7 ? "NO-SUCH" : $"A-{i}", null, null), 10 + i, null, null, "x"))];
        var told = await desk.Channel.Push(desk.Call(), wishes);
        told.IsOk.ShouldBeTrue(told.Fault?.Words);
        told.Value.Where(o => o.Kind != "done").Select(o => (o.Listing, o.Kind)).ShouldBe([("NO-SUCH", "refused")]);
        for (int i = 0; i < 40; i++) desk.Sim.Shop.BySku($"A-{i}")!.Available.ShouldBe(i == 7 ? 5 : 10 + i);
        desk.Sim.Calls.Count(c => c.Method == "PATCH").ShouldBe(0);
        desk.Sim.Calls.Where(c => c.Method == "PUT").ShouldHaveSingleItem().Path.ShouldStartWith("/documents/");
    }

    [Fact]
    public async Task More_listings_than_can_be_paged_through_are_read_nevertheless()
    {
        await using var desk = await Open();
        for (int i = 0; i < 1030; i++)
        {
            desk.Sim.Shop.List($"A-{i}", $"Article {i}", 999, 5);
            desk.Sim.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        (await desk.Listings()).Select(l => l.Key.Listing).Distinct().Count().ShouldBe(1030);
    }

    [Fact]
    public async Task What_the_plan_does_not_allow_is_not_sent_and_says_when_it_may_be()
    {
        await using var desk = await Open();
        desk.Amazon.Plans.Factor = 1;
        var call = desk.Call();
        for (int i = 0; i < 20; i++) (await desk.Channel.Orders(call, Before(desk), null)).IsOk.ShouldBeTrue();
        int sent = desk.Sim.Calls.Count;
        var over = (await desk.Channel.Orders(call, Before(desk), null)).Fault.ShouldNotBeNull();
        (over.Kind, over.RetryAfter > TimeSpan.FromSeconds(60), desk.Sim.Calls.Count).ShouldBe((FaultKind.Throttled, true, sent));
        // Another process has used up the same plan: Amazon says no, and the wait is the plan's.
        var refused = (await desk.Channel.Orders(desk.Call(), Before(desk), null)).Fault.ShouldNotBeNull();
        (refused.Kind, refused.RetryAfter > TimeSpan.FromSeconds(60)).ShouldBe((FaultKind.Throttled, true));
        static DateTimeOffset Before(Seller desk) => desk.Sim.Clock.GetUtcNow().AddDays(-2);
    }

    [Fact]
    public async Task A_parcel_is_known_by_its_number_and_an_unknown_carrier_is_told_by_its_name()
    {
        await using var desk = await Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 2)!;
        var order = await desk.Order(theirs);
        var news = new ShippedNews("parcel-1", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, "Van of ours", "Same day", "V1", null,
            order.PlacedAt, false, false, null);
        (await desk.Channel.Shipped(desk.Call(), news)).Value.ShouldBe(new Told(AmazonWords.Reference("parcel-1")));
        (await desk.Channel.Shipped(desk.Call(), news with { Key = "again" })).Value.WasThere.ShouldBeTrue("the same number with the same goods");
        theirs.Shipments.Single().Carrier.ShouldBe("Van of ours");
        (await desk.Channel.Shipped(desk.Call(), news with { Key = "more", Tracking = "V2", Lines = new Dictionary<string, long> { [order.Lines[0].LineId] = 2 } })).Fault!.Kind
            .ShouldBe(FaultKind.Refused);
        AmazonWords.Reference("parcel-1").ShouldBe(AmazonWords.Reference("parcel-1"));
        long.Parse(AmazonWords.Reference("parcel-2"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_message_in_an_event_buss_envelope_is_read_and_one_of_another_kind_says_nothing()
    {
        const string Inner = """{"NotificationType":"ORDER_CHANGE","EventTime":"2026-01-11T00:09:53Z","Payload":{"OrderChangeNotification":{"AmazonOrderId":"903-8868176-2219830","OrderChangeTrigger":{"TimeOfOrderChange":"2026-01-11T00:09:50Z"}}},"NotificationMetadata":{"NotificationId":"n1"}}""";
        var channel = new AmazonChannel();
        IReadOnlyList<ChannelNotice>? Read(string body, string key) =>
            channel.Read(new WebhookMail(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Api-Key"] = key }, Encoding.UTF8.GetBytes(body), "ours"));
        var notice = Read($$"""{"version":"0","detail-type":"ORDER_CHANGE","detail":{{Inner}}}""", "ours")!.ShouldHaveSingleItem();
        (notice.Id, notice.Kind, notice.Thing).ShouldBe(("n1", "order", "903-8868176-2219830"));
        Read(Inner, "ours")!.Count.ShouldBe(1);
        Read("""{"NotificationType":"FEED_PROCESSING_FINISHED"}""", "ours")!.ShouldBeEmpty();
        Read(Inner, "theirs").ShouldBeNull();
    }

    /// <summary>Orders that Amazon itself publishes, in its model and its sandbox: each adds up to the total that it names.</summary>
    [Fact]
    public void Published_orders_keep_their_totals()
    {
        string folder = Path.Combine(TestPostgres.Root, "..", "shared", "data", "specs", "amazon-sp-api");
        if (!Directory.Exists(folder)) return;
        var model = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "orders_2026-01-01.json")))!["paths"]!.AsObject()
            .Select(p => p.Value!["get"]!["responses"]!["200"]!["examples"]!["application/json"]!);
        var sandbox = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "sandbox_examples.json")))!.AsArray()
            .Where(e => e!["model"]!.ToString() == "orders_2026-01-01.json" && e["status"]!.ToString() == "200").Select(e => e!["response"]!);
        var published = model.Concat(sandbox).SelectMany(b => b["orders"]?.AsArray().Select(o => o!) ?? [b["order"]!]).ToList();
        published.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (var raw in published)
        {
            var read = AmazonOrders.Read(raw, null).ShouldNotBeNull(raw["orderId"]!.ToString());
            Sum(read).ShouldBe(read.TotalMinor!.Value, read.ExternalId);
            read.Lines.ShouldAllBe(l => l.IsOurs == (raw["fulfillment"]!["fulfilledBy"]!.ToString() == "MERCHANT"));
            read.Buyer!.IsRelay.ShouldBe(raw["buyer"] is not null);
            if (raw["programs"]?.ToJsonString().Contains("IN_STORE_PICK_UP", StringComparison.Ordinal) == true) read.CollectAt
                .ShouldBe(raw["recipient"]!["deliveryAddress"]!["name"]!.ToString());
        }
    }

    [Fact]
    public async Task What_is_asked_is_as_the_published_models_say()
    {
        string[] names = ["orders_2026-01-01", "ordersV0", "listingsItems_2021-08-01", "feeds_2021-06-30", "fbaInventory", "notifications"];
        var published = names.Select(n => PublishedRequests.Find("amazon-sp-api", n + ".json")).ToList();
        if (published.Contains(null)) return;
        await using var desk = await Open();
        for (int i = 0; i < 40; i++) desk.Sim.Shop.List($"A-{i}", $"Article {i}", 999, 5, byMarketplace: i == 39);
        var theirs = desk.Sim.Generator.Buy("A-1", 2)!;
        var order = await desk.Order(theirs);
        await desk.Orders(theirs.PlacedAt.AddDays(-1));
        await desk.Channel.Test(desk.Call());
        var listings = await desk.Listings();
        await desk.Channel.Stock(desk.Call(), [.. listings.Select(l => l.Key)]);
        await desk.Channel.Push(desk.Call(), [new StockWish(listings[0].Key, 7, null, null, "x")]);
        await desk.Channel.Push(desk.Call(), [.. listings.Where(l => !l.IsTheirs).Select(l => new StockWish(l.Key, 8, null, null, "x"))]);
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, "DPD", null, "T", null,
            order.PlacedAt, false, false, null))).IsOk.ShouldBeTrue();
        (await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl)).IsOk.ShouldBeTrue();
        var calls = desk.Sim.Calls.Where(c => !c.Path.StartsWith("/auth/", StringComparison.Ordinal) && !c.Path.StartsWith("/documents/", StringComparison.Ordinal)
            && !c.Path.StartsWith("/sellers/", StringComparison.Ordinal)).ToList();
        calls.Count.ShouldBeGreaterThan(12);
        foreach (var call in calls) (published.FirstOrDefault(p => p!.Knows(call)).ShouldNotBeNull(call.ToString())).Faults([call]).ShouldBeEmpty();
    }

    private static long Sum(ChannelOrder order) => order.Lines.Sum(l => l.UnitPriceMinor * l.Quantity - l.DiscountMinor + (l.TaxMinor ?? 0)) + order.Charges
        .Sum(c => c.AmountMinor + (c.TaxMinor ?? 0));
}
