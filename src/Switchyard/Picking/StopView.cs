using System.Text.Json.Serialization;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Picking;

/// <summary>One stop of one picker: what the screen shows, and what a line of the paper list says.</summary>
/// <param name="Stop">Which stop of the walk this is, from 1, of <paramref name="Stops"/>.</param>
/// <param name="Bin">Where to go; null where no bin is known to have it.</param>
/// <param name="Picture">Where the product's picture is, if it has one.</param>
/// <param name="Quantity">Units still to be taken.</param>
/// <param name="ToteNo">The place on the cart the units go to, also where several merchants share the cart; null without totes.</param>
/// <param name="Tote">The code of the tote that stands there; null until one was scanned there.</param>
/// <param name="SecondsLeft">What the rest of the walk takes, about, this stop included.</param>
public sealed record StopView(PickTaskId Id, PickTourId Tour, WaveId Wave, FulfilmentId Fulfilment, string Number, int Stop, int Stops, string? Bin, string? Zone, string? Lot, string Sku, string Name,
    string? Picture, long Quantity, long Picked, int? ToteNo, string? Tote, long SecondsLeft, string State)
{
    /// <summary>Where it is not there, the customer takes another product, and there are some that stand in for it.</summary>
    public bool MaySubstitute { get; init; }

    /// <summary>The SKU in whose place it is sent; absent where it was ordered so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InsteadOf { get; init; }

    /// <summary>What is made or written on it for its customer alone; absent where it is a unit like any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>On a cart that goes round for several merchants: whose goods they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Merchant { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MerchantName { get; init; }

    [JsonIgnore]
    internal int Order { get; init; }
}

/// <summary>Reads the stops of tours.</summary>
internal static class StopRows
{
    /// <summary>All stops of these tours in the order they are passed, those that nobody can work on any more too.</summary>
    public static async Task<ILookup<Guid, StopView>> Of(Work work, IReadOnlyList<Guid> tours)
    {
        var raw = await work.Query(
            $"""
            select t.id, t.tour_id, t.wave_id, t.fulfilment_id, f.number, t.bin, t.zone, t.lot, t.sku, p.name, t.quantity, t.picked, t.tote_no, c.code, t.state, u.seconds,
                   case when {WaveRows.IsLive} then 1 else 0 end, t.sku_id,
                   case when o.may_substitute and exists (select 1 from product_substitutes s where s.product_id = t.sku_id and s.merchant_id = @merchant) then 1 else 0 end, b.sku, t.stop_no, u.cart_first, o.metadata
              from @rows r join pick_tasks t on t.tour_id = r.id join pick_tours u on u.id = t.tour_id join products p on p.id = t.sku_id
              join fulfilment_orders f on f.id = t.fulfilment_id left join order_lines o on o.order_id = f.order_id and o.line_no = t.line_no
              left join order_lines b on b.order_id = o.order_id and b.line_no = o.substitute_for left join pick_totes c on c.tour_id = t.tour_id and c.tote_no = t.tote_no
             where t.merchant_id = @merchant order by t.tour_id, t.stop_no, t.id
            """, Rows.Of(tours).Uuid("id", t => t), row => (View: new StopView(new PickTaskId(row.Uuid()), new PickTourId(row.Uuid()), new WaveId(row.Uuid()), new FulfilmentId(row.Uuid()), row.Text(), 0, 0,
                Word(row.Text()), Word(row.Text()), Word(row.Text()), row.Text(), row.Text(), null, row.Long(), row.Long(), row.Int() is > 0 and var tote ? tote : null, row.TextOrNull(), 0, row.Text()),
                Seconds: row.Long(), IsLive: row.Int() == 1, Sku: row.Long(), MaySubstitute: row.Int() == 1, InsteadOf: row.TextOrNull(), Order: row.Int(), First: row.Int(), Text: LineText.Of(row.TextOrNull())));
        var pictures = await Catalog.ProductPictures.Of(work, raw.Select(r => r.Sku));
        var views = new List<StopView>();
        foreach (var tour in raw.GroupBy(r => r.View.Tour))
        {
            var all = tour.ToList();
            for (int i = 0; i < all.Count; i++)
                views.Add(all[i].View with
                {
                    Stop = i + 1,
                    Order = all[i].Order,
                    Stops = all.Count,
                    ToteNo = all[i].View.ToteNo + all[i].First,
                    Quantity = all[i].View.Quantity - all[i].View.Picked,
                    MaySubstitute = all[i].MaySubstitute,
                    InsteadOf = all[i].InsteadOf,
                    Text = all[i].Text,
                    Picture = pictures.GetValueOrDefault(all[i].Sku),
                    SecondsLeft = all[i].Seconds * all.Skip(i).Count(r => r.IsLive) / all.Count,
                    State = all[i].View.State == "open" && !all[i].IsLive ? "cancelled" : all[i].View.State,
                });
        }
        return views.ToLookup(v => v.Tour.Value);
    }

    private static string? Word(string text) => text.Length == 0 ? null : text;
}
