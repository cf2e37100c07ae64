using System.CommandLine;
using System.Text.Json;
using Switchyard.Http;

namespace Switchyard.Cli;

/// <summary>The server and key that <c>switchyard login</c> keeps for this user, in a file that nobody else can read.</summary>
public sealed record Login(string Server, string Key)
{
    /// <summary><c>~/.config/switchyard/login.json</c>, or where XDG_CONFIG_HOME says.</summary>
    public static string FilePath => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } home ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "switchyard", "login.json");

    /// <summary>What was kept; null when nobody has logged in, or the file says nothing.</summary>
    public static Login? Stored()
    {
        try { return File.Exists(FilePath) ? JsonSerializer.Deserialize<Login>(File.ReadAllText(FilePath), Json.Options) : null; }
        catch (JsonException) { return null; }
    }

    public void Store()
    {
        string folder = Path.GetDirectoryName(FilePath)!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(FilePath);                              // an older one may be open to others
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(FilePath, options);
        JsonSerializer.Serialize(stream, this, Json.Options);
    }

    /// <summary><c>switchyard login</c>: tries the key, and keeps it with the server's address.</summary>
    public static Command Create(CommandHost host)
    {
        var caller = new ApiOptions();
        var forget = new Option<bool>("--forget") { Description = "Forget the server and the key instead" };
        var command = CommandHost.Group("login", "Keep a server's address and an API key for the commands that call it", [.. caller.All, forget]);
        command.SetAction((parsed, stop) => LocalRunner.Guard(host, async () =>
        {
            bool isJson = parsed.GetValue(host.Json);
            if (parsed.GetValue(forget))
            {
                bool wasThere = File.Exists(FilePath);
                if (wasThere) File.Delete(FilePath);
                host.Output.Line(isJson ? JsonSerializer.Serialize(new { forgotten = wasThere }, Json.Options) : wasThere ? "Forgotten." : "Nobody was logged in.");
                return ExitCode.Ok;
            }
            string? typed = caller.KeySaid(parsed);
            if (typed is null && !Console.IsInputRedirected) host.Output.Note("API key:");
            using var api = caller.Open(host, parsed, typed ?? Console.ReadLine()?.Trim(), out int refused);
            if (api is null) return refused;
            var (session, code) = await api.Get("api/v1/session", stop);
            if (session is not { } who) return code;
            new Login(api.Address, api.Key).Store();
            host.Output.Line(isJson ? JsonSerializer.Serialize(new { server = api.Address, actor = who.GetProperty("actor").GetString(), merchant = who.GetProperty("merchant").GetString(), file = FilePath }, Json.Options)
                : $"Logged in at {api.Address} as {who.GetProperty("actor").GetString()} of merchant {who.GetProperty("merchant").GetString()}. Kept in {FilePath}.");
            return ExitCode.Ok;
        }));
        return command;
    }
}
