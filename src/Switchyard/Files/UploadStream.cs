using System.Text;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Files;

/// <summary>Reads a file that was sent in, from any place on, one part in memory at a time.</summary>
public sealed class UploadStream : Stream
{
    private readonly Db _db;
    private readonly Actor _actor;
    private readonly long _upload;
    private long _next;
    private ReadOnlyMemory<byte> _part;
    private int _skip;

    static UploadStream() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private UploadStream(Db db, Actor actor, long upload, long offset) =>
        (_db, _actor, _upload, _next, _skip) = (db, actor, upload, offset / Uploads.PartBytes, (int)(offset % Uploads.PartBytes));

    /// <summary>The encodings that are understood, by the name mappings use.</summary>
    public static readonly IReadOnlyList<string> Encodings = ["utf-8", "windows-1252", "utf-16", "utf-16be", "iso-8859-15"];

    /// <summary>The file as UTF-8, from a place on that is counted in bytes of UTF-8.</summary>
    public static async Task<Stream> Open(Db db, Actor actor, Upload upload, string? encoding, long offset, CancellationToken stop)
    {
        string name = encoding ?? upload.Encoding;
        if (name == "utf-8") return new UploadStream(db, actor, upload.No, offset);
        var text = Encoding.CreateTranscodingStream(new UploadStream(db, actor, upload.No, 0), Find(name), new UTF8Encoding(false));
        byte[] passed = new byte[64 * 1024];
        while (offset > 0)
        {
            int read = await text.ReadAsync(passed.AsMemory(0, (int)Math.Min(offset, passed.Length)), stop);
            if (read == 0) break;
            offset -= read;
        }
        return text;
    }

    /// <summary>The bytes as they came.</summary>
    public static Stream Raw(Db db, Actor actor, Upload upload) => new UploadStream(db, actor, upload.No, 0);

    private static Encoding Find(string name) => Encoding.GetEncoding(name switch { "utf-16" => "utf-16", "utf-16be" => "utf-16BE", _ => name });

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_part.Length == 0)
        {
            var found = await _db.Read(_actor, work => work.Query("select bytes from upload_parts where merchant_id = @merchant and upload_no = @no and part_no = @part",
                row => row.Bytes(), ("no", _upload), ("part", _next)));
            if (found is not [var bytes]) return 0;
            _part = bytes.AsMemory(Math.Min(_skip, bytes.Length));
            (_next, _skip) = (_next + 1, 0);
        }
        int taken = Math.Min(buffer.Length, _part.Length);
        _part[..taken].CopyTo(buffer);
        _part = _part[taken..];
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file is read asynchronously.");
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
