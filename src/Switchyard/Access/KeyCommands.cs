using System.CommandLine;
using Switchyard.Cli;

namespace Switchyard.Access;

/// <summary><c>switchyard key create | list | revoke</c>.</summary>
public static class KeyCommands
{
    public static Command Create(CommandHost host) => CommandHost.Group("key", "API keys", Make(host), List(host), Revoke(host));

    private static Command Make(CommandHost host)
    {
        var name = new Option<string>("--name") { Description = "What the key is for", Required = true };
        var scopes = new Option<string[]>("--scopes") { Description = "Permissions, or 'all': " + string.Join(", ", Permission.All), Required = true, AllowMultipleArgumentsPerToken = true };
        var nodes = new Option<string[]>("--nodes") { Description = "Codes of the nodes it is limited to; all when not said", AllowMultipleArgumentsPerToken = true };
        return host.Command("create", "Make an API key and show it once", CommandNeeds.Writes, async run =>
        {
            var wanted = Words(run.Get(scopes));
            if (wanted is ["all"]) wanted = [.. Permission.All.Select(p => p.Code)];
            var actor = await run.Actor();
            if (actor.Error is { } error) return run.Refuse(error);
            var limited = Words(run.Get(nodes));
            var request = new ManageKeys.Request(run.Get(name), wanted, limited.Count == 0 ? null : limited, null);
            var made = await ManageKeys.Create(request, run.Db, run.Clock, actor.Value);
            if (made.Error is { } refusal) return run.Refuse(refusal);
            run.Say(made.Value.Secret!);
            run.Warn($"Key {made.Value.Id} is made. Keep the secret now: it is not shown again.");
            return run.Answer(made.Value);
        }, name, scopes, nodes);
    }

    private static Command List(CommandHost host) => host.Command("list", "API keys, oldest first", CommandNeeds.Reads, async run =>
    {
        var actor = await run.Actor();
        if (actor.Error is { } error) return run.Refuse(error);
        var all = new List<ManageKeys.KeyView>();
        for (string? after = null; ;)
        {
            var page = await ManageKeys.List(250, after, run.Db, actor.Value);
            if (page.Error is { } refusal) return run.Refuse(refusal);
            all.AddRange(page.Value.Data);
            if ((after = page.Value.Next) is null) break;
        }
        foreach (var key in all)
        {
            string state = key.RevokedAt is { } gone ? $"revoked {gone:u}" : key.LastUsedAt is { } used ? $"last used {used:u}" : "not used yet";
            run.Say($"{key.Id}  {key.Prefix,-12}  {state,-32}  {key.Name}  [{string.Join(' ', key.Scopes)}]");
        }
        return run.Answer(all);
    });

    private static Command Revoke(CommandHost host)
    {
        var id = new Argument<string>("id") { Description = "The key's id, key_…" };
        return host.Command("revoke", "End an API key; it stops working at once", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } error) return run.Refuse(error);
            var done = await ManageKeys.Revoke(run.Get(id), run.Db, run.Services.GetRequiredService<SignIn>(), run.Clock, actor.Value);
            if (done.Error is { } refusal) return run.Refuse(refusal);
            run.Say($"Key {done.Value.Id} ({done.Value.Name}) is revoked.");
            return run.Answer(done.Value);
        }, id);
    }

    internal static List<string> Words(string[]? given) =>
        [.. (given ?? []).SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
