using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>
/// <c>switchyard user create | password | disable | assign</c>: how the first person gets in. Passwords are made up
/// and shown once; they are never an argument, since others on the machine could read those.
/// </summary>
public static class UserCommands
{
    public static Command Create(CommandHost host) =>
        CommandHost.Group("user", "People who sign in", Make(host), Password(host), Disable(host), Assign(host));

    private static Command Make(CommandHost host)
    {
        var name = new Argument<string>("name") { Description = "The user name to sign in with" };
        var display = new Option<string?>("--display-name") { Description = "The name others see" };
        var (roles, nodes) = Rights();
        return host.Command("create", "Add a user and show the password once", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } error) return run.Refuse(error);
            string password = NewPassword();
            var request = new CreateUser.Request(run.Get(name), run.Get(display), null, password, KeyCommands.Words(run.Get(roles)), Nodes(run.Get(nodes)));
            var made = await CreateUser.Handle(request, run.Db, run.Services.GetRequiredService<Identity>(), run.Clock, actor.Value);
            if (made.Error is { } refusal) return run.Refuse(refusal);
            return Show(run, made.Value, password);
        }, name, display, roles, nodes);
    }

    private static Command Password(CommandHost host)
    {
        var name = Name();
        return host.Command("password", "Set a new password, show it once, and end the user's sessions", CommandNeeds.Writes, async run =>
        {
            string password = NewPassword();
            var done = await OnUser(run, run.Get(name), (change, id, actor) => change.SetPassword(id, new ChangeUser.PasswordRequest(password), actor));
            return done.Error is { } refusal ? run.Refuse(refusal) : Show(run, done.Value, password);
        }, name);
    }

    private static Command Disable(CommandHost host)
    {
        var name = Name();
        return host.Command("disable", "Keep a user from signing in, and end their sessions", CommandNeeds.Writes, async run =>
        {
            var done = await OnUser(run, run.Get(name), (change, id, actor) => change.Disable(id, true, actor));
            if (done.Error is { } refusal) return run.Refuse(refusal);
            run.Say($"{done.Value.UserName} is disabled.");
            return run.Answer(done.Value);
        }, name);
    }

    private static Command Assign(CommandHost host)
    {
        var name = Name();
        var (roles, nodes) = Rights();
        return host.Command("assign", "Give a user these roles at the merchant, instead of those they have there", CommandNeeds.Writes, async run =>
        {
            var request = new ChangeUser.RolesRequest(KeyCommands.Words(run.Get(roles)), Nodes(run.Get(nodes)));
            var done = await OnUser(run, run.Get(name), (change, id, actor) => change.Assign(id, request, actor, anyMerchant: true));
            if (done.Error is { } refusal) return run.Refuse(refusal);
            run.Say($"{done.Value.UserName}: {string.Join(", ", done.Value.Roles)}");
            return run.Answer(done.Value);
        }, name, roles, nodes);
    }

    private static async Task<Result<UserView>> OnUser(CommandRun run, string name, Func<ChangeUser.Change, string, Actor, Task<Result<UserView>>> change)
    {
        var actor = await run.Actor();
        if (actor.Error is { } error) return error;
        string normal = run.Services.GetRequiredService<Identity>().Normal(name.Trim());
        var found = await run.Db.ReadAll(work => work.Query("select id from users where normalized_user_name = @name -- house", row => row.Text(), ("name", normal)));
        return found is [var id] ? await change(run.Services.GetRequiredService<ChangeUser.Change>(), id, actor.Value) : AccessErrors.UserNotFound(name);
    }

    private static int Show(CommandRun run, UserView user, string password)
    {
        run.Say(password);
        run.Warn($"This is the password of {user.UserName}. Keep it now: it is not shown again.");
        return run.Answer(new { user, password });
    }

    private static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15));

    private static Argument<string> Name() => new("name") { Description = "The user's name" };
    private static List<string>? Nodes(string[]? given) => KeyCommands.Words(given) is { Count: > 0 } nodes ? nodes : null;

    private static (Option<string[]> Roles, Option<string[]> Nodes) Rights() =>
        (new("--roles") { Description = "Roles, for instance " + string.Join(", ", BuiltInRoles.All.Select(r => r.Id)), Required = true, AllowMultipleArgumentsPerToken = true },
         new("--nodes") { Description = "Codes of the nodes they are limited to; all when not said", AllowMultipleArgumentsPerToken = true });
}
