using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Exceptions;

/// <summary>Where in the queue of attention to go on, and what is asked for.</summary>
/// <param name="SinceMs">Items later than this, or as late with a later id, or the same id with a later number.</param>
public sealed record AttentionAsk(Actor Actor, long SinceMs, Guid Id, long No, string? Kind, string? Owner, long Limit, DateTimeOffset Now)
{
    /// <summary>The arguments of every statement that reads a part of the queue.</summary>
    public (string, object?)[] Arguments =>
    [
        ("since", SinceMs), ("id", Id), ("no", No), ("kind", Kind), ("owner", Owner), ("limit", Limit), ("nodes", Actor.NodeFilter ?? []),
        ("now", Now.ToUnixTimeMilliseconds()),
    ];

    /// <summary>The condition that goes on from there, on the columns of an index.</summary>
    public static string After(string since, string id, string no) =>
        $"{since} >= @since and ({since} > @since or {id} > @id or {id} = @id and {no} > @no)";
}

/// <summary>What a person can do about it: a sentence and the call that does it.</summary>
/// <param name="Operation">The operation's id in the API's description.</param>
/// <param name="Body">The call's body, as far as it can be told.</param>
public sealed record AttentionAction(string Text, string Operation, string Method, string Path, object? Body = null);

/// <summary>Something that waits for a person.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Actions">The first is what one does mostly.</param>
public sealed record AttentionItem(string Object, string Source, string Kind, string Detail, DateTimeOffset Since, string? Owner, bool IsOverdue, OrderId? Order,
    string? OrderNumber, int? Line, string? Node, IReadOnlyList<AttentionAction> Actions, [property: System.Text.Json.Serialization.JsonIgnore] (Guid Id, long No) Place)
{
    /// <summary>The detail by its code, to be said in other languages; null when somebody worded it.</summary>
    public IReadOnlyList<Saying>? Says { get; init; }
}

/// <summary>A room's part of the queue: it reads its own tables, by an index, oldest first.</summary>
/// <param name="Name">Stable: cursors name it.</param>
/// <param name="Kinds">All kinds its items can have.</param>
/// <param name="Count">Counts by kind, each exact up to the limit of the question.</param>
public sealed record AttentionSource(string Name, IReadOnlyList<string> Kinds, Func<Batch, AttentionAsk, List<AttentionItem>> Read,
    Func<Batch, AttentionAsk, List<(string Kind, long Count)>> Count)
{
    /// <summary>Troubles that rooms have raised.</summary>
    public static readonly AttentionSource Exceptions = new("exception", [.. TroubleKinds.All.Keys],
        (batch, ask) => batch.Query(
            $"""
            {ListExceptions.Select} where e.merchant_id = @merchant and e.state = 'open' and e.opened_at_ms >= @since
               and (e.opened_at_ms > @since or e.id > @no){(ask.Kind is null ? "" : " and e.kind = @kind")}{(ask.Owner is null ? "" : " and e.owner = @owner")}
               {(ask.Actor.Nodes is null ? "" : " and e.node_id = any(@nodes)")} order by e.opened_at_ms, e.id limit @limit
            """, row => Item(ListExceptions.Read(row)), ask.Arguments),
        (batch, ask) => batch.Query(
            $"""
            select r.kind, (select count(*) from (select 1 from exceptions e where e.merchant_id = @merchant and e.state = 'open' and e.kind = r.kind
                   {(ask.Actor.Nodes is null ? "" : " and e.node_id = any(@nodes)")} limit @limit) t) from @rows r
            """, Rows.Of(TroubleKinds.All.Keys.ToList()).Text("kind", k => k), row => (row.Text(), row.Long()), ask.Arguments));

    private static AttentionItem Item(ListExceptions.View e) => new("attention", "exception", e.Kind, e.Detail, e.OpenedAt, e.Owner, false, e.Order, e.OrderNumber, null, e.Node,
        [new AttentionAction(e.Next, "exceptions.resolve", "POST", $"/api/v1/exceptions/{Text.Invariant(e.Id)}/resolve")], (Guid.Empty, e.Id))
    { Says = e.Says };
}
