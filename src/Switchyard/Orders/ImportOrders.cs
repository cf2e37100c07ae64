using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Takes in a file of orders over HTTP. The same file sent again goes on where it stopped, or changes nothing.</summary>
public static class ImportOrders
{
    private const long MostBytes = 200L * 1024 * 1024;
    private const int ErrorsShown = 100;

    /// <summary>One thing the import says about a row.</summary>
    /// <param name="Severity"><c>error</c>: not taken; <c>warning</c>: taken by a stated rule.</param>
    public sealed record RowSaid(long Line, string Field, string Code, string Reason, string Severity)
    {
        public static RowSaid Of(RowFault fault) => new(fault.Line, fault.Field, fault.Code, fault.Reason, IsWarning(fault.Code) ? "warning" : "error");
        public static bool IsWarning(string code) => code is "order_two_dates" or "order_two_countries" or "payment_differs" or "price_unknown" or "total_differs";
    }

    /// <param name="RunId">By which the errors are read; null for a dry run.</param>
    /// <param name="WasDone">This content had been imported before; nothing was changed.</param>
    /// <param name="Errors">The first of what is said about rows.</param>
    public sealed record Response(string File, long? RunId, bool WasDone, bool IsDryRun, ImportCounts Counts, IReadOnlyList<RowSaid> Errors, bool HasMoreErrors)
    {
        public string Object => "import";
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/imports/orders", Post)
            .Requires(Permission.OrdersImport).WithMetadata(new TakesFiles()).DisableAntiforgery()
            .WithName("orders.import").WithSummary("Import a file of orders")
            .WithDescription("The body is the CSV file, gzipped or not; or a form with the parts file and mapping, a JSON document. " +
                "mapping: online-retail, shopify-orders or simple. as: history or open. See docs/import-orders.md.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503);
        routes.MapGet("/imports/orders/{run}/errors", async (long run, Actor actor, Db db, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await Errors(actor, db, run, limit, after)).ToHttp())
            .Requires(Permission.OrdersImport).WithName("orders.importErrors").WithSummary("What an import said about rows, by line")
            .Produces<Page<RowSaid>>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> Post(HttpContext http, Actor actor, OrderImport import, Db db, [FromQuery] string? mapping, [FromQuery(Name = "as")] string? mode,
        [FromQuery] string? channel, [FromQuery] bool? dryRun, [FromQuery] string? name, CancellationToken stop)
    {
        var checks = new Checks();
        checks.That(mode is "history" or "open", "#as", "field.unknown_value", "as must be history or open.");
        checks.Text(channel, "#channel", 64);
        checks.Text(name, "#name", 200);
        if (checks.AnyFault) return checks.ToError().ToHttp();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;

        string path = Path.GetTempFileName();
        try
        {
            var received = await Receive(http, path, mapping, stop);
            if (received.Error is { } error) return error.ToHttp();
            var options = new ImportOptions(received.Value, mode == "history", channel ?? "web", dryRun ?? false);
            return (await Handle(actor, new OrderFile(path, name ?? "upload"), options, import, db, stop)).ToHttp();
        }
        finally { File.Delete(path); }
    }

    public static async Task<Result<Response>> Handle(Actor actor, OrderFile file, ImportOptions options, OrderImport import, Db db, CancellationToken stop)
    {
        var done = await import.Run(actor, file, options, (_, _, _) => { }, stop);
        if (done.Error is { } error) return error;
        var report = done.Value;
        var shown = report.RunId is { } run ? await db.Read(actor, work => ImportRuns.Faults(work, run, null, ErrorsShown + 1)) : report.Faults;
        return new Response(report.File, report.RunId, report.WasDone, options.IsDryRun, report.Counts,
            [.. shown.Take(ErrorsShown).Select(RowSaid.Of)], shown.Count > ErrorsShown);
    }

    /// <summary>Puts the upload into a file, so that it can be read twice, and finds its mapping.</summary>
    private static async Task<Result<OrderMapping>> Receive(HttpContext http, string path, string? mapping, CancellationToken stop)
    {
        if (!http.Request.HasFormContentType)
        {
            await using var target = File.Create(path);
            await http.Request.Body.CopyToAsync(target, stop);
            return BuiltIn(mapping);
        }
        IFormCollection form;
        try { form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MostBytes, ValueCountLimit = 10 }, stop); }
        catch (InvalidDataException e) { return Error.Invalid("request.malformed", "The form cannot be read: " + e.Message); }
        if (form.Files.GetFile("file") is not { } file)
            return Error.Invalid([new FieldError("#file", "field.required", "The form has no part named file.")]);
        await using (var target = File.Create(path)) await file.CopyToAsync(target, stop);
        if (form.Files.GetFile("mapping") is not { } own) return form["mapping"].ToString() is { Length: > 0 } text ? Named(text) : BuiltIn(mapping);
        if (own.Length > ImportMappings.MostBytes) return Error.Invalid("import.mapping_malformed", "The mapping is too large.");
        using var json = new MemoryStream();
        await own.CopyToAsync(json, stop);
        return ImportMappings.Parse(json.ToArray());
    }

    private static Result<OrderMapping> Named(string text) =>
        text.TrimStart().StartsWith('{') ? ImportMappings.Parse(System.Text.Encoding.UTF8.GetBytes(text)) : BuiltIn(text);

    private static Result<OrderMapping> BuiltIn(string? name) => ImportMappings.BuiltIn(name ?? "") is { } mapping ? mapping
        : Error.Invalid([new FieldError("#mapping", "import.no_such_mapping", $"mapping must be one of {string.Join(", ", ImportMappings.Names)}, or a part of a form.")]);

    /// <remarks>Errors: import.not_found, request.invalid with pointers #limit, #after.</remarks>
    private static async Task<Result<Page<RowSaid>>> Errors(Actor actor, Db db, long run, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        RowFault? start = null;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<RowSaid>>>(actor, async work =>
        {
            if (await work.Scalar("select count(*) from import_runs where merchant_id = @merchant and id = @run and kind = @kind", ("run", run), ("kind", ImportRuns.Kind)) == 0)
                return Error.NotFound("import.not_found", "There is no such import.");
            var faults = await ImportRuns.Faults(work, run, start, most + 1);
            return Page<RowSaid>.Of(faults.ConvertAll(RowSaid.Of), most, f => $"{Text.Invariant(f.Line)}\n{f.Field}\n{f.Code}");
        }, snapshot: true);
    }

    private static bool TryParse(string text, out RowFault? start)
    {
        start = null;
        if (text.Split('\n') is not [var line, var field, var code] || !long.TryParse(line, System.Globalization.CultureInfo.InvariantCulture, out long number)) return false;
        if (!Text.IsStorable(field) || !Text.IsStorable(code)) return false;
        start = new RowFault(number, field, code, "");
        return true;
    }
}
