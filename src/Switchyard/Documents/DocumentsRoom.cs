using System.CommandLine;
using Switchyard.Cli;

namespace Switchyard.Documents;

// door: ForgetDocuments, ReadDocuments, ReprintDocument, PrintedLabels, ParcelNumbers, DocumentsErrors
// door: MakeDocument, DocumentView, DocumentKind, CarrierLabel, Barcode, QrCode, Code128, Ean, Symbol, Sheet, PdfWriter, ZplWriter, Typeface, HouseTypeface, DocumentLanguages
// door: TemplateText, TemplateOutput, OwnTemplates, OwnTemplate, TemplateVersion, TemplateWords, OwnWords, TemplateFault, TemplateFaultException, SenderSettings

/// <summary>The door of Documents: what is printed, and the printers.</summary>
public static class DocumentsRoom
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<PrinterAddresses>()
        .AddSingleton<SendPrintJobs>().AddHostedService(provider => provider.GetRequiredService<SendPrintJobs>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        MakeDocument.Map(routes);
        DrawForPartner.Map(routes);
        ReadDocuments.Map(routes);
        ReprintDocument.Map(routes);
        WriteTemplate.Map(routes);
        SenderSettings.Map(routes);
        WritePrinter.Map(routes);
        TestPrinter.Map(routes);
        PrintJobs.Map(routes);
    }

    public static IEnumerable<Command> Commands(CommandHost host) => [PrintAgentCommand.Create(host)];
}
