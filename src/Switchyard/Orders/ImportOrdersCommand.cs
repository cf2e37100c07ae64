using System.CommandLine;
using System.Globalization;
using CsvHelper;
using Switchyard.Access;
using Switchyard.Cli;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary><c>switchyard import orders FILE…</c></summary>
public static class ImportOrdersCommand
{
    public static Command Create(CommandHost host)
    {
        var files = new Argument<string[]>("files") { Description = "CSV files, gzipped or not, in the order of time", Arity = ArgumentArity.OneOrMore };
        var mapping = new Option<string>("--mapping") { Description = $"{string.Join(", ", ImportMappings.Names)}, or a JSON file", Required = true };
        var mode = new Option<string>("--as") { Description = "history: as it was, no stock taken; open: placed now and promised stock", Required = true };
        mode.AcceptOnlyFromAmong("history", "open");
        var channel = new Option<string>("--channel") { Description = "The channel's code", DefaultValueFactory = _ => "web" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen, and write nothing" };
        var errors = host.FileOption("--errors", "Where to write what was not taken: file, line, field, code, reason, severity");
        return CommandHost.Group("import", "Bring data in from files", host.Command("orders", "Import files of orders", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } error) return run.Refuse(error);
            Result<OrderMapping> found = ImportMappings.BuiltIn(run.Get(mapping)!) is { } builtIn ? builtIn : ImportMappings.Find(host.PathOf(run.Get(mapping)!));
            if (found.Error is { } wrong) return run.Refuse(wrong);
            var options = new ImportOptions(found.Value, run.Get(mode) == "history", run.Get(channel)!, run.Get(dryRun));
            return await Import(run, actor.Value, [.. run.Get(files).Select(host.PathOf)], options, run.Get(errors));
        }, files, mapping, mode, channel, dryRun, errors));
    }

    private static async Task<int> Import(CommandRun run, Actor actor, IReadOnlyList<string> files, ImportOptions options, FileInfo? errors)
    {
        foreach (string path in files)
            if (!File.Exists(path)) return run.Refuse(Error.NotFound("import.no_such_file", $"There is no file {path}."), ExitCode.CannotRun);
        var import = run.Services.GetRequiredService<OrderImport>();
        // Without a server around it, the writer of orders is started for as long as the command runs.
        var writer = !run.IsInServer && !options.IsHistory && !options.IsDryRun ? run.Services.GetRequiredService<OrderWriter>() : null;
        if (writer is not null) await writer.StartAsync(run.Stop);
        await using var told = errors is null ? null : CsvWriter.Create(errors.Create(), new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: false);
        told?.WriteRecord("file", "line", "field", "code", "reason", "severity");
        var reports = new List<ImportReport>();
        try
        {
            foreach (string path in files)
            {
                var done = await import.Run(actor, new OrderFile(path, Path.GetFileName(path)), options, run.Progress, run.Stop);
                if (done.Error is { } error) return run.Refuse(error);
                reports.Add(done.Value);
                Say(run, done.Value, options.IsDryRun);
                if (told is not null) await Tell(run.Db, actor, told, done.Value);
            }
        }
        finally { if (writer is not null) await writer.StopAsync(CancellationToken.None); }
        return run.Answer(new { files = reports.Select(r => new { r.File, r.RunId, r.WasDone, r.Counts }) },
            reports.Exists(r => r.Counts.ErrorRows > 0) ? ExitCode.Refused : ExitCode.Ok);
    }

    private static async Task Tell(Db db, Actor actor, CsvWriter to, ImportReport report)
    {
        IReadOnlyList<RowFault> page = report.Faults;
        for (RowFault? after = null; ; after = page[^1])
        {
            if (report.RunId is { } run) page = await db.Read(actor, work => ImportRuns.Faults(work, run, after, 1_000));
            foreach (var said in page.Select(ImportOrders.RowSaid.Of))
                to.WriteRecord(report.File, Text.Invariant(said.Line), said.Field, said.Code, said.Reason, said.Severity);
            if (report.RunId is null || page.Count == 0) return;
        }
    }

    private static void Say(CommandRun run, ImportReport report, bool isDryRun)
    {
        var c = report.Counts;
        run.Say(report.WasDone ? $"{report.File}: was imported before; nothing was changed. It had:" : $"{report.File}{(isDryRun ? " (dry run)" : "")}:");
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"  {c.Rows:N0} rows, {c.Orders:N0} orders, {c.GoodsLines:N0} lines of goods, {c.Units:N0} units, {c.ChargeLines:N0} charges, {c.ProductsCreated:N0} new products"));
        if (c.OrdersKnown > 0) run.Say(string.Create(CultureInfo.InvariantCulture, $"  {c.OrdersKnown:N0} orders were there already"));
        if (c.OrdersCancelled > 0) run.Say(string.Create(CultureInfo.InvariantCulture, $"  {c.OrdersCancelled:N0} orders were taken back whole and not placed"));
        if (c.Returns.Rows > 0)
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"  {c.Returns.Rows:N0} returns: {c.Returns.RowsMatched:N0} matched, {c.Returns.RowsPartly:N0} in part, {c.Returns.RowsUnmatched:N0} not; {c.Returns.UnitsMatched:N0} of {c.Returns.Units:N0} units"));
        foreach (var (status, count) in c.Statuses) run.Say(string.Create(CultureInfo.InvariantCulture, $"  status  {status} {count:N0}"));
        foreach (var (kind, sum) in c.Payments) run.Say(string.Create(CultureInfo.InvariantCulture, $"  money   {kind} {sum.Lines:N0}, {sum.Minor:N0} minor units"));
        foreach (var (code, count) in c.Errors) run.Say(string.Create(CultureInfo.InvariantCulture, $"  error   {code} {count:N0}"));
        foreach (var (code, count) in c.Warnings) run.Say(string.Create(CultureInfo.InvariantCulture, $"  warning {code} {count:N0}"));
    }
}
