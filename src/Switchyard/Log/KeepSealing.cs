using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>Seals the log every few seconds while something is written, and once more when the server stops.</summary>
public sealed class KeepSealing(Db db, CommitHorizon horizon, AnchorFile anchor, TimeProvider clock, ILogger<KeepSealing> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), LongestWait = TimeSpan.FromMinutes(1), LastChance = TimeSpan.FromSeconds(5);
    private long _sealedTo, _anchored;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(LastChance);
        await Seal(end.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Seal(stoppingToken);
                await Task.Delay(Pause, stoppingToken);
                await horizon.WaitBeyond(_sealedTo, LongestWait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
#pragma warning disable CA1031 // the process edge: the database may be away for a while
            catch (Exception e)
            {
                log.LogWarning(e, "The log could not be watched for sealing");
                await Task.Delay(Pause, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Seals, and writes the newest seal to the anchor unless this process has done so, whoever made it.</summary>
    private async Task Seal(CancellationToken stop)
    {
        try
        {
            if (await SealLog.Handle(db, horizon, clock) is not { } seal) return;
            _sealedTo = seal.To;
            if (seal.No == _anchored) return;
            await anchor.Append(seal, stop);
            _anchored = seal.No;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { throw; }
        catch (Exception e)
        {
            log.LogError(e, "The log could not be sealed or anchored; it is tried again");
        }
#pragma warning restore CA1031
    }
}
