using System.Text;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>
/// Takes what a partner sent: keeps it, acknowledges it (TA1 for its envelope, 997 for its sets), and works on what can be taken. A control number counts once: the
/// same interchange again is refused and changes nothing.
/// </summary>
public sealed class TakeInterchange(Db db, ApplyMessages apply, TimeProvider clock)
{
    public const int MostBytes = 1 << 20;

    /// <summary>So many messages are worked on while the caller waits; the rest follows.</summary>
    private const int MostAtOnce = 25;

    /// <param name="Content">X12: one interchange or several, at most 1 MiB.</param>
    public sealed record Request(string? Content = null);

    /// <param name="Ignored">Characters that stand outside of any interchange.</param>
    public sealed record Response(string Object, IReadOnlyList<InterchangeView> Interchanges, int Ignored);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/edi/interchanges", async (Request body, TakeInterchange take, Actor actor) => (await take.Handle(actor, body.Content, "api")).ToHttp())
            .Requires(Permission.EdiWrite).WithName("edi.take").WithTags("EDI").WithSummary("Send in interchanges of a partner: they are kept, acknowledged and worked on")
            .WithDescription("Safe to send again: a control number counts once for each partner.").Produces<Response>().ProducesProblem(400);

    /// <param name="source">How it came: api, or the name of a file.</param>
    /// <param name="only">Where it can only have come from this partner, by its code: what names another sender is refused.</param>
    /// <remarks>Errors: request.invalid with pointer /content (edi.no_interchange).</remarks>
    public async Task<Result<Response>> Handle(Actor actor, string? content, string source, string? only = null)
    {
        var checks = new Checks();
        checks.Text(content, "/content", MostBytes, required: true);
        if (!checks.AnyFault) checks.That(Encoding.UTF8.GetByteCount(content!) <= MostBytes, "/content", "field.too_long", "At most 1 MiB at once.");
        if (checks.AnyFault) return checks.ToError();
        var file = X12Reader.Read(content!);
        if (file.Interchanges.Count == 0) return EdiErrors.NoInterchange;
        var (ids, left) = (new List<Guid>(), MostAtOnce);
        foreach (var interchange in file.Interchanges)
        {
            var kept = await db.Write<Kept>(actor with { Stamp = null }, async work => await Keep(work, interchange, source, only, clock.GetUtcNow()));
            if (kept.Error is { } error) return error;
            ids.Add(kept.Value.Id);
            foreach (var message in kept.Value.ToDo.Take(Math.Max(0, left))) await apply.Handle(actor.Merchant, message);
            left -= kept.Value.ToDo.Count;
        }
        var views = await db.Read(actor, work => InterchangesSql.ByIds(work, ids), snapshot: true);
        return new Response("ediReceipt", views, file.Stray);
    }

    private sealed record Kept(Guid Id, IReadOnlyList<Guid> ToDo);

    private static async Task<Kept> Keep(Work work, Interchange came, string source, string? only, DateTimeOffset now)
    {
        var partner = await EdiPartner.Sender(work, came.Header) is { } sender && (only is null || sender.Code == only) ? sender : null;
        var (id, nowMs) = (Guid.CreateVersion7(now), now.ToUnixTimeMilliseconds());
        string note = partner is null or { IsActive: false } ? InterchangeNotes.InvalidSender : !came.IsSound ? came.Note
            : came.Header.Usage != partner.Settings.Usage ? InterchangeNotes.InvalidUsage : InterchangeNotes.None;
        long number = note == InterchangeNotes.None ? long.Parse(came.Header.Control, System.Globalization.CultureInfo.InvariantCulture) : 0;
        (string, object?)[] row =
        [
            ("id", id), ("partner", partner?.Id), ("control", Cut(came.Header.Control, 20)), ("sender", Cut(came.Header.Sender, 20)), ("receiver", Cut(came.Header.Receiver, 20)),
            ("usage", came.Header.Usage is "P" or "T" or "I" ? came.Header.Usage : "P"), ("sets", Cut(string.Join(' ', came.Groups.SelectMany(g => g.Sets).Select(s => Cut(s.Code, 6)).Distinct().Take(20)), 200)),
            ("content", came.Text), ("bytes", (long)Encoding.UTF8.GetByteCount(came.Text)), ("source", source), ("now", nowMs),
        ];
        if (note == InterchangeNotes.None && await Insert(work, row, "taken", note, number) == 0) note = InterchangeNotes.Duplicate;
        if (note != InterchangeNotes.None)
        {
            await Insert(work, row, note == InterchangeNotes.Duplicate ? "repeated" : "refused", note, null);
            if (note != InterchangeNotes.Duplicate)
                await EdiTroubles.Refused(work, partner?.Code ?? only ?? Cut(came.Header.Sender, 20), $"Interchange {Cut(came.Header.Control, 20)} was refused: TA105 {note}", now);
            // Only what holds messages is answered: two houses that refuse each other's TA1 would do so without end.
            if (partner is { IsActive: true } known && came.Groups.Count > 0) await MakeInterchange.Ta1(work, known, Acknowledgement.Of(came.Header, note), now);
            return new Kept(id, []);
        }
        if (came.Header.WantsTa1) await MakeInterchange.Ta1(work, partner!, Acknowledgement.Of(came.Header, note), now);
        foreach (var told in came.Acknowledgements) await TakeAcknowledgement.Of(work, partner!, told, now);
        return new Kept(id, await Messages(work, partner!, id, came, now));
    }

