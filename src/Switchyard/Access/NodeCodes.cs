using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>People name nodes by code; scopes keep them by id.</summary>
internal static class NodeCodes
{
    private const int Most = 500;

    public static Task<List<string>> Of(Actor actor, Db db) => db.Read(actor, work => Of(work, actor.NodeFilter!));

    public static Task<List<string>> Of(Work work, long[] nodes) => work.Query(
        $"""
        select n.code from nodes n join node_merchants m on m.node_id = n.id
         where m.merchant_id = @merchant and n.id = any(@ids) order by n.code limit {Most}
        """, row => row.Text(), ("ids", nodes));

    /// <summary>The scope to store for these codes, null for all nodes. Only nodes of the merchant that the caller sees may be named.</summary>
    public static async Task<Result<string?>> ToScope(Work work, Actor actor, IReadOnlyList<string>? codes, string pointer)
    {
        if (codes is null) return actor.Nodes is null ? (string?)null : AccessErrors.NodesBeyondYours;
        var found = await work.Query(
            """
            select n.id, n.code from nodes n join node_merchants m on m.node_id = n.id
             where m.merchant_id = @merchant and n.code = any(@codes) order by n.id
            """, row => new { Id = row.Long(), Code = row.Text() }, ("codes", codes.Distinct().ToArray()));
        var seen = found.Where(n => actor.MaySeeNode(n.Id)).ToList();
        var checks = new Checks();
        for (int i = 0; i < codes.Count; i++)
            checks.That(seen.Any(n => n.Code == codes[i]), $"{pointer}/{i}", "access.no_such_node", $"There is no node '{codes[i]}'.");
        return checks.AnyFault ? checks.ToError() : JsonSerializer.Serialize(seen.Select(n => n.Id));
    }

    public static void Check(Checks checks, IReadOnlyList<string>? codes, string pointer)
    {
        if (codes is null) return;
        checks.Range(codes.Count, 1, Most, pointer);
        for (int i = 0; i < Math.Min(codes.Count, Most); i++) checks.Text(codes[i], $"{pointer}/{i}", 64, required: true);
    }
}
