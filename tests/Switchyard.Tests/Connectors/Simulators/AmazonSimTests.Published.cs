using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Simulators;
using Xunit.Abstractions;

namespace Switchyard.Tests.Connectors;

// What callers may ask how often, and what answers look like.
public sealed partial class AmazonSimTests
{
    [Fact]
    public async Task The_plan_runs_out_and_fills_up_by_the_clock()
    {
        _sim.Plans.Factor = 1;
        for (int i = 0; i < 20; i++) (await _client.Get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z")).Status.ShouldBe(HttpStatusCode.OK);
        var over = await _client.Get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z");
        over.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        Code(over).ShouldBe("QuotaExceeded");
        _clock.Advance(TimeSpan.FromSeconds(180));
        (await _client.Get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_the_buyer_is_opens_only_to_a_restricted_token()
    {
        var order = _sim.Generator.Buy("MUG")!;
        string path = $"/orders/v0/orders/{order.Key}/address";
        (await _client.Get(path)).Body["payload"]!["ShippingAddress"]!["Name"].ShouldBeNull();
        var (_, token, _) = await _client.Post("/tokens/2021-03-01/restrictedDataToken", new { restrictedResources = new[] { new { method = "GET", path } } });
        _client.Headers["x-amz-access-token"] = token["restrictedDataToken"]!.ToString();
        (await _client.Get(path)).Body["payload"]!["ShippingAddress"]!["Name"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Answers_are_as_the_published_models_say()
    {
        if (PublishedSchema.Find("amazon-sp-api", "orders_2026-01-01.json") is not { } orders)
        {
            output.WriteLine("Not run: the published models (../shared/data/specs/amazon-sp-api) are not at hand.");
            return;
        }
        var gift = _sim.Generator.Buy("MUG", 2, w => w with
        {
            Lines = [new WishedLine("MUG", 2, "For Ada", "Happy birthday"), new WishedLine("BLANKET", 1)],
            Discount = ("WELCOME10", 10)
        })!;
        _sim.Shop.Ship(gift, [new SimShippedLine(gift.Lines[0].Id, 1)], "Royal Mail", "T1");
        _sim.Shop.Cancel(_sim.Generator.Buy("BLANKET")!, "NoInventory");
        orders.Faults("SearchOrdersResponse", (await _client.Get($"/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z&includedData={Everything}")).Body).ShouldBeEmpty();
        orders.Faults("ErrorList", (await _client.Get("/orders/2026-01-01/orders")).Body).ShouldBeEmpty();
        var listings = PublishedSchema.Find("amazon-sp-api", "listingsItems_2021-08-01.json")!;
        listings.Faults("ItemSearchResults", (await _client.Get($"/listings/2021-08-01/items/{AmazonSim.SellerId}?marketplaceIds={AmazonSim.MarketplaceId}&pageSize=2&includedData=summaries,attributes,issues,offers,fulfillmentAvailability,productTypes")).Body).ShouldBeEmpty();
        PublishedSchema.Find("amazon-sp-api", "fbaInventory.json")!.Faults("GetInventorySummariesResponse",
            (await _client.Get($"/fba/inventory/v1/summaries?details=true&granularityType=Marketplace&granularityId={AmazonSim.MarketplaceId}&marketplaceIds={AmazonSim.MarketplaceId}")).Body).ShouldBeEmpty();
        var feeds = PublishedSchema.Find("amazon-sp-api", "feeds_2021-06-30.json")!;
        string feed = await Submit("JSON_LISTINGS_FEED", "application/json", "{}");
        feeds.Faults("Feed", (await _client.Get($"/feeds/2021-06-30/feeds/{feed}")).Body).ShouldBeEmpty();
        feeds.Faults("GetFeedsResponse", (await _client.Get("/feeds/2021-06-30/feeds?feedTypes=JSON_LISTINGS_FEED")).Body).ShouldBeEmpty();
        PublishedSchema.Find("amazon-sp-api", "financesV0.json")!.Faults("ListFinancialEventsResponse",
            (await _client.Get($"/finances/v0/orders/{gift.Key}/financialEvents")).Body).ShouldBeEmpty();
    }

    private async Task<string> Submit(string type, string contentType, string body)
    {
        var (_, document, _) = await _client.Post("/feeds/2021-06-30/documents", new { contentType });
        (await _client.Send(HttpMethod.Put, document["url"]!.ToString(), body, contentType)).Status.ShouldBe(HttpStatusCode.OK);
        var (status, made, _) = await _client.Post("/feeds/2021-06-30/feeds", new
        {
            feedType = type, marketplaceIds = new[] { AmazonSim.MarketplaceId },
            inputFeedDocumentId = document["feedDocumentId"]!.ToString()
        });
        status.ShouldBe(HttpStatusCode.Accepted);
        return made["feedId"]!.ToString();
    }

    /// <summary>Looks until the feed is done, and unpacks its report.</summary>
    private async Task<string> Report(string feed)
    {
        JsonNode state;
        int looks = 0;
        do
        {
            (_, state, _) = await _client.Get($"/feeds/2021-06-30/feeds/{feed}");
            (++looks).ShouldBeLessThan(5);
        }
        while (state["processingStatus"]!.ToString() != "DONE");
        var (_, document, _) = await _client.Get($"/feeds/2021-06-30/documents/{state["resultFeedDocumentId"]}");
        document["compressionAlgorithm"]!.ToString().ShouldBe("GZIP");
        using var zip = new GZipStream(new MemoryStream(await _client.Bytes(document["url"]!.ToString())), CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.UTF8);
        return await text.ReadToEndAsync();
    }
}
