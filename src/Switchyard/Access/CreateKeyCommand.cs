using System.CommandLine;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Access;

/// <summary><c>switchyard key create</c>: an API key for a program, shown once.</summary>
public static class CreateKeyCommand
{
    public static Command Create(CommandHost host)
    {
        var name = new Option<string>("--name") { Description = "What the key is for", Required = true };
        var scopes = new Option<string[]>("--scopes") { Description = "Permissions, or 'all': " + string.Join(", ", Permission.All), Required = true, AllowMultipleArgumentsPerToken = true };
        return CommandHost.Group("key", "API keys", host.Command("create", "Make an API key and show it once", CommandNeeds.Writes, async run =>
        {
            var wanted = run.Get(scopes)!.SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
            if (wanted is ["all"]) wanted = [.. Permission.All.Select(p => p.Code)];
            var actor = await run.Actor();
            if (actor.Error is { } error) return run.Refuse(error);
            var made = await Handle(run, actor.Value, run.Get(name)!, wanted);
            if (made.Error is { } refusal) return run.Refuse(refusal);
            run.Say(made.Value.Secret);
            run.Warn($"Key {made.Value.Id} is made. Keep the secret now: it is not shown again.");
            return run.Answer(made.Value);
        }, name, scopes));
    }

    public sealed record Made(string Id, string Name, IReadOnlyList<string> Scopes, string Secret);

    private static async Task<Result<Made>> Handle(CommandRun run, Actor actor, string name, IReadOnlyList<string> scopes)
    {
        var checks = new Checks();
        checks.Text(name, "#name", 200, required: true);
        foreach (string scope in scopes)
            checks.That(Permission.All.Any(p => p.Code == scope), "#scopes", "access.no_such_permission", $"There is no permission {scope}.");
        if (checks.AnyFault) return checks.ToError();

        string secret = ApiKeys.NewSecret();
        var made = new Made(ApiKeys.NewId(run.Clock), name, scopes, secret);
        var now = run.Clock.GetUtcNow();
        return await run.Db.Write<Made>(actor, async work =>
        {
            await work.Execute(
                """
                insert into api_keys (id, merchant_id, name, prefix, secret_hash, scopes, created_by, created_at_ms)
                values (@id, @merchant, @name, @prefix, @hash, @scopes, @actor, @now)
                """,
                ("id", made.Id), ("name", name), ("prefix", secret[..12]), ("hash", SignIn.HashOf(secret)),
                ("scopes", JsonSerializer.Serialize(scopes)), ("actor", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("api_key", made.Id, "ApiKeyCreated", new { name, scopes }));
            return made;
        });
    }
}
