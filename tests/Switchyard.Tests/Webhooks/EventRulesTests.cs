using System.Text.Json;
using Shouldly;
using Switchyard.Log;
using Switchyard.Webhooks;

namespace Switchyard.Tests.Webhooks;

/// <summary>The pure rules: which events are wanted, how they are written, when they are tried again, what they concern.</summary>
[Capability("IG-15")]
public sealed class EventRulesTests
{
    [Theory]
    [InlineData(true, "*", "OrderPlaced")]
    [InlineData(true, "Order*", "OrderPlaced")]
    [InlineData(true, "OrderPlaced", "OrderPlaced")]
    [InlineData(false, "OrderPlaced", "OrderPlacedAgain")]
    [InlineData(false, "order*", "OrderPlaced")]
    [InlineData(false, "Product*", "OrderPlaced")]
    public void A_filter_takes_names_and_beginnings(bool takes, string pattern, string kind) => EventFilter.Takes([pattern], kind).ShouldBe(takes);

    [Theory]
    [InlineData(true, "*")]
    [InlineData(true, "Order*")]
    [InlineData(false, "**")]
    [InlineData(false, "Or*der")]
    [InlineData(false, "Order Placed")]
    [InlineData(false, "")]
    [InlineData(false, null)]
    public void A_pattern_is_a_name_or_its_beginning(bool isPattern, string? text) => EventFilter.IsPattern(text).ShouldBe(isPattern);

    [Theory]
    [InlineData("order", "OrderPlaced", "switchyard.order.placed")]
    [InlineData("order", "OrderHoldReleased", "switchyard.order.hold_released")]
    [InlineData("adjustment", "InventoryAdjusted", "switchyard.adjustment.inventory_adjusted")]
    [InlineData("exchangeRate", "ExchangeRateSet", "switchyard.exchange_rate.set")]
    [InlineData("order", "Ordered", "switchyard.order.ordered")]
    public void A_type_is_made_of_the_thing_and_what_happened(string aggregate, string kind, string type) => CloudEvent.TypeOf(aggregate, kind).ShouldBe(type);

    [Fact]
    public void An_event_is_a_CloudEvent_as_its_schema_says()
    {
        using var json = JsonDocument.Parse(CloudEvent.Of(Entry("{\"number\":\"1001\"}"), CloudEvent.SourceOf("main shop")).ToBytes());
        var root = json.RootElement;
        root.Text("specversion").ShouldBe("1.0");
        root.Text("id").ShouldBe("evt_17");
        root.Text("source").ShouldBe("/merchants/main%20shop");
        root.Text("time").ShouldBe("2026-03-02T09:00:00.000Z");
        root.Text("subject").ShouldBe("ord_1");
        root.Text("position").ShouldBe("17");
        root.Text("sequence").ShouldBe("3");
        root.GetProperty("data").GetProperty("payload").Text("number").ShouldBe("1001");
        // Attribute names are lower-case letters and digits; all but data are texts.
        foreach (var member in root.EnumerateObject())
        {
            member.Name.ShouldMatch("^[a-z0-9]+$");
            if (member.Name != "data") member.Value.ValueKind.ShouldBe(JsonValueKind.String, member.Name);
        }
        string schema = Path.Combine(TestPostgres.Root, "..", "shared", "data", "specs", "cloudevents", "cloudevents.json");
        if (!File.Exists(schema)) return;
        using var known = JsonDocument.Parse(File.ReadAllText(schema));
        foreach (var required in known.RootElement.GetProperty("required").EnumerateArray()) root.Text(required.GetString()!).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void An_event_too_large_to_carry_says_where_it_is_read()
    {
        var view = Entry("{}");
        using var json = JsonDocument.Parse(CloudEvent.Of(view, "/merchants/main").ByReference(view).ToBytes());
        json.RootElement.TryGetProperty("data", out _).ShouldBeFalse();
        json.RootElement.Text("dataref").ShouldBe("/api/v1/events?limit=1&after=16");
    }

    [Fact]
    public void Waits_grow_with_a_little_jitter_and_end_with_the_window()
    {
        const long first = 1_000_000;
        TimeSpan[] waits = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)];
        RetryPlan.Next(waits, TimeSpan.FromHours(1), 1, first, first, null, 0).ShouldBe(first + 5_000);
        RetryPlan.Next(waits, TimeSpan.FromHours(1), 1, first, first, null, 1).ShouldBe(first + 5_500);
        RetryPlan.Next(waits, TimeSpan.FromHours(1), 9, first, first, null, 0).ShouldBe(first + 300_000, "the last wait goes on");
        RetryPlan.Next(waits, TimeSpan.FromHours(1), 1, first, first, TimeSpan.FromMinutes(7), 0).ShouldBe(first + 420_000, "what the receiver asks for");
        RetryPlan.Next(waits, TimeSpan.FromMinutes(10), 2, first, first + 300_000, null, 0).ShouldBe(first + 600_000, "the edge of the window");
        RetryPlan.Next(waits, TimeSpan.FromMinutes(10), 2, first, first + 300_001, null, 0).ShouldBeNull("beyond it");
    }

    [Fact]
    public void The_usual_waits_last_for_days()
    {
        long at = 0;
        int tries = 0;
        for (long? next = 0; next is { } due; next = RetryPlan.Next(RetryPlan.Waits, TimeSpan.FromDays(3), ++tries, 0, at, null, 0)) at = due;
        tries.ShouldBeInRange(8, 12);
        TimeSpan.FromMilliseconds(at).TotalDays.ShouldBeInRange(2.5, 3);
    }

    [Theory]
    [InlineData("ord_1", "order", "ord_1", "{}")]
    [InlineData("ord_2", "fulfilment", "ful_1", "{\"orderId\":\"ord_2\"}")]
    [InlineData(null, "product", "MUG", "{\"orderId\":3}")]
    public void An_entry_stands_in_the_row_of_its_order(string? order, string kind, string id, string payload)
    {
        using var json = JsonDocument.Parse(payload);
        EntryScope.OrderOf(kind, id, json.RootElement).ShouldBe(order);
        EntryScope.LaneOf(kind, id, order).ShouldBe(order is null ? $"{kind}:{id}" : $"order:{order}");
    }

    [Fact]
    public void The_nodes_an_entry_speaks_of_are_found_wherever_they_stand()
    {
        using var json = JsonDocument.Parse("""{"items":[{"sku":"A","node":"MAIN"},{"sku":"B","node":"NORTH"}],"allocated":[[1,"SOUTH",2]],"nodes":["EAST"],"from":"WEST"}""");
        EntryScope.NodesOf("adjustment", "x", json.RootElement).Order().ShouldBe(["EAST", "MAIN", "NORTH", "SOUTH", "WEST"]);
        EntryScope.NodesOf("node", "HERE", default).ShouldBe(["HERE"]);
    }

    private static EventView Entry(string payload) => EventView.Of(new LoggedEvent(17, 1, "order", "ord_1", 3, "OrderPlaced", 1, "key:1", null,
        new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), payload, [1], [2]));
}
