using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>The door for labels that a carrier made: they are kept and printed as every other document is, each print noted.</summary>
public static class PrintedLabels
{
    /// <summary>The kind of such documents; no template makes it.</summary>
    public const string Kind = "carrierLabel";

    /// <summary>A label as the carrier made it.</summary>
    /// <param name="Format">zpl, pdf or png.</param>
    public sealed record Label(string Id, string Package, string Fulfilment, long Node, string Format, byte[] Content);

    // A picture of a label, as large as the label.
    private static readonly PressedTemplate Whole = new("""<document><page size="100x150" margin="0"><image name="logo" width="100" height="150"/></page></document>""", null, 0);

    /// <summary>Puts a label into the queue of the printer that takes labels. The first time it becomes a document; from then on it is printed again, for a reason.</summary>
    /// <remarks>Errors: documents.no_such_printer, documents.no_printer_for_kind, documents.wrong_format; request.invalid with /reason when it was printed before.</remarks>
    public static async Task<Result<DocumentView>> Print(Work work, Actor actor, DateTimeOffset now, Label label, string? station, string? printer, string? reason, int copies)
    {
        var found = await PrintQueue.Find(work, actor, DocumentKind.Carrier, station, printer);
        if (found.Error is { } error) return error;
        var target = found.Value;
        string format = label.Format == "zpl" ? "zpl203" : label.Format;
        byte[] content = label.Content;
        if (format == "png" && target.Format == "pdf" && Picture.Read(content) is { } picture)
        {
            var sheets = Press.Lay(Whole, [(new JsonObject(), "en-GB")], picture);
            if (sheets.IsOk) (format, content) = ("pdf", Press.Write(sheets.Value, "pdf", "Label", "en-GB").Value);
        }
        if (format != target.Format) return DocumentsErrors.WrongFormat(format, target.Format);
        var id = await KeepDocument.Newest(work, Kind, label.Id);
        if (id is not null && string.IsNullOrWhiteSpace(reason)) return DocumentsErrors.ReasonWanted;
        id ??= await KeepDocument.Write(work, actor, now, new KeepDocument.Made(Kind, format, "en-GB", 0, [label.Id, label.Package, label.Fulfilment], label.Node, true, false, 1, content));
        await PrintQueue.Add(work, actor, now, id.Value, target, copies, reason);
        return (await ReadDocuments.Load(work, actor, [id.Value]))[0];
    }
}
