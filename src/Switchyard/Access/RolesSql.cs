using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>The roles a merchant made for itself.</summary>
internal static class RolesSql
{
    /// <summary>So few that they are read whole.</summary>
    public const int MostRoles = 200;

    public static Task<List<Role>> All(Work work) => work.Query(
        $"select id, name, permissions from roles where merchant_id = @merchant order by id limit {MostRoles}", Read);

    public static Task<Role?> Find(Work work, string id) => work.Find(
        "select id, name, permissions from roles where merchant_id = @merchant and id = @id", Read, ("id", id));

    /// <summary>A role names only rights that there are and that its maker has.</summary>
    public static void Check(Checks checks, string? name, IReadOnlyList<string>? permissions)
    {
        checks.Text(name, "/name", 100, required: true);
        CheckPermissions(checks, permissions, "/permissions");
    }

    public static void CheckPermissions(Checks checks, IReadOnlyList<string>? permissions, string pointer)
    {
        checks.Range(permissions?.Count ?? 0, 1, Permission.All.Count, pointer);
        for (int i = 0; i < Math.Min(permissions?.Count ?? 0, Permission.All.Count); i++)
            checks.That(permissions![i] is { } code && Permission.Codes.Contains(code), $"{pointer}/{i}", "access.no_such_permission",
                "There is no such permission. GET /api/v1/roles lists them all.");
    }

    public static Error? Refusal(Actor actor, IEnumerable<string> permissions) =>
        permissions.Except(actor.Permissions).ToList() is { Count: > 0 } more ? AccessErrors.BeyondYours(more) : null;

    public static string Stored(IEnumerable<string> permissions) =>
        JsonSerializer.Serialize(permissions.Distinct().Order(StringComparer.Ordinal));

    private static Role Read(Row row) =>
        new(row.Text(), row.Text(), [.. SignIn.Codes(row.Text()).Where(Permission.Codes.Contains).Order(StringComparer.Ordinal)], IsBuiltIn: false);
}
