using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Jobs;

/// <summary>Files of jobs, kept in parts in the database, so that every process serves them and a backup has them.</summary>
public static class JobFiles
{
    public const string Input = "input", Output = "result";

    /// <summary>The most bytes of a result.</summary>
    public const long MostBytes = 256L * 1024 * 1024;
    private const int PartBytes = 512 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/jobs/{id}/result", Answer)
            .IsOpenToAnySignedIn().WithMetadata(new TellsPrices()).WithName("jobs.result").WithSummary("The file a job made").WithTags("Jobs")
            .Produces<string>(200, "text/csv").ProducesProblem(404);

    /// <summary>Adds bytes behind those that are there, as parts from <paramref name="firstPart"/> on.</summary>
    /// <returns>The number of the next part.</returns>
    internal static async Task<long> Append(Work work, long job, string role, long firstPart, byte[] bytes)
    {
        var parts = bytes.Chunk(PartBytes).Select((part, i) => (No: firstPart + i, Bytes: part)).ToList();
        await work.Execute(
            "insert into job_files (job_no, role, part_no, merchant_id, bytes) select @job, @role, part_no, @merchant, bytes from @rows r",
            Rows.Of(parts).Long("part_no", p => p.No).Bytes("bytes", p => p.Bytes), ("job", job), ("role", role));
        return firstPart + parts.Count;
    }

    /// <summary>Adds to the result of a job, in the transaction of a chunk.</summary>
    /// <remarks>Errors: jobs.result_too_large.</remarks>
    public static async Task<Result<Done>> AppendResult(Work work, Job job, string name, string contentType, byte[] bytes)
    {
        var had = (await work.Query("select result_bytes from jobs where merchant_id = @merchant and no = @no", row => row.Long(), ("no", job.No))).Single();
        if (had + bytes.Length > MostBytes) return JobErrors.TooLarge(MostBytes);
        long next = await work.Scalar("select coalesce(max(part_no), -1) + 1 from job_files where merchant_id = @merchant and job_no = @no and role = @role", ("no", job.No), ("role", Output));
        await Append(work, job.No, Output, next, bytes);
        await work.Execute("update jobs set result_name = @name, result_type = @type, result_bytes = @bytes where merchant_id = @merchant and no = @no",
            ("name", name), ("type", contentType), ("bytes", had + bytes.Length), ("no", job.No));
        return new Done();
    }

    /// <summary>The parts of a file, one at a time.</summary>
    public static async IAsyncEnumerable<byte[]> Read(Db db, Actor actor, long job, string role)
    {
        for (long part = 0; ; part++)
        {
            var bytes = await db.Read(actor, work => work.Query(
                "select bytes from job_files where merchant_id = @merchant and job_no = @job and role = @role and part_no = @part", row => row.Bytes(),
                ("job", job), ("role", role), ("part", part)));
            if (bytes is not [var one]) yield break;
            yield return one;
        }
    }

    private static async Task Answer(string id, HttpContext http, Db db, Actor actor, IEnumerable<JobKind> kinds)
    {
        var found = await ListJobs.Find(id, db, actor, kinds);
        if (found.Error is { } error) { await Problems.Write(http, error); return; }
        long job = await db.Read(actor, work => work.Scalar("select no from jobs where merchant_id = @merchant and id = @id", ("id", id)));
        if (found.Value.Result is not { } result) { await Problems.Write(http, JobErrors.NoResult); return; }
        bool isBegun = false;
        await foreach (byte[] part in Read(db, actor, job, Output))
        {
            if (!isBegun)
            {
                http.Response.ContentType = result.ContentType;
                http.Response.ContentLength = result.Bytes;
                http.Response.Headers.ContentDisposition = $"attachment; filename=\"{result.Name}\"";
                isBegun = true;
            }
            await http.Response.Body.WriteAsync(part, http.RequestAborted);
        }
        if (!isBegun) await Problems.Write(http, JobErrors.NoResult);
    }
}
