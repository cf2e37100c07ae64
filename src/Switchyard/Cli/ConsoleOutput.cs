using System.Globalization;
using Spectre.Console;

namespace Switchyard.Cli;

/// <summary>
/// Results on standard output, all else on standard error. On a terminal long work has a bar; elsewhere it is told in
/// plain lines, one every few seconds.
/// </summary>
public sealed class ConsoleOutput(TextWriter result, TextWriter notes, bool isTerminal, TimeProvider clock) : CommandOutput
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(3);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Told> _told = [];
    private ProgressBars? _bars;

    private sealed class Told(long startedAt)
    {
        public long StartedAt { get; } = startedAt;
        public long LastAt { get; set; } = startedAt;
    }

    /// <summary>This process's own terminal.</summary>
    public static ConsoleOutput OfProcess() => new(Console.Out, Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    public override void Line(string text) => Write(result, text, Console.IsOutputRedirected);

    public override void Note(string text) => Write(notes, text, !isTerminal);

    public override void Progress(string what, long done, long? total)
    {
        lock (_lock)
        {
            if (isTerminal) { (_bars ??= new ProgressBars(notes)).Show(what, done, total); return; }
            long now = clock.GetTimestamp();
            if (!_told.TryGetValue(what, out var told)) { _told[what] = new Told(now); return; }
            if (clock.GetElapsedTime(told.LastAt, now) < BetweenLines) return;
            told.LastAt = now;
            notes.WriteLine(Sentence(what, done, total, clock.GetElapsedTime(told.StartedAt, now)));
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_bars is not null) await _bars.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>"Reading lines: 12,000 of 48,000, 4,000 a second, 9 s left".</summary>
    internal static string Sentence(string what, long done, long? total, TimeSpan elapsed)
    {
        double rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        string text = string.Create(CultureInfo.InvariantCulture, $"{what}: {done:N0}{(total is { } all ? $" of {all.ToString("N0", CultureInfo.InvariantCulture)}" : "")}");
        if (rate >= 1) text += string.Create(CultureInfo.InvariantCulture, $", {rate:N0} a second");
        if (rate > 0 && total is { } end && end > done) text += string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling((end - done) / rate):N0} s left");
        return text;
    }

    // A line written past a live bar would tear it, so on a terminal lines go through the bars while they are shown.
    private void Write(TextWriter writer, string text, bool isElsewhere)
    {
        lock (_lock)
        {
            if (_bars is null || isElsewhere) writer.WriteLine(text);
            else _bars.Line(text);
        }
    }

    /// <summary>Spectre's live display, kept open until the command ends.</summary>
    private sealed class ProgressBars : IAsyncDisposable
    {
        private readonly IAnsiConsole _console;
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Dictionary<string, ProgressTask> _tasks = [];
        private readonly ProgressContext _context;
        private readonly Task _display;

        public ProgressBars(TextWriter terminal)
        {
            _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal) });
            var opened = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
            _display = _console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async context => { opened.SetResult(context); await _ended.Task; });
            _context = opened.Task.GetAwaiter().GetResult();
        }

        public void Show(string what, long done, long? total)
        {
            if (!_tasks.TryGetValue(what, out var task)) _tasks[what] = task = _context.AddTask(Markup.Escape(what));
            task.IsIndeterminate = total is null;
            task.MaxValue = Math.Max(1, total ?? done + 1);
            task.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{what} {done:N0}"));
            task.Value = done;
        }

        public void Line(string text) => _console.WriteLine(text);

        public async ValueTask DisposeAsync()
        {
            _ended.TrySetResult();
            await _display;
        }
    }
}
