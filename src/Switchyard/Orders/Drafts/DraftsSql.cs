using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>A draft as it is stored.</summary>
/// <param name="Order">As it would be placed, without payment.</param>
/// <param name="TotalMinor">What it came to when it was saved.</param>
internal sealed record StoredDraft(DraftId Id, string Number, DraftState State, long Channel, PlaceOrder.Request Order, long TotalMinor, string? Note,
    IReadOnlyList<string> Tags, DateTimeOffset? ValidUntil, ReservationId? Reservation, DraftOrigin? Origin, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt, long Version)
{
    public string Type => Order.Type ?? OrderTypes.Sales;

    /// <summary>The order that was made of it.</summary>
    public OrderId? Placed => State == DraftState.Placed ? new OrderId(Id.Value) : null;
}

/// <summary>Statements of drafts.</summary>
internal static class DraftsSql
{
    /// <summary>Whoever works for some nodes only sees the drafts he made himself: a draft is at no node yet.</summary>
    public static string Scope(Actor actor) => actor.Nodes is null ? "" : " and d.created_by = @who";

    public static async Task<StoredDraft?> Find(Work work, Actor actor, DraftId id, bool isLocked = false) => await work.Find(
        $"select {Columns} from drafts d where d.id = @id and d.merchant_id = @merchant{Scope(actor)}{(isLocked ? " for update" : "")}", Read, ("id", id.Value), ("who", actor.Id));

    /// <summary>Those of the caller among these, in the order asked for.</summary>
    public static async Task<IReadOnlyList<StoredDraft>> Find(Work work, Actor actor, IReadOnlyList<Guid> ids)
    {
        var found = (await work.Query($"select {Columns} from @rows r join drafts d on d.id = r.id where d.merchant_id = @merchant{Scope(actor)}",
            Rows.Of(ids).Uuid("id", i => i), Read, ("who", actor.Id))).ToDictionary(d => d.Id.Value);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    public static async Task<string> NextNumber(Work work) => (await work.Query(
        "update number_series set next = next + 1 where merchant_id = @merchant and series = 'draft' returning prefix, digits, next",
        row => new NumberForm(row.Text(), row.Int()).Of(row.Long() - 1))).Single();

    /// <summary>Writes a new draft, or one that is locked, with the words it is found by.</summary>
    public static async Task Save(Work work, StoredDraft draft)
    {
        var batch = work.Batch();
        batch.Execute(
            """
            insert into drafts (id, merchant_id, number, type, state, channel_id, currency, total_minor, body, note, tags, valid_until_ms, reservation_id,
                   origin_order_id, origin_kind, created_by, created_at_ms, updated_at_ms, ended_at_ms, version)
            select id, @merchant, number, type, state, channel_id, currency, total_minor, body, note, tags, valid_until_ms, reservation_id,
                   origin_order_id, origin_kind, created_by, created_at_ms, updated_at_ms, ended_at_ms, version from @rows r where true
                on conflict (id) do update set type = excluded.type, state = excluded.state, channel_id = excluded.channel_id, currency = excluded.currency,
                   total_minor = excluded.total_minor, body = excluded.body, note = excluded.note, tags = excluded.tags, valid_until_ms = excluded.valid_until_ms,
                   reservation_id = excluded.reservation_id, origin_order_id = excluded.origin_order_id, origin_kind = excluded.origin_kind,
                   expired_at_ms = case when excluded.valid_until_ms = drafts.valid_until_ms then drafts.expired_at_ms end,
                   updated_at_ms = excluded.updated_at_ms, ended_at_ms = excluded.ended_at_ms, version = excluded.version
            """,
            Rows.Of([draft]).Uuid("id", d => d.Id.Value).Text("number", d => d.Number).Text("type", d => d.Type).Text("state", d => DraftStates.Name(d.State))
                .Long("channel_id", d => d.Channel).Text("currency", d => d.Order.Currency).Long("total_minor", d => d.TotalMinor)
                .Text("body", d => JsonSerializer.Serialize(d.Order, Json.Options)).Text("note", d => d.Note).Text("tags", d => JsonSerializer.Serialize(d.Tags, Json.Options))
                .LongOrNull("valid_until_ms", d => d.ValidUntil?.ToUnixTimeMilliseconds()).UuidOrNull("reservation_id", d => d.Reservation?.Value)
                .UuidOrNull("origin_order_id", d => d.Origin?.Order.Value).Text("origin_kind", d => d.Origin?.Kind).Text("created_by", d => d.CreatedBy)
                .Instant("created_at_ms", d => d.CreatedAt).Instant("updated_at_ms", d => d.UpdatedAt)
                .LongOrNull("ended_at_ms", d => d.EndedAt?.ToUnixTimeMilliseconds()).Long("version", d => d.Version));
        batch.Execute("delete from draft_terms where draft_id = @id and merchant_id = @merchant", ("id", draft.Id.Value));
        batch.Execute(
            """
            insert into draft_terms (merchant_id, term, kind, created_at_ms, draft_id) select @merchant, term, kind, @at, @id from @rows r where true on conflict do nothing
            """,
            Rows.Of(Words(draft).ToList()).Text("term", w => w.Term).Text("kind", w => w.Kind), ("at", draft.CreatedAt.ToUnixTimeMilliseconds()), ("id", draft.Id.Value));
        await batch.Run();
    }

    private static IEnumerable<OrderTerm> Words(StoredDraft d) => OrderWords.Of([d.Order.Customer?.Name, d.Order.ShippingAddress?.Name, d.Order.ShippingAddress?.Company],
            d.Order.Customer?.Email, d.Order.Customer?.Phone, d.Order.ShippingAddress?.Postcode, d.Order.ShippingAddress?.City, (d.Order.Lines ?? []).Select(l => l.Sku))
        .Concat(d.Tags.Select(t => new OrderTerm("tag", Kernel.Text.Key(t)))).DistinctBy(w => (w.Kind, w.Term));

    private const string Columns =
        """
        d.id, d.number, d.state, d.channel_id, d.body, d.total_minor, d.note, d.tags, d.valid_until_ms, d.reservation_id, d.origin_order_id, d.origin_kind,
        d.created_by, d.created_at_ms, d.updated_at_ms, d.ended_at_ms, d.version
        """;

    private static StoredDraft Read(Row row)
    {
        var (id, number, state, channel) = (new DraftId(row.Uuid()), row.Text(), DraftStates.Parse(row.Text()), row.Long());
        var (order, total, note) = (JsonSerializer.Deserialize<PlaceOrder.Request>(row.Text(), Json.Options)!, row.Long(), row.TextOrNull());
        var (tags, validUntil, reservation) = (JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, row.InstantOrNull(), row.UuidOrNull());
        var (origin, kind) = (row.UuidOrNull(), row.TextOrNull());
        return new StoredDraft(id, number, state, channel, order, total, note, tags, validUntil, reservation is { } r ? new ReservationId(r) : null,
            origin is { } o ? new DraftOrigin(new OrderId(o), kind!) : null, row.Text(), row.Instant(), row.Instant(), row.InstantOrNull(), row.Long());
    }
}
