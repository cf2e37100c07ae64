using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>
/// Of a drain: the drafts and orders that its new orders are made of. They are locked before any stock, looked at again under the lock, and
/// written in the same transaction, so that a draft gives one order and no unit is sent again twice.
/// </summary>
internal sealed class DrainSources(IReadOnlyList<PendingOrder> orders, DateTimeOffset now)
{
    private sealed record LockedDraft(string Number, DraftState State, long Version);

    private readonly Dictionary<Guid, LockedDraft> _drafts = [];
    private readonly Dictionary<OrderId, OpenOrder> _origins = [];
    private readonly Dictionary<OrderId, IReadOnlyDictionary<int, long>> _replaced = [];
    private readonly HashSet<Guid> _taken = [];
    private readonly List<(PendingOrder Pending, string Number)> _placed = [];

    /// <summary>Costs nothing in a drain without such orders.</summary>
    public async Task Lock(Work work)
    {
        var made = orders.Where(o => o.Source is not null).ToList();
        // Of several orders made of one, the first takes its turn; the others come with the next drain.
        foreach (var first in made.Where(o => o.Source!.Origin is not null).OrderBy(o => o.Source!.Origin!.Value.Value).DistinctBy(o => o.Source!.Origin))
        {
            var (its, id) = (work.For(first.Actor.Merchant), first.Source!.Origin!.Value);
            if (await OpenOrder.Lock(its, first.Actor, id, now) is not { } origin) continue;
            _origins[id] = origin;
            if (first.Source.IsReplacement) _replaced[id] = await LinksSql.Replaced(its, id);
        }
        var batch = work.Batch();
        var drafts = batch.Query(
            "select d.id, d.number, d.state, d.version from @rows r join drafts d on d.id = r.id and d.merchant_id = r.merchant_id order by d.id for update of d",
            Rows.Of(made.Where(o => o.Source!.Draft is not null).DistinctBy(o => o.Source!.Draft).ToList()).Uuid("id", o => o.Source!.Draft!.Value.Value).Long("merchant_id", o => o.Actor.Merchant),
            row => (Id: row.Uuid(), Draft: new LockedDraft(row.Text(), DraftStates.Parse(row.Text()), row.Long())));
        await batch.Run();
        foreach (var (id, draft) in drafts) _drafts[id] = draft;
    }

    /// <summary>Is what it is made of in the hands of an order before it?</summary>
    public bool IsTaken(PendingOrder pending) => pending.Source is { } s && (s.Draft is { } d && _taken.Contains(d.Value) || s.Origin is { } o && _taken.Contains(o.Value));

    /// <summary>Null: it may be placed. Else the order that was made before, or why it cannot be.</summary>
    public Result<PlacedOutcome>? Judge(PendingOrder pending)
    {
        if (pending.Source is not { } source) return null;
        if (source.Draft is { } id)
        {
            if (_drafts.GetValueOrDefault(id.Value) is not { } draft) return (Result<PlacedOutcome>)DraftErrors.NotFound;
            if (draft.State == DraftState.Placed) return new PlacedOutcome(null, new OrderId(id.Value));
            if (!DraftStates.Allowed.Allows(draft.State, DraftState.Placed)) return (Result<PlacedOutcome>)DraftErrors.Cannot(draft.State);
            if (draft.Version != source.DraftVersion) return (Result<PlacedOutcome>)DraftErrors.Changed(draft.Version);
            pending.MadeOf = new PlacedDraft(id, draft.Number);
        }
        if (source.Origin is { } from)
        {
            if (_origins.GetValueOrDefault(from) is not { } origin) return (Result<PlacedOutcome>)OrderErrors.NotFound(from.ToString());
            if (source.IsReplacement && Replacements.Check(origin, source.Again, _replaced[from]) is { } error) return (Result<PlacedOutcome>)error;
            pending.Links = [new LinkView(source.Kind!, "origin", from, origin.Number, OrderStates.Name(origin.State), source.Reason, DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()))];
        }
        return null;
    }

    public void Placed(PendingOrder pending, string number)
    {
        if (pending.Source is not { } source) return;
        if (source.Draft is { } draft) _taken.Add(draft.Value);
        if (source.Origin is { } origin) _taken.Add(origin.Value);
        _placed.Add((pending, number));
    }

    /// <summary>Writes what became of drafts and origins; a trip or more only when there are any.</summary>
    public async Task Write(Work work)
    {
        foreach (var merchant in _placed.GroupBy(p => p.Pending.Actor.Merchant).OrderBy(g => g.Key))
        {
            var its = work.For(merchant.Key);
            var linked = merchant.Where(p => p.Pending.Source!.Origin is not null).Select(p => (p.Pending, p.Number, Origin: _origins[p.Pending.Source!.Origin!.Value])).ToList();
            foreach (var (pending, number, origin) in linked)
                origin.Tell("OrderLinked", new { kind = pending.Source!.Kind, role = "result", order = pending.Id, number, again = pending.Source.Again.Select(a => new { line = a.Line, quantity = a.Units }) },
                    pending.Source.Reason);
            if (linked.Count > 0) await OpenOrder.SaveAll(its, [.. linked.Select(l => l.Origin)]);
            var batch = its.Batch();
            LinksSql.Queue(batch, [.. linked.Select(l => new NewLink(l.Origin.Id, l.Pending.Id, l.Pending.Source!.Kind!, l.Pending.Source.Reason, l.Pending.Actor.Id))], now);
            LinksSql.QueueAgain(batch, [.. linked.Select(l => (l.Origin.Id, l.Pending.Id, l.Pending.Source!.Again))]);
            QueueDrafts(batch, [.. merchant.Select(p => p.Pending).Where(p => p.Source!.Draft is not null)]);
            await batch.Run();
            foreach (var drafts in merchant.Where(p => p.Pending.Source!.Draft is not null).GroupBy(p => p.Pending.Actor.Id))
                await EventLog.Append(its, drafts.First().Pending.Actor, now, [.. drafts.Select(p => new Happening("draft", p.Pending.Source!.Draft!.Value.ToString(), "DraftPlaced",
                    new { order = p.Pending.Id, number = p.Number, totalMinor = p.Pending.Order.Money.Total }))]);
        }
    }

    private void QueueDrafts(Batch batch, IReadOnlyList<PendingOrder> placed)
    {
        (string, object?) at = ("now", now.ToUnixTimeMilliseconds());
        batch.Execute(
            """
            update drafts set state = 'placed', version = drafts.version + 1, updated_at_ms = @now, ended_at_ms = @now from @rows r
             where drafts.id = r.id and drafts.merchant_id = @merchant
            """, Rows.Of(placed).Uuid("id", p => p.Id.Value), at);
        batch.Execute(
            """
            insert into order_notes (order_id, note_no, merchant_id, body, is_for_customer, is_pinned, mentions, author, created_at_ms, updated_at_ms)
            select order_id, 1, @merchant, body, is_for_customer, is_for_customer, '[]', author, @now, @now from @rows r
            """,
            Rows.Of(placed.Where(p => p.Source!.Note is not null).ToList()).Uuid("order_id", p => p.Id.Value).Text("body", p => p.Source!.Note).Bool("is_for_customer", _ => false)
                .Text("author", p => p.Actor.Id), at);
    }
}
