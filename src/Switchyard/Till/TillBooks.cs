using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Till;

/// <summary>A shift as it is stored.</summary>
internal sealed record StoredShift(string Id, long NodeId, string Node, string Register, string Channel, string Currency, long FloatMinor, IReadOnlyList<ShiftTax> TaxRates, byte[] Hash, string OpenedBy, DateTimeOffset OpenedAt,
    string? ClosedBy, DateTimeOffset? ClosedAt, byte[]? CloseHash, long? ZNumber, string? Report, long RecordedAtMs)
{
    public ShiftView View => new(Id, Node, Register, Channel, Currency, FloatMinor, TaxRates, OpenedBy, OpenedAt, ClosedBy, ClosedAt, ZNumber);
}

/// <summary>What is to be written of one entry.</summary>
internal sealed record NewEntry(string Id, string Kind, OrderId? Order, string? Of, byte[] Hash);

/// <summary>An entry as it is stored, with the answer that was given.</summary>
internal sealed record StoredEntry(string Id, string Kind, string Shift, long No, long NodeId, Guid? Order, byte[] Hash, TillReceipt Receipt);

/// <summary>
/// Reads and writes shifts and entries. The shift's row is locked after orders and stock, always last, so that sales of one register count one after the other
/// and a closed shift takes nothing more.
/// </summary>
internal static class TillBooks
{
    public const int MostId = 64;

    private const string Columns =
        """
        s.id, s.node_id, s.node, s.register, s.channel, s.currency, s.float_minor, s.tax_rates, s.content_hash, s.opened_by, s.opened_at_ms, s.closed_by, s.closed_at_ms, s.close_hash, s.z_no, s.report, s.recorded_at_ms
        """;

