using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Roles and nodes that somebody wants to give to a user, checked against what they have themselves.</summary>
internal sealed record Rights(IReadOnlyList<string> Roles, string? Scope)
{
    private const int MostRoles = 20;

    public static void Check(Checks checks, IReadOnlyList<string>? roles, IReadOnlyList<string>? nodes, int fewest)
    {
        checks.That(roles is not null, "/roles", "field.required", "roles is required.");
        checks.Range(roles?.Count ?? fewest, fewest, MostRoles, "/roles");
        for (int i = 0; i < Math.Min(roles?.Count ?? 0, MostRoles); i++) checks.Text(roles![i], $"/roles/{i}", 64, required: true);
        NodeCodes.Check(checks, nodes, "/nodes");
    }

    public static async Task<Result<Rights>> Give(Work work, Actor actor, IReadOnlyList<string> roles, IReadOnlyList<string>? nodes)
    {
        var own = await RolesSql.All(work);
        var checks = new Checks();
        var given = new HashSet<string>();
        for (int i = 0; i < roles.Count; i++)
        {
            var role = BuiltInRoles.Find(roles[i]) ?? own.Find(r => r.Id == roles[i]);
            if (role is null) checks.Fault($"/roles/{i}", "access.no_such_role", $"There is no role '{roles[i]}'.");
            else given.UnionWith(role.Permissions);
        }
        if (checks.AnyFault) return checks.ToError();
        if (given.Except(actor.Permissions).ToList() is { Count: > 0 } more) return AccessErrors.BeyondYours(more);
        var scope = await NodeCodes.ToScope(work, actor, nodes, "/nodes");
        return scope.Error is { } error ? error : new Rights([.. roles.Distinct()], scope.Value);
    }

    /// <summary>What the log says of it: ids only.</summary>
    public object Told => new { roles = Roles, nodes = SignIn.Nodes(Scope) };
}
