using System.CommandLine;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;

namespace Switchyard.Files;

// door: CsvText, FileKind, FileRow, FileColumn, RowFault, ThingBefore, ImportErrors
// door: ImportJob, ImportWish, ImportPreview, PreviewColumn, PreviewRow, ImportResult, ImportError, ErrorSource, RowDetail, Upload, Uploads, UploadErrors, UploadStream, FileMapping
// door: DropFolder, Sightings, TakenFile
// door: ExportSource, ExportColumn, ExportRows, ExportWish, ExportJob, ListExport, StartExport

/// <summary>The door of Files: CSV in and out. Each room says what its files hold (<see cref="FileKind"/>).</summary>
public static class FilesRoom
{
    public const long MostFileBytes = 256L * 1024 * 1024;

    public static IServiceCollection AddFiles(this IServiceCollection services, IReadOnlyList<FileKind> kinds)
    {
        foreach (var kind in kinds) services.AddSingleton<JobKind>(new FileImportJob(kind));
        services.AddSingleton<KeepDrops>().AddHostedService(provider => provider.GetRequiredService<KeepDrops>());
        return services.AddSingleton<SweepUploads>().AddHostedService(provider => provider.GetRequiredService<SweepUploads>());
    }

    public static void Map(IEndpointRouteBuilder routes, IReadOnlyList<FileKind> kinds)
    {
        Uploads.Map(routes);
        StartImport.Map(routes);
        KeepMappings.Map(routes);
        WriteFileDrop.Map(routes);
        StartExport.Map(routes);
        foreach (var kind in kinds)
        {
            var import = routes.MapPost($"/imports/{kind.Name}", async (HttpContext http, bool? dryRun, Db db, TimeProvider clock, Actor actor, CancellationToken stop) =>
                    (await ImportFile.Handle(kind, http.Request.Body, dryRun ?? false, db, clock, actor, stop)).ToHttp())
                .Requires(kind.Writes).WithName($"files.import.{kind.Name}").WithTags("Files").WithSummary($"Import {kind.Name} from a CSV file").Accepts<string>("text/csv")
                .WithMetadata(new TakesFiles(), new RequestSizeLimitAttribute(MostFileBytes))
                .Produces<ImportResult>().ProducesProblem(400).ProducesProblem(413);
            if (kind.IsShared) import.OnlyForTheHouse();
            var export = routes.MapGet($"/exports/{kind.Name}.csv", (HttpContext http, Db db, Actor actor, CancellationToken stop) => ExportFile.Answer(kind, http, db, actor, stop))
                .Requires(kind.Reads).WithName($"files.export.{kind.Name}").WithTags("Files").WithSummary($"Export {kind.Name} as a CSV file").Produces<string>(200, "text/csv");
            if (kind.TellsPrices) export.WithMetadata(new TellsPrices());
        }
        ReadImports.Map(routes, kinds);
    }

    public static IEnumerable<Command> Commands(CommandHost host, IReadOnlyList<FileKind> kinds) =>
        [CommandHost.Group("import", "Read a file", [.. kinds.Select(k => FileCommands.Import(host, k))]),
            CommandHost.Group("export", "Write a file", [.. kinds.Select(k => FileCommands.Export(host, k))]),
            CommandHost.Group("convert", "Make files of ours of another system's", ConvertCommands.ShopifyProducts(host))];
}
