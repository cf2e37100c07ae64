using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>Drafts and quotes as a file, as their list shows them.</summary>
internal sealed class DraftExport : ExportSource
{
    private const int AtOnce = 250;

    private static readonly IReadOnlyList<ExportColumn<DraftSummary>> All =
    [
        new("id", d => d.Id.ToString()), new("number", d => d.Number), new("type", d => d.Type), new("state", d => d.State), new("channel", d => d.Channel),
        new("customer_name", d => d.CustomerName), new("customer_email", d => d.CustomerEmail), new("lines", d => d.Lines), new("currency", d => d.Currency),
        new("total", d => FileRow.MajorOf(d.TotalMinor, d.Currency)), new("tags", d => d.Tags), new("valid_until", d => d.ValidUntil),
        new("order", d => d.Order?.ToString()), new("created_by", d => d.CreatedBy), new("created_at", d => d.CreatedAt), new("changed_at", d => d.UpdatedAt),
    ];

    public override string Name => "drafts";
    public override Permission Reads => ListDrafts.Spec.Permission;
    public override IReadOnlyList<string> Columns { get; } = [.. All.Select(c => c.Name)];
    public override FieldCatalogue Fields => ListDrafts.Spec.Fields;

    public override async Task<ExportRows> Read(Db db, Actor actor, ExportWish wish, string? after, DateTimeOffset now)
    {
        var order = ListOrder.Read(ListDrafts.Spec, ListAsk.Of(null, AtOnce, after), now);
        if (order.Error is { } error) throw new InvalidOperationException(error.Detail);      // our own cursor
        var page = await db.Read(actor, work => ListDrafts.Page(work, actor, order.Value with { Query = wish.Query }, now), snapshot: true);
        return new ExportRows([.. page.Data.Select(d => All.Select(c => c.Of(d)).ToArray())], page.Next);
    }
}
