using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Web;

/// <summary>The built web app as the server sends it: from a folder made here, so that no build is needed.</summary>
public sealed partial class ServeWebAppTests : IAsyncLifetime
{
    private const string Script = "console.log('a script long enough to be worth compressing, a script long enough to be worth compressing');";
    private readonly string _folder = Directory.CreateTempSubdirectory("switchyard-web-").FullName;
    private Shop _shop = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        await Write("index.html", "<!doctype html><html lang=\"en\"><head><meta property=\"csp-nonce\" nonce=\"__CSP_NONCE__\"><script type=\"module\" src=\"/assets/app-1a2b.js\" nonce=\"__CSP_NONCE__\"></script></head></html>");
        await Write("mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        await Write("assets/app-1a2b.js", Script);
        await using (var brotli = new BrotliStream(File.Create(Path.Combine(_folder, "assets/app-1a2b.js.br")), CompressionLevel.SmallestSize))
            await brotli.WriteAsync(Encoding.UTF8.GetBytes(Script));
        await using (var gzip = new GZipStream(File.Create(Path.Combine(_folder, "assets/app-1a2b.js.gz")), CompressionLevel.SmallestSize))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Script));
        _shop = await Shop.Open(DatabaseKind.Sqlite, more: "--SWITCHYARD_WEB=" + _folder);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/orders/ord_1?query=state:placed")]
    [InlineData("/products/MUG.01")]
    [InlineData("/anything/at/all")]
    public async Task Every_address_of_the_app_answers_its_page_with_a_nonce_that_is_used_once(string path)
    {
        var (first, second) = (await Ask(path), await Ask(path));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        first.Headers.CacheControl!.NoStore.ShouldBeTrue();
        string policy = first.Headers.GetValues("Content-Security-Policy").Single(), nonce = Nonce().Match(policy).Groups[1].Value;
        string page = await first.Content.ReadAsStringAsync();
        page.ShouldContain($"nonce=\"{nonce}\"");
        page.ShouldNotContain("__CSP_NONCE__");
        second.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain(nonce);
    }

    [Fact, Capability("P24")]
    public async Task The_page_may_run_no_inline_script_and_is_neither_framed_nor_guessed()
    {
        var page = await Ask("/");
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'; script-src 'self';");
        policy.ShouldNotContain("unsafe");
        policy.ShouldContain("frame-ancestors 'none'");
        page.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        page.Headers.GetValues("Cross-Origin-Opener-Policy").Single().ShouldBe("same-origin");
        page.Headers.GetValues("Permissions-Policy").Single().ShouldContain("microphone=()");
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task Files_with_a_hash_are_kept_for_ever_and_sent_compressed_as_the_browser_likes(string accepted, string? sent)
    {
        var file = await Ask("/assets/app-1a2b.js", accepted);
        file.Headers.CacheControl!.ToString().ShouldContain("immutable");
        file.Headers.Vary.ShouldContain("Accept-Encoding");
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        file.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(sent);
        await using var raw = await file.Content.ReadAsStreamAsync();
        await using Stream plain = sent switch { "br" => new BrotliStream(raw, CompressionMode.Decompress), "gzip" => new GZipStream(raw, CompressionMode.Decompress), _ => raw };
        (await new StreamReader(plain).ReadToEndAsync()).ShouldBe(Script);
    }

    [Fact]
    public async Task Files_without_a_hash_are_asked_for_again_and_not_sent_twice()
    {
        var first = await Ask("/mark.svg");
        first.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        first.Headers.CacheControl!.NoCache.ShouldBeTrue();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/mark.svg");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        (await _shop.Http.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/api")]
    [InlineData("/assets/app-of-yesterday.js")]
    [InlineData("/assets/..%2findex.html")]
    public async Task What_is_no_page_of_the_app_is_not_found_instead_of_a_page(string path)
    {
        var answer = await Ask(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Writing_to_a_page_is_not_found() =>
        (await _shop.Http.PostAsync("/orders", new StringContent("{}", Encoding.UTF8, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_program_without_the_built_app_shows_its_plain_page_and_says_how_to_build_it()
    {
        await using var bare = await Shop.Open(DatabaseKind.Sqlite, more: "--SWITCHYARD_WEB=" + Path.Combine(_folder, "nothing"));
        (await bare.Http.GetStringAsync("/")).ShouldContain("./run web build");
        (await bare.Http.GetAsync("/orders")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task Write(string file, string text) => File.WriteAllTextAsync(Path.Combine(_folder, file), text);

    private async Task<HttpResponseMessage> Ask(string path, string? encodings = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encodings is not null) request.Headers.AcceptEncoding.ParseAdd(encodings);
        return await _shop.Http.SendAsync(request);
    }

    [GeneratedRegex("'nonce-([0-9a-f]{32})'")] private static partial Regex Nonce();
}
