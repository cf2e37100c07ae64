using Shouldly;
using Switchyard.Cli;
using Switchyard.Database;

namespace Switchyard.Tests.Cli;

/// <summary>The program as scripts see it: real processes, their output and exit codes.</summary>
public sealed class CommandLineTests
{
    [Theory, BothDatabases]
    public async Task A_command_brings_a_new_database_up_to_date_and_verify_finds_it_clean(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        var migrated = await SwitchyardProcess.Run(Text(settings), null, "migrate", "--json");
        migrated.Code.ShouldBe(ExitCode.Ok, migrated.Notes);
        migrated.Json.GetProperty("count").GetInt32().ShouldBe(Migrator.All(kind).Count);

        var verified = await SwitchyardProcess.Run(Text(settings), null, "verify", "--json");
        verified.Code.ShouldBe(ExitCode.Ok, verified.Notes);
        verified.Json.GetProperty("isClean").GetBoolean().ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_key_made_at_the_command_line_opens_the_API(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        var made = await SwitchyardProcess.Run(Text(settings), null, "key", "create", "--name", "till", "--scopes", "all", "--json");
        made.Code.ShouldBe(ExitCode.Ok, made.Notes);
        await using var shop = await Shop.Open(kind, settings: settings);
        using var http = shop.Client(made.Json.GetProperty("secret").GetString());
        var answer = await http.GetAsync("/api/v1/no-such-thing");
        ((int)answer.StatusCode).ShouldBe(404);
        (await SwitchyardProcess.Run(Text(settings), null, "key", "create", "--name", "till", "--scopes", "orders:eat")).Code.ShouldBe(ExitCode.Refused);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "frobnicate")]
    [InlineData(ExitCode.Usage, "key", "create")]
    [InlineData(ExitCode.Usage, "verify", "--loudly")]
    [InlineData(ExitCode.CannotRun, "verify")]
    [InlineData(ExitCode.CannotRun, "--json", "verify")]
    [InlineData(ExitCode.Ok, "--help")]
    [InlineData(ExitCode.Ok, "verify", "--help")]
    public async Task Exit_codes_tell_a_wrong_line_from_one_that_cannot_run(int code, params string[] arguments)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("switchyard-test-").FullName, "none.db");
        var ended = await SwitchyardProcess.Run(path, null, arguments);
        ended.Code.ShouldBe(code, ended.Notes);
        File.Exists(path).ShouldBeFalse("none of these lines may make a database");
        if (code != ExitCode.Ok) ended.Notes.Trim().ShouldNotBeEmpty();
    }

    [Fact, Trait("Kind", "Database")]
    public async Task While_a_server_has_the_file_a_command_that_writes_goes_through_it()
    {
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        await using var server = await SwitchyardProcess.Serve(settings);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(RunningServer.FileOf(settings)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // The lock is the server's, so this process could not have written; the answer comes through it.
        Should.Throw<DatabaseInUseException>(() => SqliteFileLock.Take(settings.SqlitePath));
        var made = await SwitchyardProcess.Run(settings.SqlitePath, null, "key", "create", "--name", "through the server", "--scopes", "orders:read", "--json");
        made.Code.ShouldBe(ExitCode.Ok, made.Notes);
        made.Json.GetProperty("secret").GetString()!.ShouldStartWith("sy_live_");

        (await SwitchyardProcess.Run(settings.SqlitePath, null, "key", "create", "--name", "x", "--scopes", "orders:eat")).Code.ShouldBe(ExitCode.Refused);
        (await SwitchyardProcess.Run(settings.SqlitePath, null, "verify")).Code.ShouldBe(ExitCode.Ok);

        var second = await SwitchyardProcess.Run(settings.SqlitePath, null, "serve", "--urls", "http://127.0.0.1:0");
        second.Code.ShouldBe(ExitCode.CannotRun);
        second.Notes.ShouldContain("already runs");

        (await server.Stop()).ShouldBe(0);
        File.Exists(RunningServer.FileOf(settings)).ShouldBeFalse("a server that stops takes its announcement back");
    }

    [Fact, Trait("Kind", "Database")]
    public async Task A_killed_servers_announcement_keeps_nobody_from_writing()
    {
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        await using var server = await SwitchyardProcess.Serve(settings);
        await server.Kill();
        File.Exists(RunningServer.FileOf(settings)).ShouldBeTrue();
        (await SwitchyardProcess.Run(settings.SqlitePath, null, "key", "create", "--name", "x", "--scopes", "orders:read")).Code.ShouldBe(ExitCode.Ok);
    }

    [Fact, Trait("Kind", "Database")]
    public async Task The_servers_command_door_is_closed_to_whoever_has_not_read_its_token()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var announced = RunningServer.Find(shop.Settings)!;
        (await announced.Answers(default)).ShouldBeTrue();
        (await (announced with { Token = "guess" }).Answers(default)).ShouldBeFalse();
        (await shop.Http.PostAsync(RunningServer.Path, new StringContent("{}"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public void Progress_in_plain_lines_tells_rate_and_time_left() =>
        ConsoleOutput.Sentence("Reading lines", 12_000, 48_000, TimeSpan.FromSeconds(3)).ShouldBe("Reading lines: 12,000 of 48,000, 4,000 a second, 9 s left");

    [Fact]
    public async Task Progress_elsewhere_is_a_line_every_few_seconds_and_results_stay_apart()
    {
        using var result = new StringWriter();
        using var notes = new StringWriter();
        var watch = new Stopwatch();
        await using (var output = new ConsoleOutput(result, notes, isTerminal: false, watch))
        {
            for (int line = 0; line < 100; line++)
            {
                output.Progress("Reading", line, 100);
                watch.Milliseconds += 100;
            }
            output.Line("done");
        }
        result.ToString().ShouldBe("done" + Environment.NewLine);
        notes.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    [Fact]
    public async Task On_a_terminal_bars_and_lines_share_it_and_end_with_the_command()
    {
        using var result = new StringWriter();
        using var notes = new StringWriter();
        await using (var output = new ConsoleOutput(result, notes, isTerminal: true, TimeProvider.System))
        {
            output.Progress("Reading [lines]", 1, 2);
            output.Note("half");
            output.Progress("Reading [lines]", 2, 2);
        }
        notes.ToString().ShouldContain("half");
    }

    private sealed class Stopwatch : TimeProvider
    {
        public long Milliseconds { get; set; }
        public override long TimestampFrequency => 1000;
        public override long GetTimestamp() => Milliseconds;
    }

    private static string Text(DatabaseSettings settings) => settings.Kind == DatabaseKind.Sqlite ? settings.SqlitePath : settings.ConnectionString;
}
