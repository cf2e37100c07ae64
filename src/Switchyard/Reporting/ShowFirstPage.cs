using Switchyard.Access;

namespace Switchyard.Reporting;

/// <summary>
/// The plain first page at <c>/</c> of a program without the built web app: is it well, what is open, what is in stock, and how
/// to build the app. Figures need a signed-in person.
/// </summary>
public static class ShowFirstPage
{
    private static readonly (string Path, string File, string Type)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/first-page.css", "first-page.css", "text/css; charset=utf-8"),
        ("/first-page.js", "first-page.js", "text/javascript; charset=utf-8"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, file, type) in Files)
        {
            string text = Read(file);
            routes.MapGet(path, (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "no-cache";
                return Results.Text(text, type);
            }).IsOpenToAnyone().ExcludeFromDescription();
        }
    }

    private static string Read(string file)
    {
        using var stream = typeof(ShowFirstPage).Assembly.GetManifestResourceStream("FirstPage/" + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
