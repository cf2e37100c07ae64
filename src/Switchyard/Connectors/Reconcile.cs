using System.Collections.Concurrent;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Connectors;

/// <summary>
/// Compares the orders of the last days with those of the channel, as a job: only there, only here, and what of an order is another. What is found is taken in from its row, by replaying the order.
/// What it knows is in memory; another process that takes it over begins anew.
/// </summary>
public sealed class Reconcile(ConnectorDesk desk, FindOrder find) : JobKind
{
    private const int PagesAtOnce = 5, MostPages = 2_000, MostListed = 5_000, MostRuns = 8;
    private readonly ConcurrentDictionary<long, Run> _runs = new();

    public sealed record Request(int? Days = null);

    /// <param name="Kind">onlyThere, onlyHere or different.</param>
    /// <param name="Field">What is another: state, units or totalMinor.</param>
    public sealed record Difference(string Kind, string? Field, string? Theirs, string? Ours, OrderId? OrderId)
    {
        /// <summary>In no language: what they have ≠ what we have; of an order that only one of us has, its number and why it was not taken in.</summary>
        public string? Words() => Field is not null ? $"{Theirs} ≠ {Ours}" : Theirs is null && Ours is null ? null : string.Join(" · ", new[] { Theirs, Ours }.OfType<string>());
    }

    private sealed record Wish(string Channel, int Days);

