using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>Who asks, for which merchant, with which rights: the one place by which rows are filtered.</summary>
/// <param name="Id">As it is written on the log: <c>user:…</c>, <c>key:…</c>, <c>system:…</c>, <c>cli</c>.</param>
/// <param name="Merchant">The merchant of this request; every statement is bound to it.</param>
/// <param name="Nodes">The nodes the caller may see and change, or null for all.</param>
public sealed record Actor(string Id, string Name, long Merchant, IReadOnlySet<string> Permissions, IReadOnlySet<long>? Nodes)
{
    /// <summary>The request's idempotency key, when it has one.</summary>
    public RequestStamp? Stamp { get; init; }

    /// <summary>Does the caller belong to the operator's own merchant, the first of the house? Only it changes what all merchants share.</summary>
    public bool IsHouse { get; init; }

    public bool May(Permission permission) => Permissions.Contains(permission.Code);

    /// <summary>Somebody of a 3PL or a supplier, who is shown nothing of the house but the work of its nodes.</summary>
    public bool IsPartner => Permissions.Count == 1 && May(Permission.PartnerWork);

    public bool MaySeeNode(long node) => Nodes is null || Nodes.Contains(node);

    /// <summary>The nodes as a statement's argument: null means all.</summary>
    public long[]? NodeFilter => Nodes is null ? null : [.. Nodes];

    /// <summary>Work that the house does by itself, or the operator at the command line, for one merchant.</summary>
    public static Actor House(string id, long merchant) =>
        new(id, id, merchant, Permission.All.Select(p => p.Code).ToHashSet(), null) { IsHouse = true };

    /// <summary>Lets an endpoint ask for the caller by parameter.</summary>
    public static ValueTask<Actor?> BindAsync(HttpContext http)
    {
        var actor = http.Items[typeof(Actor)] as Actor;
        return ValueTask.FromResult(http.Items[typeof(RequestStamp)] is RequestStamp stamp && actor is not null ? actor with { Stamp = stamp } : actor);
    }
}
