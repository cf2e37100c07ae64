using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Access;

/// <summary>Adds a person who may sign in, with roles at the merchant of the request.</summary>
public static class CreateUser
{
    public sealed record Request(string? UserName, string? DisplayName, string? Email, string? Password,
        IReadOnlyList<string>? Roles, IReadOnlyList<string>? Nodes);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/users", async (Request body, Db db, Identity identity, TimeProvider clock, Actor actor) =>
            (await Handle(body, db, identity, clock, actor)).ToHttp(StatusCodes.Status201Created, user => "/api/v1/users/" + user.Id))
        .Requires(Permission.AccessManage).WithName("users.create").WithSummary("Add a user").Produces<UserView>(201)
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);

    public static async Task<Result<UserView>> Handle(Request body, Db db, Identity identity, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.UserName, "/userName", 100, required: true);
        checks.That(body.UserName is null || !body.UserName.Any(char.IsControl), "/userName", "field.not_text", "A user name has no control characters.");
        checks.Text(body.DisplayName, "/displayName", 200);
        checks.Text(body.Email, "/email", 254);
        checks.That(string.IsNullOrEmpty(body.Email) || body.Email.Contains('@'), "/email", "field.malformed", "An e-mail address has an @.");
        Passwords.Check(checks, body.Password, body.UserName, "/password");
        Rights.Check(checks, body.Roles, body.Nodes, fewest: 1);
        if (checks.AnyFault) return checks.ToError();

        string hash = identity.HashOf(body.Password!), name = body.UserName!.Trim();
        try
        {
            return await db.Write(WithoutPassword(actor, body), async Task<Result<UserView>> (work) =>
            {
                var rights = await Rights.Give(work, actor, body.Roles!, body.Nodes);
                if (rights.Error is { } error) return error;
                using var users = await identity.In(work);
                if (await users.FindByNameAsync(name) is not null) return AccessErrors.UserNameTaken(name);
                var now = clock.GetUtcNow();
                var user = new User
                {
                    Id = "usr_" + Guid.CreateVersion7(now).ToString("N"), UserName = name, Email = string.IsNullOrEmpty(body.Email) ? null : body.Email,
                    DisplayName = string.IsNullOrWhiteSpace(body.DisplayName) ? name : body.DisplayName, PasswordHash = hash,
                };
                var created = await users.CreateAsync(user);
                Must.Hold(created.Succeeded, "a checked user can be created");
                await UsersSql.Assign(work, user.Id, rights.Value.Roles, rights.Value.Scope);
                await EventLog.Append(work, actor, now, new Happening("user", user.Id, "UserCreated", rights.Value.Told));
                return await UsersSql.View(work, user.Id);
            });
        }
        catch (DbUpdateException e) when (e.InnerException is { } inner && Dialect.IsUniqueViolation(inner, out _))
        {
            return AccessErrors.UserNameTaken(name);
        }
    }

    // The request's hash is stored with its Idempotency-Key; a plain hash over a password would be a way to guess it.
    private static Actor WithoutPassword(Actor actor, Request body) => actor.Stamp is not { } stamp ? actor
        : actor with { Stamp = stamp with { Hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body with { Password = null }, Json.Options)) } };
}
