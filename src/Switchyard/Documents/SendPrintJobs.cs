using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Sends the jobs of printers that are called at their own address. Several servers may do it: a job is taken for a lease.</summary>
public sealed class SendPrintJobs(Db db, PrinterAddresses addresses, TimeProvider clock, ILogger<SendPrintJobs> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private const int MostAtOnce = 20;

    private sealed record Job(PrintJobId Id, long Merchant, string Printer, string Host, int Port, long Copies, byte[] Content, long Attempts);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Every, clock, () => Round(stoppingToken), log, "Print jobs could not be sent", stoppingToken);

    /// <summary>Sends what is due, one job of a printer after the other; says how many it took.</summary>
    public async Task<int> Round(CancellationToken stop)
    {
        if (!await db.ReadAll(IsAnyDue)) return 0;
        var taken = await db.WriteAll(Take);
        await Task.WhenAll(taken.GroupBy(j => (j.Merchant, j.Printer)).Select(async jobs =>
        {
            foreach (var job in jobs) await Send(job, stop);
        }));
        return taken.Count;
    }

    private async Task<bool> IsAnyDue(Work work) => await work.Scalar(
        """
        select /* house */ count(*) from print_jobs j join printers p on p.merchant_id = j.merchant_id and p.code_key = j.printer_key
         where j.state in ('waiting', 'sending') and p.link = 'raw' and p.is_active = true and j.next_try_ms <= @now
        """, ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())) > 0;

    private async Task<List<Job>> Take(Work work)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var found = await work.Query(
            """
            select /* house */ j.id, j.merchant_id, j.printer_key, p.host, p.port, j.copies, f.content, j.attempts + 1 from print_jobs j
              join printers p on p.merchant_id = j.merchant_id and p.code_key = j.printer_key join documents d on d.id = j.document_id
              join document_files f on f.merchant_id = d.merchant_id and f.hash = d.hash
             where j.state in ('waiting', 'sending') and p.link = 'raw' and p.is_active = true and p.host is not null and j.next_try_ms <= @now
             order by j.created_at_ms, j.id limit @most for update of j
            """, row => new Job(new PrintJobId(row.Uuid()), row.Long(), row.Text(), row.Text(), row.Int(), row.Long(), row.Bytes(), row.Long()), ("now", now), ("most", (long)MostAtOnce));
        if (found.Count == 0) return found;
        await work.Execute("update /* house */ print_jobs set state = 'sending', attempts = attempts + 1, next_try_ms = @until, updated_at_ms = @now from @rows r where print_jobs.id = r.id",
            Rows.Of(found).Uuid("id", j => j.Id.Value), ("until", now + (long)PrintJobs.Lease.TotalMilliseconds), ("now", now));
        return found;
    }

    private async Task Send(Job job, CancellationToken stop)
    {
        string? error = null;
        try
        {
            for (int copy = 0; copy < job.Copies; copy++) await addresses.Send(job.Host, job.Port, job.Content, stop);
        }
        catch (IOException e) { error = e.Message.Length <= 500 ? e.Message : e.Message[..500]; }
        await db.Write<Done>(Actor.House("system:printing", job.Merchant), async work =>
        {
            await PrintJobs.Settle(work, job.Id, job.Attempts, error, clock.GetUtcNow());
            return new Done();
        });
    }
}
