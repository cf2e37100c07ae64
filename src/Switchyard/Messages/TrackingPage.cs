using System.Security.Cryptography;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>The public page of an order, by its signed link: no sign-in, no script, no cookie, nothing loaded from elsewhere.</summary>
public sealed class TrackingPage(Db db, TrackingLinks links, PageThrottle throttle, ViewCounts views, TimeProvider clock)
{
    public const string Path = "/t";

    /// <summary>Beside the API: people open it.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path + "/{token}", [HttpMethods.Get, HttpMethods.Head], (string token, string? lang, TrackingPage page, HttpContext http) => page.Show(token, lang, http)).IsOpenToAnyone().ExcludeFromDescription();
        routes.MapGet(Path + "/{token}/logo", (string token, TrackingPage page, HttpContext http) => page.Logo(token, http)).IsOpenToAnyone().ExcludeFromDescription();
        routes.MapPost(Path + "/{token}/fewer", (string token, string? lang, TrackingPage page, HttpContext http) => page.Wish(token, lang, true, http)).IsOpenToAnyone().ExcludeFromDescription();
        routes.MapPost(Path + "/{token}/all", (string token, string? lang, TrackingPage page, HttpContext http) => page.Wish(token, lang, false, http)).IsOpenToAnyone().ExcludeFromDescription();
    }

    private async Task Show(string token, string? lang, HttpContext http)
    {
        if (await Open(token, lang, http) is not { } link) return;
        if (HttpMethods.IsGet(http.Request.Method)) views.Note(link.Id);
        await Write(token, lang, link, http);
    }

    // Only a form of the page itself, or the mail program of who got the message, posts here; a link that is merely opened changes nothing.
    private async Task Wish(string token, string? lang, bool fewer, HttpContext http)
    {
        if (await Open(token, lang, http) is not { } link) return;
        var now = clock.GetUtcNow();
        await db.Write<Done>(Actor.House("system:tracking", link.Merchant), async work =>
        {
            if (await ReadTrackedOrder.Load(work, link.Order, now) is { Email: { } email }) await OptOuts.Set(work, email, fewer, now);
            return new Done();
        });
        await Write(token, lang, link, http);
    }

    private async Task Logo(string token, HttpContext http)
    {
        Guard(http, "none");
        if (throttle.IsUsedUp(http.Connection.RemoteIpAddress) || await links.Believe(token) is not { } link
            || (await db.Read(Actor.House("system:tracking", link.Merchant), MessageSettings.Load)).Logo is not { } logo) { http.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.ContentType = logo is [0x89, (byte)'P', ..] ? "image/png" : "image/jpeg";
        await http.Response.Body.WriteAsync(logo, http.RequestAborted);
    }

    private async Task<TrackingLinks.Link?> Open(string token, string? lang, HttpContext http)
    {
        if (throttle.Take(http.Connection.RemoteIpAddress) is > 0 and var seconds)
        {
            http.Response.Headers.RetryAfter = Text.Invariant(seconds);
            await Refuse(http, lang, StatusCodes.Status429TooManyRequests, "page-busy");
            return null;
        }
        // A link that was never signed, was taken back, or is over: all look alike.
        if (await links.Believe(token) is { } link && (await db.Read(Actor.House("system:tracking", link.Merchant), MessageSettings.Load)).Body.HasTrackingPage) return link;
        await Refuse(http, lang, StatusCodes.Status404NotFound, "page-gone");
        return null;
    }

    private async Task Write(string token, string? lang, TrackingLinks.Link link, HttpContext http)
    {
        var now = clock.GetUtcNow();
        var (order, settings, isQuiet) = await db.Read(Actor.House("system:tracking", link.Merchant), async work =>
        {
            var order = await ReadTrackedOrder.Load(work, link.Order, now);
            return (order, await MessageSettings.Load(work), order?.Email is { } email && await OptOuts.Wants(work, email));
        }, snapshot: true);
        if (order is null) { await Refuse(http, lang, StatusCodes.Status404NotFound, "page-gone"); return; }
        string language = lang is not null && DocumentLanguages.All.Contains(lang) ? lang : order.Language;
        string nonce = Guard(http, null);
        var sheet = new TrackingSheet(language, settings.Look, settings.Contact, settings.Body.PrivacyUrl is { } privacy ? MailPage.Address(privacy) : null, $"{http.Request.PathBase}{Path}/{token}", nonce);
        await Results.Text(sheet.Order(order, isQuiet, settings.Logo is not null), "text/html; charset=utf-8").ExecuteAsync(http);
    }

    private static async Task Refuse(HttpContext http, string? lang, int status, string word)
    {
        string? wanted = http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString()).FirstOrDefault(l => l.Length >= 2 && l != "*");
        string language = lang is not null && DocumentLanguages.All.Contains(lang) ? lang : DocumentLanguages.For(wanted, null);
        string nonce = Guard(http, null);
        http.Response.StatusCode = status;
        string page = new TrackingSheet(language, new MailLook("", Colour.Usual, null, false), null, null, "", nonce).Notice(word);
        await Results.Text(page, "text/html; charset=utf-8", statusCode: status).ExecuteAsync(http);
    }

    // The address is a key: it is told to no other site, kept by no cache, and found by no search engine.
    private static string Guard(HttpContext http, string? nonce)
    {
        nonce ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.CacheControl = "no-store, private";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers["Referrer-Policy"] = "no-referrer";
        return nonce;
    }
}
