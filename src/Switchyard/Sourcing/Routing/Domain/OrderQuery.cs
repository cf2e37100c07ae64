using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Sourcing;

/// <summary>A condition on an order in the grammar of strategies, for rules of other rooms that know an order by itself: not what its products say, nor what it is worth.</summary>
public sealed class OrderQuery
{
    private readonly BoundQuery? _query;

    private OrderQuery(BoundQuery? query) => _query = query;

    /// <remarks>Errors: those of the grammar, each with its column; routing.bare_word, routing.not_asked_here.</remarks>
    public static Result<OrderQuery> Read(string? text)
    {
        var read = RoutingFields.Read(text, RoutingFields.OfOrders);
        if (read.Error is { } error) return error;
        var strange = RoutingFields.Leaves(read.Value).Select(l => RoutingFields.FieldOf(l).Name).FirstOrDefault(n =>
            n is "total" or "flag" or "weight" || n.StartsWith(RoutingFields.Every, StringComparison.OrdinalIgnoreCase) || n.StartsWith("product.", StringComparison.OrdinalIgnoreCase));
        return strange is null ? new OrderQuery(read.Value) : Error.Invalid("request.invalid", $"{strange} cannot be asked here.", new FieldError("/when", "routing.not_asked_here", $"{strange} cannot be asked here."));
    }

    public bool Holds(RoutedOrder order) => RoutingFields.Holds(_query, order, _ => SkuTraits.None);
}
