using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>By which classes new work is sorted, as the merchant has them now.</summary>
internal sealed class Urgency
{
    private readonly WorkClasses _classes;
    private readonly Dictionary<long, string> _channels;

    private Urgency(WorkClasses classes, Dictionary<long, string> channels) => (_classes, _channels) = (classes, channels);

    public static async Task<Urgency> Load(Work work)
    {
        var classes = WorkClasses.Read((await WriteWorkClasses.Load(work)).Classes) is { IsOk: true } own ? own.Value : WorkClasses.Read(WorkClasses.Default).Value;
        var channels = await work.Query("select id, code from channels where merchant_id = @merchant", row => (Id: row.Long(), Code: row.Text()));
        return new Urgency(classes, channels.ToDictionary(c => c.Id, c => c.Code));
    }

    /// <summary>The class of an order's work at a node, and its rank.</summary>
    public (string Name, int Rank) Of(OpenOrder order, string node, string? method) =>
        _classes.Of(new RoutedOrder(_channels.GetValueOrDefault(order.Channel), method, order.Country?.ToUpperInvariant(), order.Postcode)
        {
            Priority = order.Priority,
            Type = order.Type,
            Payment = order.PaymentState,
            Tags = order.Tags,
            Metadata = order.Metadata,
            IsCompany = order.IsOfCompany,
            CustomerTags = order.CustomerTags,
            Lines = [.. order.Lines.Where(l => l.HoldsStock).Select(l => new RoutedLine(l.LineNo, l.SkuId, l.Sku, l.Quantity - l[LineBucket.Cancelled], l.WeightGrams))],
        }, node);
}
