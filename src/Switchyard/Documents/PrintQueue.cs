using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>The one place that puts documents into the queue of a printer, and notes each print.</summary>
internal static class PrintQueue
{
    internal sealed record Target(string Key, string Code, string Format);

    /// <summary>The printer that was named, or the one of the station for this kind of document.</summary>
    /// <remarks>Errors: documents.no_such_printer, documents.no_printer_for_kind.</remarks>
    public static async Task<Result<Target>> Find(Work work, Actor actor, DocumentKind kind, string? station, string? printer)
    {
        if (printer is null)
        {
            var found = await work.Find("select node_id, printers from print_stations where merchant_id = @merchant and code_key = @code", row => new Station(row.Long(), row.Text()), ("code", Text.Key(station!)));
            if (found is null || !actor.MaySeeNode(found.Node)) return DocumentsErrors.NoSuchPrinter;
            printer = JsonSerializer.Deserialize<Dictionary<string, string>>(found.Printers, Json.Options)!.GetValueOrDefault(kind.Paper);
            if (printer is null) return DocumentsErrors.NoPrinterForKind;
        }
        var target = await work.Find("select node_id, code_key, code, format from printers where merchant_id = @merchant and code_key = @code and is_active = true",
            row => new Located(row.Long(), new Target(row.Text(), row.Text(), row.Text())), ("code", Text.Key(printer)));
        return target is null || !actor.MaySeeNode(target.Node) ? DocumentsErrors.NoSuchPrinter : target.Printer;
    }

    /// <summary>A document waits for its printer from now on.</summary>
    public static async Task<PrintJobId> Add(Work work, Actor actor, DateTimeOffset now, DocumentId document, Target target, int copies, string? reason)
    {
        var id = PrintJobId.New(now);
        await work.Execute(
            """
            insert into print_jobs (id, merchant_id, printer_key, document_id, copies, state, asked_by, created_at_ms, updated_at_ms)
            values (@id, @merchant, @printer, @document, @copies, 'waiting', @by, @now, @now)
            """, ("id", id.Value), ("printer", target.Key), ("document", document.Value), ("copies", (long)copies), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        await Note(work, actor, now, document, reason, target.Code);
        return id;
    }

    /// <summary>Notes that a document was printed: by whom, where, and why again.</summary>
    public static async Task Note(Work work, Actor actor, DateTimeOffset now, DocumentId document, string? reason, string? printer)
    {
        await work.Query("select id from documents where merchant_id = @merchant and id = @id for update", row => row.Uuid(), ("id", document.Value));
        await work.Execute(
            """
            insert into document_prints (document_id, print_no, merchant_id, printed_by, reason, printer, printed_at_ms)
            select @id, coalesce(max(print_no), 0) + 1, @merchant, @by, @reason::text, @printer::text, @now from document_prints where merchant_id = @merchant and document_id = @id
            """, ("id", document.Value), ("by", actor.Id), ("reason", reason), ("printer", printer), ("now", now.ToUnixTimeMilliseconds()));
    }

    private sealed record Station(long Node, string Printers);
    private sealed record Located(long Node, Target Printer);
}