    private sealed class Run
    {
        public required Connection Connection { get; init; }
        public required DateTimeOffset Since { get; init; }
        public string? Cursor { get; set; }
        public int Pages { get; set; }
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);
        public List<(string ExternalId, Difference What)> Found { get; } = [];
    }

    public override string Code => "connectors.reconcile";
    public override Permission Permission => Permission.OrdersRead;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/connections/{channel}/reconcile", async (string channel, Request? body, Actor actor, Db db, Reconcile kind, TimeProvider clock) => (await Start(channel, body?.Days ?? 7, actor, db, kind, clock)).ToHttp(202))
            .Requires(Permission.OrdersRead).WithName("connectors.reconcile").WithTags("Connectors").WithSummary("Compare the orders of the last days with those of the channel")
            .WithDescription("Answers 202 with the job. Each row that went wrong names an order of the channel and says in its code what is another (onlyThere, onlyHere, state, units or totalMinor) and in its message what each of us has; POST /connections/{channel}/orders/{externalId}/replay takes it in.")
            .Produces<JobView>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: connectors.no_such_connection, connectors.not_live, nodes.only_your_nodes.</remarks>
    private static Task<Result<JobView>> Start(string channel, int days, Actor actor, Db db, Reconcile kind, TimeProvider clock)
    {
        var checks = new Checks();
        checks.Range(days, 1, 60, "/days");
        if (checks.AnyFault) return Task.FromResult<Result<JobView>>(checks.ToError());
        if (actor.Nodes is not null) return Task.FromResult<Result<JobView>>(Sourcing.NodeErrors.OnlyYourNodes);
        return db.Write<JobView>(actor, async work =>
        {
            if (!Text.IsStorable(channel) || await Connection.Find(work, channel) is not { } connection) return ConnectorErrors.NoSuchConnection;
            return connection.State != "live" ? ConnectorErrors.NotLive : await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, new Wish(channel, days)));
        });
    }

    public override async Task<bool> Next(JobTurn turn)
    {
        var wish = JsonSerializer.Deserialize<Wish>(turn.Job.Arguments, Json.Options)!;
        if (!_runs.TryGetValue(turn.Job.No, out var run))
        {
            if (await turn.Db.Read(turn.Actor, work => Connection.Find(work, wish.Channel)) is not { } connection) throw new JobRefusedException(ConnectorErrors.NoSuchConnection);
            if (_runs.Count >= MostRuns) _runs.Clear();
            _runs[turn.Job.No] = run = new Run { Connection = connection, Since = turn.Clock.GetUtcNow().AddDays(-wish.Days) };
        }
        long before = run.Seen.Count;
        bool isOver = false;
        for (int page = 0; page < PagesAtOnce && !isOver; page++)
        {
            var said = await desk.Of(run.Connection).Orders(desk.Call(run.Connection, turn.Stop, mayWait: true), run.Since, run.Cursor);
            if (said.Fault is { } fault) { _runs.TryRemove(turn.Job.No, out _); throw new JobRefusedException(ConnectorErrors.Channel(fault)); }
            await Compare(turn, run, said.Value.Items);
            run.Cursor = said.Value.Next;
            isOver = run.Cursor is null || ++run.Pages >= MostPages;
        }
        if (isOver) await OnlyHere(turn, run);
        long looked = run.Seen.Count - before;
        var rows = !isOver ? [] : run.Found.Take(MostListed).Select((f, i) => new JobRow(i + 1, f.ExternalId, JobRowState.Failed, f.What.Field ?? f.What.Kind, f.What.Words())).ToList();
        var done = await turn.Commit(_ => Task.FromResult<Result<JobStep>>(new JobStep(run.Seen.Count, rows) { OkUnlisted = Math.Max(0, looked - rows.Count), Total = isOver ? run.Seen.Count : null }));
        if (done.Error is { } error) throw new JobRefusedException(error);
        if (isOver || turn.IsToEnd) _runs.TryRemove(turn.Job.No, out _);
        return isOver;
    }

    private async Task Compare(JobTurn turn, Run run, IReadOnlyList<ChannelOrder> theirs)
    {
        var fresh = theirs.Where(o => run.Seen.Add(o.ExternalId)).ToList();
        if (fresh.Count == 0) return;
        var known = (await turn.Db.Read(turn.Actor, work => work.Query(
            "select o.external_id, o.order_id, o.state, o.said from channel_orders o where o.merchant_id = @merchant and o.connection_id = @id and o.external_id = any(@ids)",
            row => (Id: row.Text(), Order: row.UuidOrNull(), State: row.Text(), Said: row.TextOrNull()), ("id", run.Connection.Id.Value), ("ids", fresh.Select(o => o.ExternalId).ToArray())))).ToDictionary(o => o.Id);
        var ours = (await find.Find(turn.Actor, [.. known.Values.Select(k => k.Order).OfType<Guid>().Select(g => new OrderId(g))])).ToDictionary(o => o.Id.Value);
        foreach (var order in fresh)
        {
            bool isBefore = run.Connection.IsBefore(order);
            if (!known.TryGetValue(order.ExternalId, out var row) || row.Order is not { } id || !ours.TryGetValue(id, out var view))
            {
                bool isOurs = order.State is ChannelOrderState.Open or ChannelOrderState.Pending && ChannelRequest.IsAnythingToSend(order, isBefore);
                if (isOurs && row.State != "ignored") run.Found.Add((order.ExternalId, new Difference("onlyThere", null, order.Number, row.Said, null)));
                continue;
            }
            Difference? other = Other(order, view, isBefore);
            if (other is not null) run.Found.Add((order.ExternalId, other));
        }
    }

    private static Difference? Other(ChannelOrder theirs, OrderView ours, bool isBefore)
    {
        bool isOff = ours.State is "cancelled" or "expired";
        if (isOff != (theirs.State == ChannelOrderState.Cancelled)) return new Difference("different", "state", theirs.State.ToString().ToLowerInvariant(), ours.State, ours.Id);
        if (isOff) return null;
        long wanted = theirs.Lines.Where(l => l.IsOurs).Sum(l => l.Quantity - l.Cancelled - (isBefore ? l.Shipped : 0));
        long have = ours.Lines.Where(l => FollowPlan.Said(l, ChannelRequest.LineKey) is not null).Sum(l => (l.Quantity - l.Cancelled) / Math.Max(1, FollowPlan.Number(l, ChannelRequest.EachKey, 1)));
        if (wanted != have && !isBefore) return new Difference("different", "units", Text.Invariant(wanted), Text.Invariant(have), ours.Id);
        long back = theirs.Refunds.Sum(r => r.AmountMinor);
        return theirs.TotalMinor is { } total && Math.Abs(total - ours.TotalMinor) > 1 && Math.Abs(total - back - ours.TotalMinor) > 1 ? new Difference("different", "totalMinor", Text.Invariant(total), $"{Text.Invariant(ours.TotalMinor)} {theirs.Currency}", ours.Id) : null;
    }

    // Orders the channel told of within these days, and does not have any more.
    private async Task OnlyHere(JobTurn turn, Run run)
    {
        var mine = await turn.Db.Read(turn.Actor, work => work.Query(
            "select external_id, order_id from channel_orders where merchant_id = @merchant and connection_id = @id and created_at_ms >= @since and order_id is not null order by created_at_ms limit 50000",
            row => (Id: row.Text(), Order: row.Uuid()), ("id", run.Connection.Id.Value), ("since", run.Since.ToUnixTimeMilliseconds())));
        foreach (var (id, order) in mine.Where(m => !run.Seen.Contains(m.Id)).Take(200))
        {
            var asked = await desk.Of(run.Connection).Order(desk.Call(run.Connection, turn.Stop, mayWait: true), id);
            if (asked is { IsOk: true, Value: null }) run.Found.Add((id, new Difference("onlyHere", null, null, null, new OrderId(order))));
        }
    }
}
