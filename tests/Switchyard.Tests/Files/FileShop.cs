using System.Text;
using System.Text.Json;

namespace Switchyard.Tests.Files;

/// <summary>Sends and fetches CSV.</summary>
internal static class FileShop
{
    public static async Task<JsonElement> Import(this Shop shop, string kind, string csv, bool dryRun = false) =>
        await Shop.Read(await shop.SendFile(kind, Encoding.UTF8.GetBytes(csv), dryRun), 200);

    public static Task<HttpResponseMessage> SendFile(this Shop shop, string kind, byte[] csv, bool dryRun = false)
    {
        var content = new ByteArrayContent(csv);
        content.Headers.ContentType = new("text/csv");
        return shop.Http.PostAsync($"/api/v1/imports/{kind}?dryRun={(dryRun ? "true" : "false")}", content);
    }

    public static Task<string> Export(this Shop shop, string kind) => shop.Http.GetStringAsync($"/api/v1/exports/{kind}.csv");

    /// <summary>rows, created, updated, unchanged, failed.</summary>
    public static (long, long, long, long, long) Counts(this JsonElement result) => (result.GetProperty("rows").GetInt64(), result.GetProperty("created").GetInt64(),
        result.GetProperty("updated").GetInt64(), result.GetProperty("unchanged").GetInt64(), result.GetProperty("failed").GetInt64());
}
