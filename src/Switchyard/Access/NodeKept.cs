using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>
/// What the merchant keeps at a node or for all of them: printers, packaging, accounts with carriers. Whoever is limited to nodes sees what is for all or theirs, and changes only what is and stays theirs.
/// </summary>
public static class NodeKept
{
    /// <summary>Whose node is not theirs, or that is for all nodes: told by the one statement that writes, as a part of its where.</summary>
    public static string MayChange(string column) => $"(@everywhere or {column} = any(@ownNodes))";

    /// <summary>The same for a list, which also shows what is for all nodes.</summary>
    public static string MaySee(string column) => $"(@everywhere or {column} is null or {column} = any(@ownNodes))";

    /// <summary>The arguments of both.</summary>
    public static (string, object?)[] Of(Actor actor) => [("everywhere", actor.Nodes is null), ("ownNodes", actor.NodeFilter ?? [])];

    /// <summary>Why it may not be put there; null when it may.</summary>
    /// <param name="node">Where it is to be kept; null: for all nodes.</param>
    public static Error? Refusal(Actor actor, long? node) => actor.Nodes is null || node is { } at && actor.MaySeeNode(at) ? null : NotYours;

    /// <summary>It stands at another node, or is for all of them.</summary>
    public static readonly Error NotYours = Error.Forbidden("access.other_node", "This belongs to another node or to all of them. Name a node of yours, or ask somebody who sees all nodes.");
}
