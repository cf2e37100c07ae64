using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Http;

/// <summary>A file of the built web app, with the compressed forms that were made beside it.</summary>
internal sealed record WebFile(string Type, string ETag, byte[] Plain, byte[]? Brotli, byte[]? Gzip);

/// <summary>
/// The built web app beside the program: a folder <c>web</c>, or the one that SWITCHYARD_WEB names. It is read once, at the
/// first request, and served from memory, so that a build that replaces the folder breaks no running server.
/// </summary>
public sealed class WebApp
{
    public const string FolderSetting = "SWITCHYARD_WEB";

    /// <summary>Stands in index.html where the nonce of each answer comes.</summary>
    private const string NoncePlace = "__CSP_NONCE__";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8", [".webmanifest"] = "application/manifest+json", [".svg"] = "image/svg+xml", [".png"] = "image/png",
        [".ico"] = "image/x-icon", [".webp"] = "image/webp", [".woff2"] = "font/woff2", [".wasm"] = "application/wasm", [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly Lazy<(string Page, Dictionary<string, WebFile> Files)> _content;

    private WebApp(string folder) => _content = new(() => Read(folder));

    /// <summary>The app in the folder that is set, or beside the program; null when it was not built.</summary>
    public static WebApp? Find(string? folder)
    {
        if (string.IsNullOrEmpty(folder)) folder = Path.Combine(AppContext.BaseDirectory, "web");
        return File.Exists(Path.Combine(folder, "index.html")) ? new WebApp(Path.GetFullPath(folder)) : null;
    }

    /// <summary>The page that carries the app, with this nonce for its styles.</summary>
    public string Page(string nonce) => _content.Value.Page.Replace(NoncePlace, nonce, StringComparison.Ordinal);

    internal WebFile? Find(PathString path) => _content.Value.Files.GetValueOrDefault(path.Value!);

    private static (string, Dictionary<string, WebFile>) Read(string folder)
    {
        var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (!Types.TryGetValue(Path.GetExtension(file), out string? type)) continue;     // .br and .gz belong to the file beside them
            byte[] plain = File.ReadAllBytes(file);
            string etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8))}\"";
            files["/" + Path.GetRelativePath(folder, file).Replace('\\', '/')] = new WebFile(type, etag, plain, Beside(file + ".br"), Beside(file + ".gz"));
        }
        files.Remove("/index.html", out var page);
        return (Encoding.UTF8.GetString(page!.Plain), files);
    }

    private static byte[]? Beside(string file) => File.Exists(file) ? File.ReadAllBytes(file) : null;
}
