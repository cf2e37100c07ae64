using System.Text;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>A file that was sent in, to be looked at and imported.</summary>
/// <param name="Encoding">utf-8, windows-1252, utf-16 or utf-16be, as its bytes say; a mapping may say otherwise.</param>
public sealed record UploadView(UploadId Id, string Name, long Bytes, string Encoding, DateTimeOffset CreatedAt)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public string Object => "upload";
}

/// <summary>A file as those that read it know it.</summary>
public sealed record Upload(long No, UploadId Id, string Name, long Bytes, string Encoding, DateTimeOffset CreatedAt);

/// <summary>Takes files in, part by part, so that no process holds a whole one and every process can read it.</summary>
public static class Uploads
{
    /// <summary>Parts are of one size, so that a place in the file says which part it is in.</summary>
    public const int PartBytes = 512 * 1024;

    /// <summary>The most a merchant's files may have together.</summary>
    public const long MostBytesKept = 4L * 1024 * 1024 * 1024;
    private const int MostName = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/uploads", async (HttpContext http, string? name, Db db, TimeProvider clock, Actor actor, CancellationToken stop) =>
                (await Take(http.Request.Body, name, db, clock, actor, stop)).ToHttp(201, file => "/api/v1/uploads/" + file.Id))
            .IsOpenToAnySignedIn().WithName("files.upload").WithSummary("Send a file in, to be previewed and imported").WithTags("Files")
            .WithDescription("The body is the file as it is, at most 256 MiB; name is what people call it. It is kept for 30 days.").Accepts<string>("text/csv")
            .WithMetadata(new TakesFiles(), new RequestSizeLimitAttribute(FilesRoom.MostFileBytes)).Produces<UploadView>(201).ProducesProblem(400).ProducesProblem(413).ProducesProblem(422);
        routes.MapGet("/uploads/{id}", async (string id, Db db, Actor actor) => (await View(id, db, actor)).ToHttp())
            .IsOpenToAnySignedIn().WithName("files.readUpload").WithSummary("What is known of a file that was sent in").WithTags("Files").Produces<UploadView>().ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with #name, uploads.empty, uploads.no_room.</remarks>
    public static async Task<Result<UploadView>> Take(Stream body, string? name, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        var checks = new Checks();
        checks.Text(name, "#name", MostName);
        if (checks.AnyFault) return checks.ToError();
        if (await db.Read(actor, work => work.Scalar("select coalesce(sum(bytes), 0) from uploads where merchant_id = @merchant")) >= MostBytesKept) return UploadErrors.NoRoom;
        actor = actor with { Stamp = null };
        var (id, now) = (UploadId.New(clock.GetUtcNow()), clock.GetUtcNow().ToUnixTimeMilliseconds());
        long no = (await db.Write<long>(actor, async work => (await work.Query(
            "insert into uploads (id, merchant_id, name, who, created_at_ms) values (@id, @merchant, @name, @who, @now) returning no", row => row.Long(),
            ("id", id.ToString()), ("name", string.IsNullOrWhiteSpace(name) ? "upload" : name.Trim()), ("who", actor.Id), ("now", now))).Single())).Value;
        var sniffer = new EncodingSniffer();
        long bytes = 0;
        byte[] part = new byte[PartBytes];
        for (long partNo = 0; ; partNo++)
        {
            int read = await body.ReadAtLeastAsync(part, PartBytes, throwOnEndOfStream: false, stop);
            if (read == 0) break;
            sniffer.Look(part.AsSpan(0, read));
            bytes += read;
            var kept = await db.Write<Done>(actor, async work =>
            {
                await work.Execute("insert into upload_parts (upload_no, part_no, merchant_id, bytes) values (@no, @part, @merchant, @bytes)",
                    ("no", no), ("part", partNo), ("bytes", part[..read]));
                return new Done();
            });
            if (kept.Error is { } error) return error;
            if (read < PartBytes) break;
        }
        if (bytes == 0) return UploadErrors.Empty;
        var done = await db.Write<Done>(actor, async work =>
        {
            await work.Execute("update uploads set bytes = @bytes, encoding = @encoding, is_whole = true where merchant_id = @merchant and no = @no",
                ("bytes", bytes), ("encoding", sniffer.Encoding), ("no", no));
            return new Done();
        });
        return done.Error is { } last ? last : await View(id.ToString(), db, actor);
    }

    public static Task<Upload?> Find(Db db, Actor actor, string? id) => !UploadId.TryParse(id, null, out var known) ? Task.FromResult<Upload?>(null)
        : db.Read(actor, work => work.Find("select no, name, bytes, encoding, created_at_ms from uploads where merchant_id = @merchant and id = @id and is_whole",
            row => new Upload(row.Long(), known, row.Text(), row.Long(), row.Text(), row.Instant()), ("id", known.ToString())));

    private static async Task<Result<UploadView>> View(string id, Db db, Actor actor) =>
        await Find(db, actor, id) is { } file ? new UploadView(file.Id, file.Name, file.Bytes, file.Encoding, file.CreatedAt) : UploadErrors.NotFound(id);
}

