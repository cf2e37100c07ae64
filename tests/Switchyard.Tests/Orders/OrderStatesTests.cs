using Shouldly;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

public sealed class OrderStatesTests
{
    [Fact]
    public void The_diagram_in_the_rooms_page_is_the_table() =>
        File.ReadAllText(Path.Combine(TestPostgres.Root, "src", "Switchyard", "Orders", "README.md")).ReplaceLineEndings("\n")
            .ShouldContain(OrderStates.Allowed.ToMermaid());

    [Theory]
    [InlineData(OrderState.Placed, OrderState.Confirmed, true)]
    [InlineData(OrderState.Cancelled, OrderState.Placed, false)]
    [InlineData(OrderState.Expired, OrderState.Placed, true)]
    [InlineData(OrderState.Closed, OrderState.Cancelled, false)]
    public void What_the_table_does_not_list_is_not_allowed(OrderState from, OrderState to, bool allowed) =>
        OrderStates.Allowed.Allows(from, to).ShouldBe(allowed);
}
