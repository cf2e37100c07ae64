using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Every way this room can say no.</summary>
public static class DocumentsErrors
{
    public static readonly Error NotFound = Error.NotFound("documents.not_found", "There is no such document.");
    public static readonly Error NoSuchPrinter = Error.NotFound("documents.no_such_printer", "There is no such printer or station.");
    public static readonly Error NoSuchJob = Error.NotFound("documents.no_such_job", "There is no such print job.");
    public static readonly Error NoSuchKind = Error.NotFound("documents.no_such_kind", "There is no such kind of document.");
    public static readonly Error TooLong = Error.Unprocessable("documents.too_long", "The document would have more than 2,000 pages or 40 MB. Ask for it in parts.");
    public static readonly Error JobIsOver = Error.Conflict("documents.job_is_over", "The print job is over. Print the document again instead.");
    public static readonly Error NoPrinterForKind = Error.Unprocessable("documents.no_printer_for_kind", "The station has no printer for documents of this kind.");

    public static readonly Error ReasonWanted = Error.Invalid([new FieldError("/reason", "field.required", "It was printed before: say why it is printed again.")]);

    public static Error TemplateFaulty(TemplateFault fault) => Error.Unprocessable("documents.template_faulty", $"Line {fault.Line}: {fault.Detail}",
        new FieldError("/text", "documents.template_faulty", $"Line {fault.Line}: {fault.Detail}")) with
    { Extra = new Dictionary<string, object?> { ["line"] = fault.Line } };

    public static Error NothingFound(int at, string what) => Error.Unprocessable("documents.nothing_found", $"{what} is not there.", new FieldError($"/of/{at}", "documents.nothing_found", $"{what} is not there."));

    public static Error WrongFormat(string document, string printer) => Error.Unprocessable("documents.wrong_format", $"The printer takes {printer}; the document is {document}. Make it anew for this printer.");

    public static Error NoSuchVersion(long version) => Error.NotFound("documents.no_such_version", $"The template has no version {version}.");

    public static Error Changed(long version) =>
        new(ErrorKind.Precondition, "documents.changed", $"Somebody has changed it meanwhile: it is at version {version} now.", []) { Extra = new Dictionary<string, object?> { ["version"] = version } };
}
