using System.CommandLine;
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
        return host.Command(kind.Name, $"Import {kind.Name} from a CSV file", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } nobody) return run.Refuse(nobody);
            var from = run.Get(file);
            if (!from.Exists) return run.Refuse(Error.NotFound("import.no_such_file", $"There is no file {from.FullName}."));
            await using var stream = from.OpenRead();
            var result = await ImportFile.Handle(kind, stream, run.Get(dry), run.Db, run.Clock, actor.Value, run.Stop,
                // The rows in all are known by the part of the file that has been read.
                (rows, bytes) => run.Progress($"Importing {kind.Name}", rows, bytes > 0 ? Math.Max(rows, (long)(rows * (stream.Length / (double)bytes))) : null));
            if (result.Error is { } refused) return run.Refuse(refused);
            var done = result.Value;
            foreach (string warning in done.Warnings) run.Warn(warning);
            foreach (var error in done.Errors.Take(MostErrorsSaid)) run.Say($"line {error.Line}, {error.Field}: {error.Reason}");
            if (done.Errors.Count > MostErrorsSaid) run.Say($"… all of them: GET /api/v1/imports/{done.RunId}/errors.csv");
            run.Say($"{done.Rows:N0} rows: {done.Created:N0} created, {done.Updated:N0} updated, {done.Unchanged:N0} unchanged, {done.Failed:N0} failed" +
                (done.IsDryRun ? ". Dry run: nothing was kept." : "."));
            return run.Answer(done, done.Failed == 0 ? ExitCode.Ok : ExitCode.Refused);
        }, file, dry);
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
