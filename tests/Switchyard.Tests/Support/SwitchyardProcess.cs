using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Database;

namespace Switchyard.Tests;

/// <summary>The program itself in a process of its own, as a person or a script runs it.</summary>
public sealed class SwitchyardProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new(), _notes = new();
    private readonly Process _process;

    private SwitchyardProcess(Process process) => _process = process;

    /// <summary>How a command ended: its exit code, standard output and standard error.</summary>
    public sealed record Ended(int Code, string Output, string Notes)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }

    public string Output { get { lock (_output) return _output.ToString(); } }
    public string Notes { get { lock (_output) return _notes.ToString(); } }
    public int Id => _process.Id;
    /// <summary>It has ended, and the last lines of both streams have arrived.</summary>
    public bool HasEnded
    {
        get
        {
            if (!_process.HasExited) return false;
            _process.WaitForExit();
            return true;
        }
    }


    /// <summary>Runs a command to its end.</summary>
    public static Task<Ended> Run(string database, string? folder, params string[] arguments) => Run(database, folder, arguments, new Dictionary<string, string>());

    /// <param name="settings">Further variables of its environment.</param>
    public static async Task<Ended> Run(string database, string? folder, string[] arguments, IReadOnlyDictionary<string, string> settings)
    {
        await using var program = Start(database, folder, arguments, settings);
        await program._process.WaitForExitAsync();
        program._process.WaitForExit();             // the last lines of both streams have arrived
        return new Ended(program._process.ExitCode, program.Output, program._notes.ToString());
    }

    /// <summary>Starts a server on a free port and waits until it has announced itself.</summary>
    public static async Task<SwitchyardProcess> Serve(DatabaseSettings settings)
    {
        var program = Start(settings.SqlitePath, null, "serve", "--urls", "http://127.0.0.1:0");
        for (var waited = Stopwatch.StartNew(); RunningServer.Find(settings) is not { } found || !await found.Answers(default); await Task.Delay(20))
            if (program._process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(180))
                throw new InvalidOperationException("The server did not start: " + program.Output + program._notes);
        return program;
    }

    public static SwitchyardProcess Start(string database, string? folder, params string[] arguments) => Start(database, folder, arguments, new Dictionary<string, string>());

    /// <param name="settings">Further variables of its environment.</param>
    public static SwitchyardProcess Start(string database, string? folder, string[] arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
            Environment = { ["SWITCHYARD_DATABASE"] = database, ["SWITCHYARD_BOOTSTRAP_KEY"] = Shop.AdminKey },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var program = new SwitchyardProcess(Process.Start(start)!);
        program._process.OutputDataReceived += (_, line) => { lock (program._output) program._output.AppendLine(line.Data); };
        program._process.ErrorDataReceived += (_, line) => { lock (program._output) program._notes.AppendLine(line.Data); };
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Kills it as power loss would: no handler runs.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }
}