    private static Task<int> Insert(Work work, (string, object?)[] row, string state, string note, long? number) => work.Execute(
        """
        insert into edi_interchanges (id, merchant_id, partner_id, direction, control, taken_no, sender, receiver, usage, sets, state, note, content, bytes, source, created_at_ms, settled_at_ms)
        values (@id, @merchant, @partner::uuid, 'in', @control, @number::bigint, @sender, @receiver, @usage, @sets, @state, @note, @content, @bytes, @source, @now, @now) on conflict do nothing
        """, [.. row, ("state", state), ("note", note), ("number", number)]);

    private static async Task<List<Guid>> Messages(Work work, EdiPartner partner, Guid id, Interchange came, DateTimeOffset now)
    {
        var rows = new List<(Guid Id, int Place, string Group, SetVerdict Verdict)>();
        foreach (var group in came.Groups)
        {
            var verdict = Acknowledgement.Judge(group, came.Delimiters, partner.TakesSet);
            foreach (var set in verdict.Sets) rows.Add((Guid.CreateVersion7(now), rows.Count, Cut(group.Control, 9), set));
            // An acknowledgement is not acknowledged, or the two would never end.
            if (group.Code != "FA") await MakeInterchange.Sets(work, partner, "997", [Acknowledgement.Write(verdict, partner.Settings.Delimiters)], now);
        }
        await work.Execute(
            """
            insert into edi_messages (id, merchant_id, partner_id, interchange_id, place, direction, set_code, control, group_control, state, faults, due_at_ms, created_at_ms)
            select id, @merchant, @partner, @interchange, place, 'in', set_code, control, group_control, state, faults, @now, @now from @rows r where true
            """, Rows.Of(rows).Uuid("id", r => r.Id).Int("place", r => r.Place).Text("set_code", r => Cut(r.Verdict.Set.Code, 6)).Text("control", r => Cut(r.Verdict.Set.Control, 9)).Text("group_control", r => r.Group)
                .Text("state", r => r.Verdict.IsTaken ? "new" : "refused").Text("faults", r => JsonSerializer.Serialize(Faults(r.Verdict), Json.Options)),
            ("partner", partner.Id), ("interchange", id), ("now", now.ToUnixTimeMilliseconds()));
        if (rows.Find(r => !r.Verdict.IsTaken) is { Verdict: { } refused })
            await EdiTroubles.Refused(work, partner.Code, $"{Cut(refused.Set.Code, 6)} {Cut(refused.Set.Control, 9)} of interchange {came.Header.Control} was refused for its syntax", now);
        return [.. rows.Where(r => r.Verdict.IsTaken).Select(r => r.Id)];
    }

    private static IEnumerable<EdiFault> Faults(SetVerdict verdict) => verdict.Codes.Where(c => c != EnvelopeFaults.SegmentsInError).Select(c => new EdiFault("ST", "AK502-" + c, EdiWords.OfSet(c)))
        .Concat(verdict.Faults.SelectMany(f => f.Elements.Count == 0 ? [new EdiFault($"{Cut(f.Tag, 3)} ({f.Position})", "AK304-" + f.Code, EdiWords.OfSegment(f.Code))]
            : f.Elements.Select(e => new EdiFault($"{Cut(f.Tag, 3)}{e.Element:00} ({f.Position})", "AK403-" + e.Code, EdiWords.OfElement(e.Code) + (e.Copy.Length == 0 ? "" : $": {Cut(e.Copy, 60)}")))));

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;
}
