using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Access;

/// <summary>A person sets a password of their own, knowing the old one. All their sessions end, this one too.</summary>
public static class ChangeOwnPassword
{
    public sealed record Request(string? Present, string? Wanted);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/session/password", async (Request body, HttpContext http, Login login, Db db, Identity identity, SignIn signIn, TimeProvider clock, Actor actor) =>
        {
            if (http.Items[typeof(SignedInUser)] is not SignedInUser user) return AccessErrors.NotAPerson.ToHttp();
            var checks = new Checks();
            checks.Text(body.Present, "/present", Passwords.Longest, required: true);
            Passwords.Check(checks, body.Wanted, user.UserName, "/wanted");
            if (checks.AnyFault) return checks.ToError().ToHttp();
            var known = await login.Check(user.UserName, body.Present!, LoginThrottle.Network(http.Connection.RemoteIpAddress));
            if (known.Error is { } error) return error.ToHttp();
            var changed = await Handle(user.Id, identity.HashOf(body.Wanted!), db, identity, clock, actor);
            signIn.Forget();
            return changed.Error is { } refusal ? refusal.ToHttp() : Results.NoContent();
        })
        .IsOpenToAnySignedIn().WithName("session.changePassword").WithSummary("Change one's own password").Produces(204)
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);

    // Without the Idempotency-Key: no hash of a password is to be stored with it, and a repeat fails harmlessly at the old password.
    private static Task<Result<Done>> Handle(string id, string hash, Db db, Identity identity, TimeProvider clock, Actor actor) =>
        db.Write(actor with { Stamp = null }, async Task<Result<Done>> (work) =>
        {
            using var users = await identity.In(work);
            var user = (await users.FindByIdAsync(id))!;
            user.PasswordHash = hash;
            Must.Hold((await users.UpdateSecurityStampAsync(user)).Succeeded, "a user found in this transaction can be saved");
            await work.Execute("delete from sessions where user_id = @id", ("id", id));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("user", id, "UserPasswordChanged", new { }));
            return new Done();
        });
}
