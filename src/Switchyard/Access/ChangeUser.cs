using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Access;

/// <summary>Disables and enables users, sets passwords, gives roles. Each ends or changes live sessions at once.</summary>
public static class ChangeUser
{
    public sealed record PasswordRequest(string? Password);
    public sealed record RolesRequest(IReadOnlyList<string>? Roles, IReadOnlyList<string>? Nodes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users/{id}");
        Describe(users.MapPost("/disable", async (string id, Change change, Actor actor) => (await change.Disable(id, true, actor)).ToHttp()), "users.disable", "Lock a user out");
        Describe(users.MapPost("/enable", async (string id, Change change, Actor actor) => (await change.Disable(id, false, actor)).ToHttp()), "users.enable", "Let a user in again");
        Describe(users.MapPut("/password", async (string id, PasswordRequest body, Change change, Actor actor) =>
            (await change.SetPassword(id, body, actor)).ToHttp()), "users.setPassword", "Give a user another password");
        Describe(users.MapPut("/roles", async (string id, RolesRequest body, Change change, Actor actor) =>
            (await change.Assign(id, body, actor)).ToHttp()), "users.assign", "Give a user roles and nodes");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) => route
        .Requires(Permission.AccessManage).WithName(name).WithSummary(summary).Produces<UserView>()
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    /// <summary>The changes themselves; the command line uses them too.</summary>
    public sealed class Change(Db db, Identity identity, SignIn signIn, TimeProvider clock)
    {
        public Task<Result<UserView>> Disable(string id, bool isDisabled, Actor actor)
        {
            if (isDisabled && actor.Id == "user:" + id) return Task.FromResult<Result<UserView>>(AccessErrors.NotYourself);
            return OfWholeUser(id, actor, isDisabled ? "UserDisabled" : "UserEnabled", user => user.IsDisabled = isDisabled);
        }

        public async Task<Result<UserView>> SetPassword(string id, PasswordRequest body, Actor actor)
        {
            var checks = new Checks();
            Passwords.Check(checks, body.Password, null, "/password");
            if (checks.AnyFault) return checks.ToError();
            string hash = identity.HashOf(body.Password!);
            // Without the key: the same password set twice changes nothing, and no hash of it is to be stored.
            return await OfWholeUser(id, actor with { Stamp = null }, "UserPasswordSet", user => user.PasswordHash = hash);
        }

        /// <param name="anyMerchant">The operator gives somebody of another merchant their first role at this one.</param>
        public async Task<Result<UserView>> Assign(string id, RolesRequest body, Actor actor, bool anyMerchant = false)
        {
            var checks = new Checks();
            Rights.Check(checks, body.Roles, body.Nodes, fewest: 1);
            if (checks.AnyFault) return checks.ToError();
            var done = await db.Write(actor, async Task<Result<UserView>> (work) =>
            {
                var user = await UsersSql.Find(work, id);
                if (user is null && !anyMerchant) return AccessErrors.UserNotFound(id);
                if (user is not null && UsersSql.Refusal(actor, user) is { } refusal) return refusal;
                var rights = await Rights.Give(work, actor, body.Roles!, body.Nodes);
                if (rights.Error is { } error) return error;
                await UsersSql.Assign(work, id, rights.Value.Roles, rights.Value.Scope);
                await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("user", id, "UserRolesChanged", rights.Value.Told));
                return await UsersSql.View(work, id);
            });
            signIn.Forget();
            return done;
        }

        /// <summary>A change of the person, whom all their merchants share: a new security stamp ends every session.</summary>
        private async Task<Result<UserView>> OfWholeUser(string id, Actor actor, string happened, Action<User> change)
        {
            bool isShared = !(actor.IsHouse && actor.Permissions.IsSupersetOf(Permission.Codes)) && await UsersSql.IsShared(db, id, actor.Merchant);
            var done = await db.Write(actor, async Task<Result<UserView>> (work) =>
            {
                if (await UsersSql.Find(work, id) is not { } stored) return AccessErrors.UserNotFound(id);
                if (UsersSql.Refusal(actor, stored) is { } refusal) return refusal;
                if (isShared) return AccessErrors.UserIsShared;
                using var users = await identity.In(work);
                var user = (await users.FindByIdAsync(id))!;
                change(user);
                var saved = await users.UpdateSecurityStampAsync(user);
                Must.Hold(saved.Succeeded, "a user found in this transaction can be saved");
                await work.Execute("delete from sessions where user_id = @id", ("id", id));
                await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("user", id, happened, new { }));
                return await UsersSql.View(work, id);
            });
            signIn.Forget();
            return done;
        }
    }
}
