using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Says what an import would do, and writes nothing.</summary>
internal sealed class DryTarget(Db db, Actor actor, long channel, ImportOptions options, IReadOnlyList<SoldLine> salesOfFile) : IImportTarget
{
    public const int MostFaults = 100_000;
    private readonly List<RowFault> _faults = [];
    private List<SoldLine>? _left;

    /// <summary>Errors and warnings by line, at most <see cref="MostFaults"/>.</summary>
    public IReadOnlyList<RowFault> Faults => [.. _faults.OrderBy(f => f.Line)];

    public async Task<Result<ImportCounts>> Orders(long from, IReadOnlyList<GatheredOrder> orders, ImportCounts before)
    {
        var counts = before.Copy();
        var known = await db.Read(actor, work => KnownOrders.Find(work, channel, orders));
        Note(KnownOrders.Sort(orders, options.IsHistory ? known : new Dictionary<string, byte[]?>(), counts).Faults);
        return counts;
    }

    public async Task<Result<ImportCounts>> Returns(long from, IReadOnlyList<ImportedReturn> returns, ImportCounts before)
    {
        var counts = before.Copy();
        var faults = new List<RowFault>();
        _left ??= [.. salesOfFile];
        // Sales of the file that are stored already would count twice; what is stored knows what came back.
        var stored = options.IsHistory ? await db.Read(actor, work => SoldLines.Load(work, channel, returns)) : [];
        var storedOrders = stored.Select(s => s.ExternalId).ToHashSet(StringComparer.Ordinal);
        var (matched, leftOver) = ReturnMatching.Match(returns, [.. stored, .. _left.Where(s => !storedOrders.Contains(s.ExternalId))]);
        foreach (var one in returns) if (counts.Add(one, leftOver[one]) is { } fault) faults.Add(fault);
        counts.Add(faults, []);
        Note(faults);
        var taken = matched.GroupBy(m => (m.Sale.ExternalId, m.Sale.LineNo)).ToDictionary(g => g.Key, g => g.Sum(m => m.Quantity));
        _left = _left.ConvertAll(s => s with { Left = s.Left - taken.GetValueOrDefault((s.ExternalId, s.LineNo)) });
        return counts;
    }

    private void Note(IReadOnlyList<RowFault> faults) => _faults.AddRange(faults.Take(MostFaults - _faults.Count));
}
