using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Edi;

/// <summary>Shows trading partners, and makes or changes one.</summary>
public static class WriteEdiPartner
{
    /// <param name="Channel">The channel its orders come by.</param>
    /// <param name="Node">The node at which it works for us: a 3PL or a supplier.</param>
    /// <param name="OurQualifier">ISA qualifier of our id, such as 01 (DUNS), 12 (telephone), 14 (DUNS with suffix) or ZZ (agreed between us).</param>
    /// <param name="X12Version">00401 or 00501.</param>
    /// <param name="Usage">P production, T test.</param>
    /// <param name="AckHours">A 997 is expected within so many hours, 24 when left out; 0: none is.</param>
    /// <param name="TimeZone">IANA zone of times that name none, UTC when left out.</param>
    /// <param name="ByFolder">Exchange by the partner's folder, where the server has one.</param>
    public sealed record Request(string? Name = null, string? Channel = null, string? Node = null, string? OurQualifier = null, string? OurId = null, string? TheirQualifier = null, string? TheirId = null,
        string? OurGroup = null, string? TheirGroup = null, [property: Words("00401", "00501")] string? X12Version = null, [property: Words("P", "T")] string? Usage = null,
        IReadOnlyList<string?>? Takes = null, IReadOnlyList<string?>? Sends = null, [property: Words("wholesale", "sales")] string? OrderType = null,
        string? GoodsQualifier = null, string? Unit = null, IReadOnlyDictionary<string, long>? Units = null, IReadOnlyDictionary<string, string>? Methods = null, string? Currency = null,
        string? Country = null, string? Separators = null, int? StockMinutes = null, int? AckHours = null, string? TimeZone = null, bool ByFolder = false, bool IsActive = true);

