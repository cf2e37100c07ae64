using System.Text;
using System.Text.Json;

namespace Switchyard.Tests.Files;

/// <summary>Sends files in and imports them as jobs.</summary>
internal static class ImportShop
{
    public static Task<string> Upload(this Shop shop, string csv, string name = "file.csv") => shop.Http.Upload(Encoding.UTF8.GetBytes(csv), name);

    /// <summary>The id of a file that was sent in.</summary>
    public static async Task<string> Upload(this HttpClient http, byte[] bytes, string name = "file.csv")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("text/csv");
        return (await Shop.Read(await http.PostAsync($"/api/v1/uploads?name={name}", content), 201)).Text("id")!;
    }

    /// <summary>Imports a text as a job and waits for its end; the job.</summary>
    public static async Task<JsonElement> ImportAsJob(this Shop shop, string kind, string csv, object? mapping = null, string? savedMapping = null, bool dryRun = false, bool upsert = true) =>
        await Jobs.JobShop.Ended(shop, await shop.Post("/imports", new { kind, file = await shop.Upload(csv), mapping, savedMapping, dryRun, upsert }));

    /// <summary>rows, created, updated, unchanged, failed of a job.</summary>
    public static async Task<(long, long, long, long, long)> Outcome(this Shop shop, JsonElement job) => (await shop.Get("/imports/" + job.Text("id"))).Counts();

    public static Task<string> ErrorFile(this Shop shop, JsonElement job) => shop.Http.GetStringAsync($"/api/v1/imports/{job.Text("id")}/errors.csv");

    /// <summary>Exports what a query finds; the file.</summary>
    public static async Task<string> ExportAsJob(this Shop shop, string list, string? query = null, string[]? columns = null, string format = "csv")
    {
        var job = await Jobs.JobShop.Ended(shop, await shop.Post("/exports", new { list, query, columns, format }));
        return job.Text("state") == "done" ? await shop.Http.GetStringAsync($"/api/v1/jobs/{job.Text("id")}/result") : job.GetRawText();
    }
}
