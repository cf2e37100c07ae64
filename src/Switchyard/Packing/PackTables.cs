using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Packing;

/// <summary>Reads and writes what lies on the packing table for a release.</summary>
internal static class PackTables
{
    /// <summary>All that packing a release needs to know, as of one moment.</summary>
    public sealed record Bench(FulfilmentView View, PackTable Table, IReadOnlyList<PackLine> Lines, IReadOnlyDictionary<string, ProductPacking> Products, IReadOnlyDictionary<string, PackagingView> Packagings,
        PackingSettings Settings)
    {
        public long EmptyGrams(TableParcel parcel) => parcel.Packaging is { } code && Packagings.TryGetValue(code, out var p) ? p.EmptyGrams : 0;
        public long? Expected(TableParcel parcel) => PackTable.Expected(parcel, Lines, EmptyGrams(parcel));
    }

    /// <summary>Null when the actor has no such release. Locked: nobody else packs at it until the transaction ends.</summary>
    public static async Task<Bench?> Load(Work work, Actor actor, FulfilmentId id, DateTimeOffset? lockedAt = null)
    {
        if (lockedAt is { } now)
            await work.Execute(
                """
                insert into pack_sessions (fulfilment_id, merchant_id, content, updated_by, updated_at_ms)
                select id, @merchant, @content, @by, @now from fulfilment_orders where id = @id and merchant_id = @merchant on conflict (fulfilment_id) do nothing
                """, ("id", id.Value), ("content", Write(PackTable.Empty)), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));
        var stored = await work.Query($"select content from pack_sessions where fulfilment_id = @id and merchant_id = @merchant{(lockedAt is null ? "" : " for update")}", row => row.Text(), ("id", id.Value));
        if (await FulfilmentRoom.Find(work, actor, id) is not { } view) return null;
        var products = await ProductPacking.Read(work, view.Lines.Select(l => l.Sku));
        var texts = (await work.Query("select line_no, metadata from order_lines where order_id = @order and merchant_id = @merchant and metadata is not null",
            row => (Line: row.Int(), Text: LineText.Of(row.Text())), ("order", view.Order.Value))).ToDictionary(t => t.Line, t => t.Text);
        var tracks = await ProductTracking.Of(work, view.Lines.Select(l => l.Sku));
        var noted = tracks.Count == 0 ? [] : await PackingQueue.Noted(work, id);
        var lines = view.Lines.Select(l => (Line: l, Goods: products.GetValueOrDefault(Text.Key(l.Sku)), Kept: tracks.GetValueOrDefault(Text.Key(l.Sku))))
            .Select(l => new PackLine(l.Line.Line, l.Line.Sku, l.Line.Picked, texts.GetValueOrDefault(l.Line.Line), l.Goods?.ShipsAlone == true, l.Goods?.WeightGrams ?? 0)
            {
                HasLots = l.Kept == Tracks.Lot,
                HasSerials = l.Kept == Tracks.Serial,
                Noted = [.. noted.Where(n => n.Line == l.Line.Line).Select(n => new TableUnit(n.Lot, n.Serial, n.Units))],
            }).ToList();
        return new Bench(view, stored.Count > 0 ? Read(stored[0]) : PackTable.Empty, lines, products, (await WritePackaging.All(work)).ToDictionary(p => p.Code), await PackingSettings.Read(work));
    }

    public static Task Save(Work work, Actor actor, FulfilmentId id, PackTable table, DateTimeOffset now) => work.Execute(
        "update pack_sessions set content = @content, version = version + 1, updated_by = @by, updated_at_ms = @now where fulfilment_id = @id and merchant_id = @merchant",
        ("content", Write(table)), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("id", id.Value));

    public static Task Log(Work work, Actor actor, FulfilmentId id, string kind, string? code, int? line, long quantity, string? detail, DateTimeOffset now) => work.Execute(
        """
        insert into pack_log (merchant_id, fulfilment_id, kind, code, line_no, quantity, detail, actor, at_ms)
        values (@merchant, @id, @kind, @code::text, @line::integer, @quantity, @detail::text, @by, @now)
        """, ("id", id.Value), ("kind", kind), ("code", code), ("line", line), ("quantity", quantity), ("detail", detail), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()));

    private static string Write(PackTable table) => JsonSerializer.Serialize(table, Json.Options);
    private static PackTable Read(string json) => JsonSerializer.Deserialize<PackTable>(json, Json.Options)!;
}