public static class UploadErrors
{
    public static readonly Error Empty = Error.Invalid("uploads.empty", "The file is empty.");
    public static readonly Error NoRoom = Error.Unprocessable("uploads.no_room", "The files that are kept fill what there is for them. Older ones go 30 days after they came.");
    public static Error NotFound(string? id) => Error.NotFound("uploads.not_found", $"There is no file {id}, or it has been swept.");
}

/// <summary>Finds out in which encoding a file is, while it passes: by its mark, or by whether all of it is UTF-8.</summary>
internal sealed class EncodingSniffer
{
    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    private readonly char[] _chars = new char[8 * 1024];
    private bool _isBegun, _isUtf8 = true;
    private string? _marked;

    public string Encoding => _marked ?? (_isUtf8 ? "utf-8" : "windows-1252");

    public void Look(ReadOnlySpan<byte> bytes)
    {
        if (!_isBegun) _marked = bytes switch { [0xFF, 0xFE, ..] => "utf-16", [0xFE, 0xFF, ..] => "utf-16be", _ => null };
        _isBegun = true;
        try
        {
            while (_isUtf8 && _marked is null && bytes.Length > 0)
            {
                _decoder.Convert(bytes, _chars, flush: false, out int used, out _, out _);
                bytes = bytes[used..];
            }
        }
        catch (DecoderFallbackException) { _isUtf8 = false; }
    }
}

/// <summary>Drops files when nobody is expected to need them any more. Safe to run twice and on many processes.</summary>
public sealed class SweepUploads(Db db, Jobs.JobRetention retention, TimeProvider clock, ILogger<SweepUploads> log) : BackgroundService
{
    private const int AtOnce = 50;

    /// <summary>A look; true when there is more. A file that never became whole goes after a day.</summary>
    public Task<bool> Handle()
    {
        var now = clock.GetUtcNow();
        return db.WriteAll(async work =>
        {
            long[] old = [.. await work.Query(
                "select no from uploads where created_at_ms < @before or not is_whole and created_at_ms < @yesterday order by created_at_ms limit @most -- house", row => row.Long(),
                ("before", now.AddDays(-retention.FileDays).ToUnixTimeMilliseconds()), ("yesterday", now.AddDays(-1).ToUnixTimeMilliseconds()), ("most", (long)AtOnce))];
            var batch = work.Batch();
            batch.Execute("delete from upload_parts where upload_no = any(@old) -- house", ("old", old));
            batch.Execute("delete from uploads where no = any(@old) -- house", ("old", old));
            await batch.Run();
            return old.Length == AtOnce;
        });
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(TimeSpan.FromMinutes(30), clock, async () => { while (await Handle()) { } }, log, "Old files were not swept", stoppingToken);
}
