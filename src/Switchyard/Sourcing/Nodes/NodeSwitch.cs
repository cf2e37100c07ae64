using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Takes a node out of promising, or back in: every plan made after the commit knows it.</summary>
public static class NodeSwitch
{
    /// <summary>The work must have been begun by <see cref="Db.WriteShared"/> for all merchants.</summary>
    /// <returns>The node's id and code as stored.</returns>
    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static async Task<Result<(long Id, string Code)>> Set(Work work, Actor actor, string code, bool isActive, DateTimeOffset now)
    {
        if (await NodesSql.Find(work, actor, code, locked: true) is not { } node) return NodeErrors.NoSuchNode(code);
        var saved = await WriteNode.Save(work, actor, now, node.Body with { IsActive = isActive });
        return saved.Error is { } error ? error : (node.Id, node.Body.Code!);
    }
}
