using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>
/// Sends the jobs of printers that are called at their own address. Each printer has a task of its own, so that one that is off or slow keeps no other waiting. Several servers may do it:
/// a job is taken for a lease, renewed before each copy, and a try whose lease was lost says nothing about the job any more.
/// </summary>
public sealed class SendPrintJobs(Db db, PrinterAddresses addresses, TimeProvider clock, ILogger<SendPrintJobs> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), RestOfADeadPrinter = TimeSpan.FromSeconds(30);
    private const int MostOfAPrinter = 4, MostAtOnce = 40;
    private readonly Dictionary<(long Merchant, string Printer), Task> _busy = [];

    private sealed record Job(PrintJobId Id, long Merchant, string Printer, string Host, int Port, long Copies, byte[] Content, long Attempts);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.Every(Every, clock, () => Round(stoppingToken), log, "Print jobs could not be sent", stoppingToken);
        await Task.WhenAll(_busy.Values);
    }

    /// <summary>Begins what is due of printers that are not busy.</summary>
    private async Task Round(CancellationToken stop)
    {
        foreach (var (printer, _) in _busy.Where(b => b.Value.IsCompleted).ToList()) _busy.Remove(printer);
        if (!await db.ReadAll(IsAnyDue)) return;
        foreach (var jobs in (await db.WriteAll(Take)).GroupBy(j => (j.Merchant, j.Printer))) _busy[jobs.Key] = Task.Run(() => Send([.. jobs], stop), CancellationToken.None);
    }

    private const string Due = "j.state in ('waiting', 'sending') and p.link = 'raw' and p.is_active = true and p.host is not null and j.next_try_ms <= @now";

    // Of the busy ones the next few wait until they are done.
    private (string, object?)[] Free => [("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("busy", _busy.Keys.Select(b => Text.Invariant(b.Merchant) + ":" + b.Printer).ToArray())];

    private async Task<bool> IsAnyDue(Work work) => await work.Scalar(
        $"""
        select /* house */ count(*) from print_jobs j join printers p on p.merchant_id = j.merchant_id and p.code_key = j.printer_key
         where {Due} and not (j.merchant_id || ':' || j.printer_key = any(@busy))
        """, Free) > 0;

    private async Task<List<Job>> Take(Work work)
    {
        var now = clock.GetUtcNow();
        var found = await work.Query(
            $"""
            select /* house */ j.id, j.merchant_id, j.printer_key, p.host, p.port, j.copies, f.content, j.attempts + 1 from (
                select j.id, row_number() over (partition by j.merchant_id, j.printer_key order by j.created_at_ms, j.id) as place
                  from print_jobs j join printers p on p.merchant_id = j.merchant_id and p.code_key = j.printer_key
                 where {Due} and not (j.merchant_id || ':' || j.printer_key = any(@busy))) t
              join print_jobs j on j.id = t.id join printers p on p.merchant_id = j.merchant_id and p.code_key = j.printer_key join documents d on d.id = j.document_id
              join document_files f on f.merchant_id = d.merchant_id and f.hash = d.hash
             where t.place <= @each and {Due} order by j.created_at_ms, j.id limit @most for update of j skip locked
            """, row => new Job(new PrintJobId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Int(), row.Long(), row.Bytes(), row.Long()),
            [.. Free, ("each", (long)MostOfAPrinter), ("most", (long)MostAtOnce)]);
        if (found.Count == 0) return found;
        await work.Execute("update /* house */ print_jobs set state = 'sending', attempts = attempts + 1, next_try_ms = @until, updated_at_ms = @now from @rows r where print_jobs.id = r.id",
            Rows.Of(found).Uuid("id", j => j.Id.Value), ("until", (now + PrintJobs.Lease).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
        return found;
    }

    // The jobs of one printer, one after the other; once it does not answer the rest waits.
    private async Task Send(List<Job> jobs, CancellationToken stop)
    {
        try
        {
            for (int i = 0; i < jobs.Count; i++)
            {
                var (hasIt, error) = await Try(jobs[i], stop);
                if (!hasIt) continue;
                var now = clock.GetUtcNow();
                await Write(jobs[i], work => PrintJobs.Settle(work, jobs[i].Id, jobs[i].Attempts, error, now));
                if (error is null) continue;
                await Write(jobs[i], work => PrintJobs.GiveBack(work, [.. jobs.Skip(i + 1).Select(j => (j.Id, j.Attempts))], now + RestOfADeadPrinter));
                return;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* the leases run out by themselves */ }
#pragma warning disable CA1031 // one printer's fault stops no other
        catch (Exception e) { log.LogWarning(e, "Jobs of printer {Printer} could not be sent; they are tried again", jobs[0].Printer); }
#pragma warning restore CA1031
    }

    private async Task<(bool HasIt, string? Error)> Try(Job job, CancellationToken stop)
    {
        try
        {
            for (long copy = 0; copy < job.Copies; copy++)
            {
                bool isOurs = false;
                await Write(job, async work => isOurs = await PrintJobs.Renew(work, job.Id, job.Attempts, clock.GetUtcNow()));
                if (!isOurs) return (false, null);
                await addresses.Send(job.Host, job.Port, job.Content, stop);
            }
            return (true, null);
        }
        catch (IOException e) { return (true, e.Message.Length <= 500 ? e.Message : e.Message[..500]); }
    }

    private Task Write(Job job, Func<Work, Task> write) => db.Write<Done>(Actor.House("system:printing", job.Merchant), async work =>
    {
        await write(work);
        return new Done();
    });
}
