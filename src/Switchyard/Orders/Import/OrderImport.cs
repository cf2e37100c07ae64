using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <param name="IsHistory">True: what was done elsewhere, as it was. False: placed now and promised stock.</param>
/// <param name="Channel">The channel's code.</param>
public sealed record ImportOptions(OrderMapping Mapping, bool IsHistory, string Channel, bool IsDryRun)
{
    /// <summary>The number of the job that imports; null for an import without one, which cannot be taken back.</summary>
    public long? Job { get; init; }
}

/// <summary>What became of one file.</summary>
/// <param name="RunId">Null for a dry run.</param>
/// <param name="WasDone">The file had been imported before; nothing was changed.</param>
/// <param name="Faults">Errors and warnings of a dry run; those of a run are kept with it.</param>
public sealed record ImportReport(string File, long? RunId, bool WasDone, ImportCounts Counts, IReadOnlyList<RowFault> Faults)
{
    /// <summary>The job that began the run.</summary>
    public long? Job { get; init; }
}

/// <summary>Where orders and returns of a file go, batch by batch; each answers the counts after it.</summary>
internal interface IImportTarget
{
    Task<Result<ImportCounts>> Orders(long from, IReadOnlyList<GatheredOrder> orders, ImportCounts before);
    Task<Result<ImportCounts>> Returns(long from, IReadOnlyList<ImportedReturn> returns, ImportCounts before);
}

/// <summary>Takes one file in: reads it twice, writes it in batches, and goes on where an earlier run stopped.</summary>
public sealed class OrderImport(Db db, NetworkReader network, OrderNumbers numbers, OrderWriter writer, TimeProvider clock)
{
    /// <summary>A batch is one transaction: short enough that live orders hardly wait for it.</summary>
    public const int BatchOrders = 500, BatchLines = 5_000;

    /// <param name="progress">What is being done, steps done, steps in all.</param>
    /// <remarks>Errors: those of the file (import.…), orders.unknown_channel, import.date_column_needed, import.running_elsewhere, and the database's.</remarks>
    public async Task<Result<ImportReport>> Run(
        Actor actor, OrderFile file, ImportOptions options, Action<string, long, long?> progress, CancellationToken stop)
    {
        try { return await Read(actor with { Stamp = null }, file, options, progress, stop); }
        catch (UnreadableFileException e) { return e.Error; }
    }

    private async Task<Result<ImportReport>> Read(
        Actor actor, OrderFile file, ImportOptions options, Action<string, long, long?> progress, CancellationToken stop)
    {
        var settings = await network.Refresh(actor.Merchant);
        if (!settings.Channels.TryGetValue(Text.Key(options.Channel), out var channel)) return OrderErrors.UnknownChannel(options.Channel);

        if (VendorFile.For(options.Mapping.Document, file) is { } vendor)
            return await ReadVendor(actor, vendor, file, options, settings, channel, progress, stop);
        var survey = OrderFileSurvey.Of(file, options.Mapping, options.IsHistory, rows => progress($"Reading {file.Name}: rows", rows, null), stop);
        if (options.IsDryRun) return await DryRun(actor, file, survey, channel.Id, options, progress, stop);
        var begun = await ImportRuns.Begin(db, actor, file.Name, survey.Hash, ImportRuns.Options(options.Mapping, options.IsHistory, options.Channel), options.Job, clock.GetUtcNow());
        if (begun.Error is { } error) return error;
        var run = begun.Value;
        if (run.IsDone) return new ImportReport(file.Name, run.Id, true, run.Counts, []) { Job = run.Job };

        IImportTarget target = options.IsHistory
            ? new HistoryTarget(db, numbers, actor, run, survey.Products, options, settings, channel, clock)
            : new OpenTarget(db, writer, actor, run, survey, options, channel, FileMatching.Of(file, survey, options.Mapping, needsDate: false), clock);
        var written = await Feed(target, file, survey, options, run.StepsDone, run.Counts, progress, stop);
        if (written.Error is { } fault) return fault;
        var finished = await ImportRuns.Finish(db, actor, run, clock.GetUtcNow());
        return finished.Error is { } last ? last : new ImportReport(file.Name, run.Id, false, written.Value, []) { Job = run.Job };
    }

    /// <summary>Files that tell whole orders with what became of them: history only.</summary>
    private async Task<Result<ImportReport>> ReadVendor(Actor actor, VendorFile vendor, OrderFile file, ImportOptions options, MerchantSettings settings,
        ChannelSettings channel, Action<string, long, long?> progress, CancellationToken stop)
    {
        if (!options.IsHistory) return Error.Invalid("import.history_only", $"Files of {options.Mapping.Document.Format} are imported as history.");
        progress($"Reading {file.Name}", 0, null);
        var content = vendor.Read(stop);
        if (options.IsDryRun)
        {
            var dry = new DryTarget(db, actor, channel.Id, options, []);
            var judged = await Feed(dry, file.Name, content, 0, new ImportCounts(), progress, stop);
            return judged.Error is { } no ? no : new ImportReport(file.Name, null, false, judged.Value, dry.Faults);
        }
        var begun = await ImportRuns.Begin(db, actor, file.Name, content.Hash, ImportRuns.Options(options.Mapping, options.IsHistory, options.Channel), options.Job, clock.GetUtcNow());
        if (begun.Error is { } error) return error;
        var run = begun.Value;
        if (run.IsDone) return new ImportReport(file.Name, run.Id, true, run.Counts, []) { Job = run.Job };
        var written = await Feed(new HistoryTarget(db, numbers, actor, run, content.Products, options, settings, channel, clock), file.Name, content, run.StepsDone, run.Counts, progress, stop);
        if (written.Error is { } fault) return fault;
        var finished = await ImportRuns.Finish(db, actor, run, clock.GetUtcNow());
        return finished.Error is { } last ? last : new ImportReport(file.Name, run.Id, false, written.Value, []) { Job = run.Job };
    }