    private const int MostEntries = 50, MostPartners = 500;
    private static readonly string[] Inward = ["846", "850", "945"], Outward = ["810", "846", "855", "856", "940"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/edi/partners", async (Db db, Actor actor) => Results.Json(new Page<EdiPartnerView>(
                [.. (await db.Read(actor, work => work.Query($"select {EdiPartner.Columns} from edi_partners p where p.merchant_id = @merchant order by p.code limit @most", EdiPartner.Read, ("most", (long)MostPartners))))
                    .Select(EdiPartnerView.Of)], null, false), Json.Options))
            .Requires(Permission.EdiRead).WithName("edi.listPartners").WithTags("EDI").WithSummary("List trading partners").Produces<Page<EdiPartnerView>>();
        routes.MapGet("/edi/partners/{code}", async (string code, Db db, Actor actor, HttpContext http) =>
            {
                var found = Text.IsStorable(code) ? await db.Read(actor, work => EdiPartner.Find(work, code)) : null;
                if (found is null) return EdiErrors.NoSuchPartner(code).ToHttp();
                ETag.Set(http, found.Version);
                return Results.Json(EdiPartnerView.Of(found), Json.Options);
            })
            .Requires(Permission.EdiRead).WithName("edi.getPartner").WithTags("EDI").WithSummary("Read a trading partner").Produces<EdiPartnerView>().ProducesProblem(404);
        routes.MapPut("/edi/partners/{code}", async (string code, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(code, body, expected.Value, db, clock, actor);
                if (saved.IsOk) ETag.Set(http, saved.Value.Version);
                return saved.ToHttp();
            })
            .Requires(Permission.EdiWrite).WithName("edi.writePartner").WithTags("EDI").WithSummary("Make or change a trading partner")
            .Produces<EdiPartnerView>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(412);
    }

    /// <remarks>Errors: request.invalid with pointers, edi.changed, edi.ids_taken, edi.node_taken.</remarks>
    public static async Task<Result<EdiPartnerView>> Handle(string code, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        if (Check(code, body) is { } faults) return faults;
        var settings = new EdiSettings(body.X12Version ?? "00401", body.Usage ?? "P", [.. (body.Takes ?? ["850"]).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            [.. (body.Sends ?? ["855", "856"]).OfType<string>().Distinct().Order(StringComparer.Ordinal)], body.OurGroup ?? body.OurId!, body.TheirGroup ?? body.TheirId!, body.OrderType ?? "wholesale",
            body.GoodsQualifier ?? "VP", body.Unit ?? "EA", body.Units ?? PartnerProfile.Usual.Units, body.Methods ?? PartnerProfile.Usual.Methods, body.Currency ?? "USD", body.Country ?? "US",
            body.Separators ?? "*>~", body.StockMinutes,
            body.AckHours ?? EdiSettings.UsualAckHours, body.TimeZone ?? "UTC", body.ByFolder);
        var now = clock.GetUtcNow();
        return await db.Write<EdiPartnerView>(actor, async work =>
        {
            if (await Unknown(work, body) is { } unknown) return unknown;
            var present = await EdiPartner.Find(work, code, locked: true);
            if (expected is { } version && version != (present?.Version ?? 0)) return EdiErrors.Changed(present?.Version ?? 0);
            (string, object?)[] fields =
            [
                ("id", present?.Id ?? Guid.CreateVersion7(now)), ("code", code), ("name", body.Name), ("channel", body.Channel), ("node", body.Node), ("ourq", body.OurQualifier), ("our", body.OurId),
                ("theirq", body.TheirQualifier), ("their", body.TheirId), ("settings", JsonSerializer.Serialize(settings, Json.Options)), ("active", body.IsActive),
                ("due", body is { IsActive: true, StockMinutes: not null } ? now.ToUnixTimeMilliseconds() : null), ("now", now.ToUnixTimeMilliseconds()),
            ];
            // Both unique keys are looked at by the database: of two at the same moment one is refused.
            if (await work.Scalar("select count(*) from edi_partners where merchant_id = @merchant and code <> @code and their_qualifier = @theirq and their_id = @their and our_qualifier = @ourq and our_id = @our", fields) > 0)
                return EdiErrors.IdsTaken;
            if (body.IsActive && body.Node is { } node && settings.Sends.Contains("940") && await Works(work, node, code) is { } other) return EdiErrors.NodeTaken(node, other);
            int written = present is null
                ? await work.Execute(
                    """
                    insert into edi_partners (id, merchant_id, code, name, channel, node, our_qualifier, our_id, their_qualifier, their_id, settings, is_active, stock_due_ms, created_at_ms, updated_at_ms)
                    values (@id, @merchant, @code, @name, @channel::text, @node::text, @ourq, @our, @theirq, @their, @settings, @active, @due::bigint, @now, @now) on conflict do nothing
                    """, fields)
                : await work.Execute(
                    """
                    update edi_partners set name = @name, channel = @channel::text, node = @node::text, our_qualifier = @ourq, our_id = @our, their_qualifier = @theirq, their_id = @their, settings = @settings,
                           is_active = @active, stock_due_ms = @due::bigint, updated_at_ms = @now, version = version + 1
                     where merchant_id = @merchant and id = @id
                    """, fields);
            if (written == 0) return EdiErrors.IdsTaken;
            await EventLog.Append(work, actor, now, new Happening("ediPartner", code, present is null ? "EdiPartnerCreated" : "EdiPartnerChanged", new { code, takes = settings.Takes, sends = settings.Sends, isActive = body.IsActive }));
            return EdiPartnerView.Of((await EdiPartner.Find(work, code))!);
        });
    }

    private static Error? Check(string code, Request body)
    {
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.not_code", "A code has 1 to 64 visible characters and no blanks.");
        checks.Text(body.Name, "/name", 200, required: true);
        checks.Text(body.Channel, "/channel", 64);
        checks.Text(body.Node, "/node", 64);
        Id(checks, body.OurQualifier, body.OurId, "our");
        Id(checks, body.TheirQualifier, body.TheirId, "their");
        checks.That(body.OurGroup is null || IsIn(body.OurGroup, 2, 15), "/ourGroup", "field.malformed", "A group id has 2 to 15 printable characters.");
        checks.That(body.TheirGroup is null || IsIn(body.TheirGroup, 2, 15), "/theirGroup", "field.malformed", "A group id has 2 to 15 printable characters.");
        checks.That(body.X12Version is null or "00401" or "00501", "/x12Version", "field.not_one_of", "x12Version is 00401 or 00501.");
        checks.That(body.Usage is null or "P" or "T", "/usage", "field.not_one_of", "usage is P or T.");
        checks.That(body.OrderType is null or "wholesale" or "sales", "/orderType", "field.not_one_of", "orderType is wholesale or sales.");
        Sets(checks, body.Takes, Inward, "/takes");
        Sets(checks, body.Sends, Outward, "/sends");
        checks.That(body.GoodsQualifier is null || PartnerProfile.Qualifiers.Contains(body.GoodsQualifier), "/goodsQualifier", "field.not_one_of", $"goodsQualifier is one of {string.Join(", ", PartnerProfile.Qualifiers)}.");
        checks.That(body.Unit is null || IsUnit(body.Unit), "/unit", "field.malformed", "A unit has two capital letters or digits, such as EA.");
        checks.That((body.Units?.Count ?? 0) <= MostEntries, "/units", "field.too_many", $"At most {MostEntries} units.");
        foreach (var (unit, each) in (body.Units ?? PartnerProfile.Usual.Units).Take(MostEntries))
            checks.That(IsUnit(unit) && each is > 0 and <= 100_000, "/units", "field.malformed", "A unit has two capital letters or digits, and stands for 1 to 100,000 units of ours.");
        checks.That((body.Methods?.Count ?? 0) <= MostEntries, "/methods", "field.too_many", $"At most {MostEntries} methods.");
        foreach (var (name, method) in (body.Methods ?? PartnerProfile.Usual.Methods).Take(MostEntries))
        {
            checks.Text(name, "/methods", 80, required: true);
            checks.Text(method, "/methods", 64, required: true);
        }
        checks.That(body.Currency is null || Currency.TryParse(body.Currency, out _), "/currency", "field.unknown_currency", "currency must be an ISO 4217 code such as USD.");
        checks.That(body.Country is null || body.Country.Length == 2 && body.Country.All(char.IsAsciiLetterUpper), "/country", "field.malformed", "country has two capital letters.");
        checks.That(body.Separators is null || body.Separators.Length == 3 && body.Separators.Distinct().Count() == 3 && body.Separators.All(c => c is > ' ' and < (char)127 && !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '^')),
            "/separators", "field.malformed", "separators are three different signs, such as *>~.");
        foreach (var (id, at) in new[] { (body.OurId, "/ourId"), (body.TheirId, "/theirId") })
            checks.That(id is null || !id.Any(c => (body.Separators ?? "").Contains(c) || c == '^'), at, "field.malformed", "An id does not hold a separator.");
        if (body.StockMinutes is { } minutes) checks.Range(minutes, 5, 10_080, "/stockMinutes");
        if (body.AckHours is { } hours) checks.Range(hours, 0, 720, "/ackHours");
        checks.That(body.TimeZone is null || body.TimeZone.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(body.TimeZone, out _), "/timeZone", "field.unknown_value", "timeZone is an IANA zone such as America/New_York.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static void Id(Checks checks, string? qualifier, string? id, string whose)
    {
        checks.That(qualifier is { Length: 2 } && qualifier.All(char.IsAsciiLetterOrDigit), $"/{whose}Qualifier", "field.malformed", "A qualifier has two letters or digits, such as ZZ.");
        checks.That(id is not null && IsIn(id, 1, 15), $"/{whose}Id", "field.malformed", "An id has 1 to 15 printable characters.");
    }

    private static bool IsIn(string text, int least, int most) => text.Length >= least && text.Length <= most && text.Trim() == text && text.All(c => c is >= ' ' and < (char)127 && c is not ('*' or '~' or '>'));
    private static bool IsUnit(string unit) => unit.Length == 2 && unit.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private static void Sets(Checks checks, IReadOnlyList<string?>? sets, string[] known, string at)
    {
        checks.That((sets?.Count ?? 0) <= 20, at, "field.too_many", "At most 20 sets.");
        foreach (var (i, set) in (sets ?? []).Take(20).Index()) checks.That(known.Contains(set), $"{at}/{i}", "field.not_one_of", $"It is one of {string.Join(", ", known)}.");
    }

    /// <summary>Who else is sent the releases of a node: what two are asked to send goes out twice. The node is held, so that of two at the same moment the second sees the first.</summary>
    private static async Task<string?> Works(Work work, string node, string code)
    {
        await work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id and m.merchant_id = @merchant where n.code = @node for update of m", row => row.Long(), ("node", node));
        return (await work.Query($"select {EdiPartner.Columns} from edi_partners p where p.merchant_id = @merchant and p.node = @node and p.code <> @code and p.is_active = true order by p.code", EdiPartner.Read,
            ("node", node), ("code", code))).Find(p => p.SendsSet("940"))?.Code;
    }

    private static async Task<Error?> Unknown(Work work, Request body)
    {
        var checks = new Checks();
        if (body.Channel is not null)
            checks.That(await work.Scalar("select count(*) from channels where merchant_id = @merchant and code = @code", ("code", body.Channel)) > 0, "/channel", "channels.no_such_channel", $"There is no channel {body.Channel}.");
        if (body.Node is not null)
            checks.That(await work.Scalar("select count(*) from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.kind in ('3pl', 'supplier') and n.code = @code", ("code", body.Node)) > 0,
                "/node", "inventory.unknown_node", $"There is no node {body.Node} at which a 3PL or a supplier works.");
        checks.That(body.Channel is not null || !(body.Takes ?? []).Contains("850"), "/channel", "field.required", "Orders (850) need a channel they come by.");
        checks.That(body.Node is not null || !(body.Takes ?? []).Contains("945") && !(body.Takes ?? []).Contains("846") && !(body.Sends ?? []).Contains("940"), "/node", "field.required",
            "940 and 945, and stock that comes in by 846, need the node where the partner works.");
        return checks.AnyFault ? checks.ToError() : null;
    }
}

/// <summary>A trading partner, as the API shows it.</summary>
/// <param name="Control">The number of the last interchange that was made for it.</param>
public sealed record EdiPartnerView(string Code, string Name, string? Channel, string? Node, string OurQualifier, string OurId, string TheirQualifier, string TheirId, string OurGroup, string TheirGroup,
    [property: Words("00401", "00501")] string X12Version, [property: Words("P", "T")] string Usage, IReadOnlyList<string> Takes, IReadOnlyList<string> Sends, [property: Words("wholesale", "sales")] string OrderType,
    string GoodsQualifier, string Unit, IReadOnlyDictionary<string, long> Units, IReadOnlyDictionary<string, string> Methods, string Currency, string Country, string Separators, int? StockMinutes, int AckHours, string TimeZone, bool ByFolder,
    bool IsActive, long Control, long Version)
{
    public string Object => "ediPartner";

    internal static EdiPartnerView Of(EdiPartner p) => new(p.Code, p.Name, p.Channel, p.Node, p.OurQualifier, p.OurId, p.TheirQualifier, p.TheirId, p.Settings.OurGroup, p.Settings.TheirGroup, p.Settings.Version,
        p.Settings.Usage, p.Settings.Takes, p.Settings.Sends, p.Settings.OrderType, p.Settings.GoodsQualifier, p.Settings.Unit, p.Settings.Units, p.Settings.Methods, p.Settings.Currency, p.Settings.Country,
        p.Settings.Separators, p.Settings.StockMinutes, p.Settings.AckHours, p.Settings.TimeZone, p.Settings.ByFolder, p.IsActive, p.Control, p.Version);
}
