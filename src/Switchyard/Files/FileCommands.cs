using System.CommandLine;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Cli;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary><c>switchyard import products FILE --dry-run</c> and <c>switchyard export products FILE</c>, for every kind of file.</summary>
internal static class FileCommands
{
    private const int MostErrorsSaid = 20;

    public static Command Import(CommandHost host, FileKind kind)
    {
        var file = host.FileArgument("file", "A CSV file");
        var dry = new Option<bool>("--dry-run") { Description = "Check every row and keep nothing" };
        var mapping = new Option<string?>("--mapping") { Description = "A kept mapping, or a JSON file: how the columns are to be read" };
        return host.Command(kind.Name, $"Import {kind.Name} from a CSV file", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } nobody) return run.Refuse(nobody);
            var from = run.Get(file);
            if (!from.Exists) return run.Refuse(Error.NotFound("import.no_such_file", $"There is no file {from.FullName}."));
            var how = await Mapping(host, run, actor.Value, kind, run.Get(mapping));
            if (how.Error is { } malformed) return run.Refuse(malformed);
            await using var stream = from.OpenRead();
            var result = await ImportFile.Handle(kind, stream, run.Get(dry), run.Db, run.Clock, actor.Value, run.Stop,
                // The rows in all are known by the part of the file that has been read.
                (rows, bytes) => run.Progress($"Importing {kind.Name}", rows, bytes > 0 ? Math.Max(rows, (long)(rows * (stream.Length / (double)bytes))) : null), how.Value);
            if (result.Error is { } refused) return run.Refuse(refused);
            var done = result.Value;
            foreach (string warning in done.Warnings) run.Warn(warning);
            foreach (var error in done.Errors.Take(MostErrorsSaid)) run.Say($"line {error.Line}, {error.Field}: {error.Reason}");
            if (done.Errors.Count > MostErrorsSaid) run.Say($"… all of them: GET /api/v1/imports/{done.RunId}/errors.csv");
            run.Say($"{done.Rows:N0} rows: {done.Created:N0} created, {done.Updated:N0} updated, {done.Unchanged:N0} unchanged, {done.Failed:N0} failed" +
                (done.IsDryRun ? ". Dry run: nothing was kept." : "."));
            return run.Answer(done, done.Failed == 0 ? ExitCode.Ok : ExitCode.Refused);
        }, file, dry, mapping);
    }

    /// <remarks>Errors: mappings.not_found, import.mapping_malformed, request.invalid with pointers into the mapping.</remarks>
    private static async Task<Result<FileMapping?>> Mapping(CommandHost host, CommandRun run, Actor actor, FileKind kind, string? named)
    {
        if (named is null) return (FileMapping?)null;
        JsonElement document;
        string path = host.PathOf(named);
        if (File.Exists(path))
        {
            try { document = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(path, run.Stop)); }
            catch (JsonException) { return Error.Invalid("import.mapping_malformed", "The mapping is not the JSON that is expected."); }
        }
        else if (await KeepMappings.Find(run.Db, actor, kind.Name, named) is { } kept) document = kept.Mapping;
        else return MappingErrors.NotFound(kind.Name, named);
        return FileMapping.Parse(document, kind, "").Then<FileMapping?>(m => m);
    }

    public static Command Export(CommandHost host, FileKind kind)
    {
        var file = host.FileArgument("file", "The CSV file to write");
        return host.Command(kind.Name, $"Export {kind.Name} to a CSV file", CommandNeeds.Reads, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } nobody) return run.Refuse(nobody);
            var to = run.Get(file);
            await using var stream = to.Create();
            long rows = await ExportFile.Write(kind, stream, run.Db, actor.Value, run.Stop, done => run.Progress($"Exporting {kind.Name}", done));
            run.Say($"{rows:N0} rows in {to.FullName}.");
            return run.Answer(new { kind = kind.Name, rows, file = to.FullName });
        }, file);
    }
}