    private static async Task<Result<ImportCounts>> Feed(IImportTarget target, string name, VendorFile.Content content, long done, ImportCounts counts,
        Action<string, long, long?> progress, CancellationToken stop)
    {
        for (int at = (int)done; at < content.Orders.Count; at += BatchOrders)
        {
            stop.ThrowIfCancellationRequested();
            var taken = await target.Orders(at, [.. content.Orders.Skip(at).Take(BatchOrders)], counts);
            if (taken.Error is { } error) return error;
            counts = taken.Value;
            progress($"Importing {name}: orders", Math.Min(at + BatchOrders, content.Orders.Count), content.Orders.Count);
        }
        return counts;
    }

    private async Task<Result<ImportReport>> DryRun(
        Actor actor, OrderFile file, OrderFileSurvey survey, long channel, ImportOptions options, Action<string, long, long?> progress, CancellationToken stop)
    {
        var target = new DryTarget(db, actor, channel, options, FileMatching.Sales(file, survey, options.Mapping, options.IsHistory));
        var judged = await Feed(target, file, survey, options, 0, new ImportCounts(), progress, stop);
        return judged.Error is { } error ? error : new ImportReport(file.Name, null, false, judged.Value, target.Faults);
    }

    private static async Task<Result<ImportCounts>> Feed(IImportTarget target, OrderFile file, OrderFileSurvey survey, ImportOptions options,
        long done, ImportCounts counts, Action<string, long, long?> progress, CancellationToken stop)
    {
        string what = $"Importing {file.Name}: rows";
        var returns = new List<ImportedReturn>();
        var batch = new List<GatheredOrder>();
        long step = 0, rows = 0;
        int lines = 0;
        foreach (var order in survey.Orders(file, options.Mapping, options.IsHistory))
        {
            returns.AddRange(order.Returns);
            rows += order.Rows;
            if (step++ < done) continue;                    // an earlier run has committed it
            batch.Add(order);
            lines += order.Rows;
            if (batch.Count < BatchOrders && lines < BatchLines) continue;
            if (await Flush() is { } error) return error;
        }
        if (batch.Count > 0 && await Flush() is { } last) return last;

        // Only now is every sale of the file there to be matched.
        returns = [.. returns.OrderBy(r => r.At).ThenBy(r => r.FileLine)];
        for (int at = (int)(Math.Max(done, step) - step); at < returns.Count; at += BatchOrders)
        {
            stop.ThrowIfCancellationRequested();
            var taken = await target.Returns(step + at, returns.GetRange(at, Math.Min(BatchOrders, returns.Count - at)), counts);
            if (taken.Error is { } error) return error;
            counts = taken.Value;
            progress($"Matching returns of {file.Name}", Math.Min(at + BatchOrders, returns.Count), returns.Count);
        }
        return counts;

        async Task<Error?> Flush()
        {
            stop.ThrowIfCancellationRequested();
            var taken = await target.Orders(step - batch.Count, batch, counts);
            if (taken.Error is { } error) return error;
            counts = taken.Value;
            batch.Clear();
            lines = 0;
            progress(what, rows, survey.Rows);
            return null;
        }
    }
}

/// <summary>Matching inside one file, for what is not in the database.</summary>
internal static class FileMatching
{
    /// <summary>The sold lines of a file that one of its returns could mean.</summary>
    public static List<SoldLine> Sales(OrderFile file, OrderFileSurvey survey, OrderMapping mapping, bool needsDate)
    {
        var sales = new List<SoldLine>();
        if (survey.Returned.Count == 0) return sales;
        foreach (var order in survey.Orders(file, mapping, needsDate).Select(g => g.Order))
            foreach (var line in order?.Lines ?? [])
                if (order!.Customer is { } customer && !line.IsCharge && survey.Returned.Contains((customer, line.SkuKey)))
                    sales.Add(new SoldLine(Guid.Empty, order.ExternalId, line.LineNo, customer, line.SkuKey, order.At ?? default, line.Quantity));
        return sales;
    }

    /// <summary>Units taken back of each line of the file, and what is left over of each return by its line in the file.</summary>
    public static (Dictionary<(string Order, int Line), long> TakenBack, Dictionary<long, long> LeftOver) Of(
        OrderFile file, OrderFileSurvey survey, OrderMapping mapping, bool needsDate)
    {
        if (survey.Returned.Count == 0) return ([], []);
        var returns = survey.Orders(file, mapping, needsDate).SelectMany(g => g.Returns).ToList();
        var (matched, leftOver) = ReturnMatching.Match(returns, Sales(file, survey, mapping, needsDate));
        return (matched.GroupBy(m => (m.Sale.ExternalId, m.Sale.LineNo)).ToDictionary(g => g.Key, g => g.Sum(m => m.Quantity)),
            leftOver.ToDictionary(l => l.Key.FileLine, l => l.Value));
    }
}