    public static byte[] Hash<T>(T told) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(told, Json.Options));

    /// <summary>A shift that the actor may see; null when there is none such.</summary>
    public static async Task<StoredShift?> Shift(Work work, Actor actor, string id, bool isLocked = false) =>
        await work.Find($"select {Columns} from till_shifts s where s.merchant_id = @merchant and s.id = @id{(isLocked ? " for update" : "")}", Read, ("id", id)) is { } shift
            && actor.MaySeeNode(shift.NodeId) ? shift : null;

    /// <summary>Shifts of nodes that the actor may see, the newest first.</summary>
    public static Task<List<StoredShift>> Shifts(Work work, Actor actor, string? node, bool? isOpen, int most, (long AtMs, string Id)? after = null)
    {
        string ofNode = node is null ? "" : " and s.node = @node", ofState = isOpen switch { true => " and s.closed_at_ms is null", false => " and s.closed_at_ms is not null", null => "" };
        return work.Query(
            $"select {Columns} from till_shifts s where s.merchant_id = @merchant and (@nodes::bigint[] is null or s.node_id = any(@nodes)){ofNode}{ofState}{(after is null ? "" : " and (s.recorded_at_ms < @at or s.recorded_at_ms = @at and s.id > @after)")} order by s.recorded_at_ms desc, s.id limit @most",
            Read, ("nodes", actor.NodeFilter), ("node", node), ("most", (long)most), ("at", after?.AtMs ?? 0), ("after", after?.Id ?? ""));
    }

    /// <summary>The shift in which a thing of this one counts, locked: itself, or where it is closed the one of its currency that is open at its register now.</summary>
    public static async Task<StoredShift?> Counting(Work work, StoredShift told, bool isLocked = true)
    {
        string locked = isLocked ? " for update" : "";
        var own = await work.Find($"select {Columns} from till_shifts s where s.merchant_id = @merchant and s.id = @id{locked}", Read, ("id", told.Id));
        return own is { ClosedAt: null } ? own : await work.Find(
            $"select {Columns} from till_shifts s where s.merchant_id = @merchant and s.node_id = @node and s.register = @register and s.currency = @currency and s.closed_at_ms is null{locked}",
            Read, ("node", told.NodeId), ("register", told.Register), ("currency", told.Currency));
    }

    public static Task<StoredEntry?> Entry(Work work, string id) => work.Find(
        """
        select e.id, e.kind, e.shift_id, e.entry_no, s.node_id, e.order_id, e.content_hash, e.answer from till_entries e
          join till_shifts s on s.merchant_id = e.merchant_id and s.id = e.shift_id where e.merchant_id = @merchant and e.id = @id
        """, ReadEntry, ("id", id));

    /// <summary>Entries of a shift, the newest first.</summary>
    public static Task<List<StoredEntry>> Entries(Work work, string shift, int most, long before = long.MaxValue) => work.Query(
        """
        select e.id, e.kind, e.shift_id, e.entry_no, s.node_id, e.order_id, e.content_hash, e.answer from till_entries e
          join till_shifts s on s.merchant_id = e.merchant_id and s.id = e.shift_id where e.merchant_id = @merchant and e.shift_id = @shift and e.entry_no < @before order by e.entry_no desc limit @most
        """, ReadEntry, ("shift", shift), ("most", (long)most), ("before", before));

    /// <summary>What was told under this id before: the same is answered again, something else refused; null: it is new.</summary>
    public static async Task<Result<TillReceipt>?> Earlier(Work work, Actor actor, string id, byte[] hash) => await Entry(work, id) is not { } found ? null
        : found.Hash.AsSpan().SequenceEqual(hash) && actor.MaySeeNode(found.NodeId) ? found.Receipt : TillErrors.IdTaken(id);

    /// <summary>The number the next entry of a locked shift gets.</summary>
    public static Task<long> NextNo(Work work, StoredShift shift) =>
        work.Scalar("select coalesce(max(entry_no), 0) + 1 from till_entries where merchant_id = @merchant and shift_id = @shift", ("shift", shift.Id));

    /// <summary>Writes an entry with its tenders; the shift it counts in is locked.</summary>
    public static async Task Keep(Work work, Actor actor, NewEntry entry, string toldShift, TillReceipt receipt, DateTimeOffset now)
    {
        await work.Execute(
            """
            insert into till_entries (merchant_id, id, shift_id, told_shift, kind, entry_no, order_id, of_id, total_minor, discount_minor, tax_minor, content_hash, answer, actor, at_ms, recorded_at_ms)
            values (@merchant, @id, @shift, @told, @kind, @no, @order::uuid, @of::text, @total, @discount, @tax, @hash, @answer, @actor, @at, @now)
            """,
            ("id", entry.Id), ("shift", receipt.Shift), ("told", toldShift), ("kind", entry.Kind), ("no", receipt.No), ("order", entry.Order?.Value), ("of", entry.Of), ("total", receipt.TotalMinor),
            ("discount", receipt.DiscountMinor), ("tax", receipt.TaxMinor), ("hash", entry.Hash), ("answer", JsonSerializer.Serialize(receipt, Json.Options)), ("actor", actor.Id),
            ("at", receipt.At.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
        await work.Execute(
            "insert into till_tenders (merchant_id, entry_id, tender_no, tender, amount_minor) select @merchant, @entry, tender_no, tender, amount_minor from @rows r",
            Rows.Of(receipt.Tenders.Select((t, i) => (No: i + 1, Tender: t)).ToList()).Int("tender_no", t => t.No).Text("tender", t => t.Tender.Tender).Long("amount_minor", t => t.Tender.AmountMinor), ("entry", entry.Id));
    }

    private static StoredShift Read(Row row) => new(row.Text(), row.Long(), row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), JsonSerializer.Deserialize<ShiftTax[]>(row.Text(), Json.Options)!, row.Bytes(), row.Text(), row.Instant(),
        row.TextOrNull(), row.InstantOrNull(), row.BytesOrNull(), row.LongOrNull(), row.TextOrNull(), row.Long());

    private static StoredEntry ReadEntry(Row row) => new(row.Text(), row.Text(), row.Text(), row.Long(), row.Long(), row.UuidOrNull(), row.Bytes(), JsonSerializer.Deserialize<TillReceipt>(row.Text(), Json.Options)!);
}
