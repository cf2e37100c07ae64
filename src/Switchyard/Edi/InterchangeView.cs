using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>What is wrong with a message: where, which code, in words.</summary>
/// <param name="Code">X12's own code of a fault of syntax (AK502, AK304, AK403), or a code of ours.</param>
public sealed record EdiFault(string Place, string Code, string Detail);

/// <summary>One message (transaction set) that came or went.</summary>
/// <param name="State">new: to be worked on; done; failed: a person can mend the cause and do it again; refused: its syntax; waiting: to be sent; sent; accepted and rejected by the partner; skipped.</param>
/// <param name="Reference">The number it is about: of the purchase order, of the release, of the stock told.</param>
public sealed record EdiMessageView(EdiMessageId Id, string Set, string Control,
    [property: Words("new", "done", "failed", "refused", "waiting", "sent", "accepted", "rejected", "skipped")] string State, string? Reference, OrderId? Order, FulfilmentId? Fulfilment,
    IReadOnlyList<EdiFault> Faults, int Tries);

/// <summary>One interchange that came or went.</summary>
/// <param name="State">Of what came: taken, refused (its envelope), repeated. Of what goes: waiting, fetched, accepted, rejected.</param>
/// <param name="Note">X12's code of the fault of its envelope (TA105); 000 is none.</param>
/// <param name="IsOverdue">It goes out, and was not acknowledged in the time agreed.</param>
public sealed record InterchangeView(InterchangeId Id, [property: Words("in", "out")] string Direction, string? Partner, string? PartnerName, string Sender, string Receiver, string Control,
    [property: Words("P", "T", "I")] string Usage, [property: Words("taken", "refused", "repeated", "waiting", "fetched", "accepted", "rejected")] string State, string Note, string Sets, long Bytes,
    string Source, DateTimeOffset At, DateTimeOffset? SettledAt, bool IsOverdue, IReadOnlyList<EdiMessageView> Messages)
{
    public string Object => "ediInterchange";

    /// <summary>As it came or went. Only of one by itself and of those that wait, and for half a year.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Content { get; init; }
}

/// <summary>Reads interchanges with their messages.</summary>
internal static class InterchangesSql
{
    private const string Columns =
        "i.id, i.direction, p.code, p.name, i.sender, i.receiver, i.control, i.usage, i.state, i.note, i.sets, i.bytes, i.source, i.created_at_ms, i.settled_at_ms, i.is_overdue";

    /// <param name="where">Over i and p; with the order and the limit.</param>
    public static async Task<List<InterchangeView>> Read(Work work, string where, bool withContent, params (string, object?)[] arguments) => await WithMessages(work, await work.Query(
        $"select {Columns}{(withContent ? ", i.content" : "")} from edi_interchanges i left join edi_partners p on p.id = i.partner_id where i.merchant_id = @merchant and {where}",
        row => View(row, withContent), arguments));

    /// <summary>These, the oldest first, without their content.</summary>
    public static async Task<List<InterchangeView>> ByIds(Work work, IReadOnlyList<Guid> ids) => await WithMessages(work, await work.Query(
        $"select {Columns} from @rows r join edi_interchanges i on i.id = r.id left join edi_partners p on p.id = i.partner_id where i.merchant_id = @merchant order by i.id",
        Rows.Of(ids).Uuid("id", i => i), row => View(row, withContent: false)));

    private static InterchangeView View(Row row, bool withContent) => new(new InterchangeId(row.Uuid()), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text(),
        row.Text(), row.Long(), row.Text(), row.Instant(), row.InstantOrNull(), row.Bool(), [])
    { Content = withContent ? row.TextOrNull() : null };

    private static async Task<List<InterchangeView>> WithMessages(Work work, List<InterchangeView> found)
    {
        if (found.Count == 0) return found;
        var messages = (await work.Query(
            """
            select m.interchange_id, m.id, m.set_code, m.control, m.state, m.reference, m.order_id, m.fulfilment_id, m.faults, m.tries from @rows r
              join edi_messages m on m.interchange_id = r.id where m.merchant_id = @merchant order by m.interchange_id, m.place
            """, Rows.Of(found).Uuid("id", f => f.Id.Value), row => (Of: row.Uuid(), View: Message(row)))).ToLookup(m => m.Of, m => m.View);
        return [.. found.Select(f => f with { Messages = [.. messages[f.Id.Value]] })];
    }

    public static EdiMessageView Message(Row row) => new(new EdiMessageId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.UuidOrNull() is { } order ? new OrderId(order) : null,
        row.UuidOrNull() is { } release ? new FulfilmentId(release) : null, JsonSerializer.Deserialize<List<EdiFault>>(row.Text(), Json.Options)!, row.Int());
}
