using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Makes the changes that waited for goods to be put back, as soon as no node of the order has anything left to put back. What cannot be
/// made any more is said by a hold on what is still here. Safe to run twice and on several processes: the order's lock and the state decide.
/// </summary>
public sealed class CarryOutEdits(Db db, EditOrder.OrderEditor editor, TimeProvider clock, ILogger<CarryOutEdits> log) : BackgroundService
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <returns>Edits that came to an end.</returns>
    public async Task<int> Handle()
    {
        int ended = 0;
        foreach (var edit in await db.ReadAll(work => AskedEdits.Due(work, MostAtOnce)))
        {
            try
            {
                var made = await editor.CarryOut(edit);
                if (made.Error is { } error && !IsPassing(error)) await Fail(edit, error);
                ended++;
            }
#pragma warning disable CA1031 // an order whose books are wrong keeps no other from being changed
            catch (Exception e) { log.LogError(e, "The change of order {Order} could not be carried out", edit.Order); }
#pragma warning restore CA1031
        }
        return ended;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Changes that wait were not looked at", stoppingToken);

    private static bool IsPassing(Error error) => error.Code is "server.busy" or "server.unavailable" or "request.in_progress" or "orders.catalog_changed";

    private Task<Result<Done>> Fail(AskedEdit edit, Error error)
    {
        var actor = Actor.House(edit.By, edit.Merchant);
        return db.Write<Done>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            var order = await OpenOrder.Lock(work, actor, edit.Order, now);
            if (order is null || !(await AskedEdits.Open(work, edit.Order)).Contains(edit.No)) return new Done();
            await AskedEdits.End(work, edit, "failed", now);
            if ((await AskedEdits.Open(work, edit.Order)).Count == 0)
                foreach (var hold in order.Holds.Where(h => h.Kind == HoldKinds.Change).ToList()) order.CloseHold(hold, "The change could not be made.");
            string said = $"A change that was asked for could not be made: {error.Detail}";
            if (order.Lines.Exists(l => l.HoldsStock && l.Free + l.InWork > 0)) order.Hold(HoldKinds.ChangeFailed, said + " Edit the order again, or release this hold.");
            else order.Raise("edit_failed", $"Order {order.Number}: {said}");
            order.Tell("OrderEditFailed", new { edit = edit.No, code = error.Code });
            await order.Save(work);
            return new Done();
        });
    }
}
