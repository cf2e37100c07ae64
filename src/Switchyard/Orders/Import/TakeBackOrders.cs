using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Payments;

namespace Switchyard.Orders;

/// <summary>
/// Takes orders of an import back: open ones are cancelled and give their stock back, past ones count no more. What somebody has done something
/// with since is left as it is. The number in the file becomes free, so that the same order can be imported again.
/// </summary>
internal static class TakeBackOrders
{
    private const string Why = "Its import was taken back.";

    /// <summary>How a row of an import is taken back.</summary>
    private sealed record Kept(long Run);

    public static string Keep(long run) => JsonSerializer.Serialize(new Kept(run), Json.Options);
    public static long RunOf(JobRow row) => JsonSerializer.Deserialize<Kept>(row.Undo!, Json.Options)!.Run;

    /// <summary>One transaction for all of these rows; the caller writes down what became of each.</summary>
    public static async Task<List<JobRow>> Change(Work work, Actor actor, IReadOnlyList<JobRow> rows, DateTimeOffset now)
    {
        var orders = (await OpenOrder.LockAll(work, actor, [.. rows.Select(r => OrderId.Parse(r.Reference, null))], now)).ToDictionary(o => o.Id.ToString());
        var later = (await AggregateTimeline.ByPeople(work, "order", [.. orders.Keys])).ToLookup(e => e.AggregateId);
        var sheet = await OpenOrder.LockStock(work, orders.Values, now);
        var (after, back) = (new List<JobRow>(rows.Count), new List<OpenOrder>());
        foreach (var row in rows)
        {
            long run = RunOf(row);
            var order = orders.GetValueOrDefault(row.Reference);
            var left = order is null ? OrderErrors.NotFound(row.Reference)
                : later[row.Reference].Any(e => !IsOfRun(e, run)) || !order.IsHistory && order.State is OrderState.Cancelled or OrderState.Expired ? ImportErrors.ChangedSince
                : order.IsHistory ? null : CancelOrder.Whole(order, sheet, Why) is { } busy ? ImportErrors.InUse(busy.Detail) : null;
            if (left is null)
            {
                if (order!.IsHistory)
                {
                    bool wasSold = order.State != OrderState.Cancelled;
                    order.TakeBack(Why);
                    await ChangePayments.TakeBack(work, order, actor, Why);
                    // Reports counted it with all its units when it was imported.
                    if (wasSold) order.Tell("OrderCancelled", CancelOrder.CancelledPayload(order, order.Lines.Where(l => l.HoldsStock).Sum(l => l.Quantity)), Why);
                }
                order.Tell("OrderImportTakenBack", new { importRun = run }, Why);
                back.Add(order);
            }
            after.Add(left is null ? row with { State = JobRowState.Ok, Message = "undone", Undo = null } : row.Skipped(left.Code, left.Detail) with { Undo = null });
        }
        await Free(work, back);
        await OpenOrder.SaveAll(work, back, sheet);
        return after;
    }

    private static async Task Free(Work work, List<OpenOrder> orders)
    {
        Rows<OpenOrder> rows() => Rows.Of(orders).Uuid("id", o => o.Id.Value);
        await work.Execute("update orders set external_id = null, content_hash = null from @rows r where orders.id = r.id and orders.merchant_id = @merchant", rows());
        await work.Execute("update order_lines set returned = 0 from @rows r where order_lines.order_id = r.id and order_lines.merchant_id = @merchant and order_lines.returned > 0", rows());
    }

    // What the same file says came back belongs to the import.
    private static bool IsOfRun(LoggedEvent entry, long run) => entry.Kind == "ReturnImported" && entry.Read<ReturnEntry>().ImportRun == run;

    private sealed record ReturnEntry(long? ImportRun);
}
