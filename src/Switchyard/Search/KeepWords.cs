using Switchyard.Database;

namespace Switchyard.Search;

/// <summary>
/// Things whose words are kept beside them: a row that was written says by its version that its words are to be read anew.
/// Registered with <c>services.AddSingleton(new WordSource(…))</c>.
/// </summary>
/// <param name="Name">Of the list, for people who watch.</param>
/// <param name="IsAnyWaiting">A look that writes nothing.</param>
/// <param name="Read">Reads the words of at most so many that wait; answers how many it read.</param>
public sealed record WordSource(string Name, Func<Work, Task<bool>> IsAnyWaiting, Func<Work, int, Task<int>> Read);

/// <summary>Reads the words of whatever was written without them: by files, by orders, by an earlier version. Safe on many processes.</summary>
public sealed class KeepWords(IEnumerable<WordSource> sources, Db db, ILogger<KeepWords> log) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2), Breath = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = db.Pulse.Wait(Poll, stoppingToken);
            try
            {
                foreach (var source in sources) await Catch(source, stoppingToken);
                await next;
                await Task.Delay(Breath, stoppingToken);         // commits come in crowds: one look serves many
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
#pragma warning disable CA1031 // the process edge: what is thrown past here would stop the server
            catch (Exception e)
            {
                log.LogWarning(e, "Words were not read; the next round tries again");
                await Task.Delay(Poll, CancellationToken.None);
            }
#pragma warning restore CA1031
        }
    }

    private async Task Catch(WordSource source, CancellationToken stop)
    {
        if (!await db.ReadAll(source.IsAnyWaiting)) return;
        int read = AtOnce;
        while (read == AtOnce && !stop.IsCancellationRequested) read = await db.WriteAll(work => source.Read(work, AtOnce));
    }
}
