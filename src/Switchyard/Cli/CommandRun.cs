using System.CommandLine;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Cli;

/// <summary>One command being run: the house it works on, the line it came from and where it speaks to.</summary>
public sealed class CommandRun(IServiceProvider services, ParseResult parsed, CommandHost host, bool isInServer, CancellationToken stop)
{
    /// <summary>The rooms' services. Background services run only inside a server; a command does not wait for them.</summary>
    public IServiceProvider Services => services;
    public Db Db => services.GetRequiredService<Db>();
    public TimeProvider Clock => services.GetRequiredService<TimeProvider>();
    public CancellationToken Stop => stop;

    /// <summary>The command line sent this command to the running server.</summary>
    public bool IsInServer => isInServer;
    public bool IsJson => parsed.GetValue(host.Json);

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);
    public T Get<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>Acts for the merchant of <c>--merchant</c>, or for the first of the house.</summary>
    /// <remarks>Errors: cli.no_such_merchant.</remarks>
    public async Task<Result<Actor>> Actor()
    {
        string? code = parsed.GetValue(host.Merchant);
        var found = await Db.ReadAll(work => work.Query(
            "select id from merchants where @code::text is null or code = @code order by id limit 1", row => row.Long(), ("code", code)));
        return found is [var merchant] ? Access.Actor.House("cli", merchant)
            : Error.NotFound("cli.no_such_merchant", $"There is no merchant {code}.");
    }

    /// <summary>Says something to a person; not said under --json.</summary>
    public void Say(string line) { if (!IsJson) host.Output.Line(line); }

    /// <summary>Warns a person, on standard error.</summary>
    public void Warn(string line) => host.Output.Note(line);

    public void Progress(string what, long done, long? total = null) => host.Output.Progress(what, done, total);

    /// <summary>The result for programs, one JSON document on a line; only under --json.</summary>
    public int Answer(object answer, int exitCode = ExitCode.Ok)
    {
        if (IsJson) host.Output.Line(JsonSerializer.Serialize(answer, Json.Options));
        return exitCode;
    }

    /// <summary>The command is refused: the reason for people, or as a problem for programs.</summary>
    public int Refuse(Error error, int exitCode = ExitCode.Refused)
    {
        foreach (var field in error.Fields) if (!IsJson) host.Output.Note($"{field.Pointer}: {field.Detail}");
        if (!IsJson) host.Output.Note(error.Detail);
        return Answer(new { error = new { error.Code, error.Detail, errors = error.Fields } }, exitCode);
    }
}
