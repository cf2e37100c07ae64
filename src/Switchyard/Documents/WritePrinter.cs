using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Printers of nodes, and stations that say which printer takes which paper.</summary>
public static class WritePrinter
{
    /// <param name="Kind">label, slip or a4: what lies in it.</param>
    /// <param name="Format">What it understands.</param>
    /// <param name="Link">raw: the server sends to its address, if the operator allows that address. agent: a print agent fetches its jobs.</param>
    public sealed record PrinterBody(string? Node = null, string? Name = null, [property: Words("label", "slip", "a4")] string? Kind = null, [property: Words("pdf", "zpl203", "zpl300")] string? Format = null,
        [property: Words("raw", "agent")] string? Link = null, string? Host = null, int? Port = null, bool IsActive = true);

    /// <param name="Label">The code of the printer that takes labels.</param>
    public sealed record StationBody(string? Node = null, string? Name = null, string? Label = null, string? Slip = null, string? A4 = null);

    /// <param name="Failed">Jobs that were given up and wait for a person.</param>
    /// <param name="SeenAt">When an agent last asked for its jobs; null: never, or it is called at its own address.</param>
    public sealed record Printer(string Object, string Code, string Node, string Name, string Kind, string Format, string Link, string? Host, int Port, bool IsActive, long Version, long Waiting, long Failed, DateTimeOffset? SeenAt);
    public sealed record Station(string Object, string Code, string Node, string Name, string? Label, string? Slip, string? A4, long Version);
    public sealed record Response(string Object, IReadOnlyList<Printer> Printers, IReadOnlyList<Station> Stations);

    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/printers", async (Db db, Actor actor) => Results.Json(await db.Read(actor, work => Load(work, actor), snapshot: true), Json.Options))
            .Requires(Permission.FulfilmentRead).WithName("printers.list").WithTags("Documents").WithSummary("List printers and stations of one's nodes").Produces<Response>();
        routes.MapPut("/printers/{code}", async (string code, PrinterBody body, Db db, PrinterAddresses addresses, TimeProvider clock, Actor actor) => (await Write(code, body, db, addresses, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("printers.write").WithTags("Documents").WithSummary("Add a printer, or change it").Produces<Printer>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPut("/print-stations/{code}", async (string code, StationBody body, Db db, TimeProvider clock, Actor actor) => (await Write(code, body, db, clock, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("printers.writeStation").WithTags("Documents").WithSummary("Say which printers a packing station uses").Produces<Station>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid, nodes.no_such_node.</remarks>
    public static async Task<Result<Printer>> Write(string code, PrinterBody body, Db db, PrinterAddresses addresses, TimeProvider clock, Actor actor)
    {
        var checks = Checked(code, body.Node, body.Name);
        checks.That(body.Kind is "label" or "slip" or "a4", "/kind", "field.unknown_value", "kind must be label, slip or a4.");
        checks.That(body.Format is "pdf" or "zpl203" or "zpl300", "/format", "field.unknown_value", "format must be pdf, zpl203 or zpl300.");
        checks.That(body.Link is "raw" or "agent", "/link", "field.unknown_value", "link must be raw or agent.");
        checks.Range(body.Port ?? 9100, 1, 65535, "/port");
        checks.That(body.Link != "raw" || body.Host is { Length: > 0 and <= 253 } host && addresses.IsAllowed(host, body.Port ?? 9100), "/host", "printers.address_not_allowed",
            "The operator has not allowed this address: SWITCHYARD_PRINTERS names the hosts or networks printers may be at.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Printer>(actor, async work =>
        {
            if (await NodeOf(work, actor, body.Node!) is not { } node) return Sourcing.NodeErrors.NoSuchNode(body.Node!);
            int written = await work.Execute(
                $"""
                insert into printers (merchant_id, code_key, code, node_id, name, kind, format, link, host, port, is_active, updated_at_ms)
                values (@merchant, @key, @code, @node, @name, @kind, @format, @link, @host::text, @port, @active, @now)
                on conflict (merchant_id, code_key) do update set code = excluded.code, node_id = excluded.node_id, name = excluded.name, kind = excluded.kind, format = excluded.format,
                    link = excluded.link, host = excluded.host, port = excluded.port, is_active = excluded.is_active, version = printers.version + 1, updated_at_ms = excluded.updated_at_ms
                 where {NodeKept.MayChange("printers.node_id")}
                """, [.. NodeKept.Of(actor), ("key", Text.Key(code)), ("code", code), ("node", node), ("name", body.Name), ("kind", body.Kind), ("format", body.Format), ("link", body.Link), ("host", body.Link == "raw" ? body.Host : null),
                ("port", body.Port ?? 9100), ("active", body.IsActive), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())]);
            if (written == 0) return NodeKept.NotYours;
            return (await Load(work, actor)).Printers.Single(p => Text.Key(p.Code) == Text.Key(code));
        });
    }

    internal static async Task<Result<Station>> Write(string code, StationBody body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = Checked(code, body.Node, body.Name);
        foreach (var (paper, printer) in Papers(body)) checks.Text(printer, "/" + paper, 64);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Station>(actor, async work =>
        {
            if (await NodeOf(work, actor, body.Node!) is not { } node) return Sourcing.NodeErrors.NoSuchNode(body.Node!);
            var known = (await work.Query("select code_key from printers where merchant_id = @merchant and node_id = @node", row => row.Text(), ("node", node))).ToHashSet();
            foreach (var (paper, printer) in Papers(body)) checks.That(printer is null || known.Contains(Text.Key(printer)), "/" + paper, "documents.no_such_printer", $"The node has no printer {printer}.");
            if (checks.AnyFault) return checks.ToError();
            int written = await work.Execute(
                $"""
                insert into print_stations (merchant_id, code_key, code, node_id, name, printers, updated_at_ms) values (@merchant, @key, @code, @node, @name, @printers, @now)
                on conflict (merchant_id, code_key) do update set code = excluded.code, node_id = excluded.node_id, name = excluded.name, printers = excluded.printers,
                    version = print_stations.version + 1, updated_at_ms = excluded.updated_at_ms
                 where {NodeKept.MayChange("print_stations.node_id")}
                """, [.. NodeKept.Of(actor), ("key", Text.Key(code)), ("code", code), ("node", node), ("name", body.Name),
                ("printers", JsonSerializer.Serialize(Papers(body).Where(p => p.Printer is not null).ToDictionary(p => p.Paper, p => p.Printer), Json.Options)), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())]);
            if (written == 0) return NodeKept.NotYours;
            return (await Load(work, actor)).Stations.Single(s => Text.Key(s.Code) == Text.Key(code));
        });
    }

    private static async Task<Response> Load(Work work, Actor actor)
    {
        string ofNodes = actor.Nodes is null ? "" : " and p.node_id = any(@nodes)";
        var printers = await work.Query(
            $"""
            select p.code, n.code, p.name, p.kind, p.format, p.link, p.host, p.port, p.is_active, p.version,
                   (select count(*) from print_jobs j where j.merchant_id = @merchant and j.printer_key = p.code_key and j.state in ('waiting', 'sending')),
                   (select count(*) from print_jobs j where j.merchant_id = @merchant and j.printer_key = p.code_key and j.state = 'failed'), case when p.link = 'agent' then p.seen_at_ms end
              from printers p join nodes n on n.id = p.node_id where p.merchant_id = @merchant{ofNodes} order by p.code_key limit {Most}
            """, row => new Printer("printer", row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.Int(), row.Bool(), row.Long(), row.Long(), row.Long(), row.InstantOrNull()), ("nodes", actor.NodeFilter ?? []));
        var stations = await work.Query(
            $"select p.code, n.code, p.name, p.printers, p.version from print_stations p join nodes n on n.id = p.node_id where p.merchant_id = @merchant{ofNodes} order by p.code_key limit {Most}", row =>
            {
                var (code, node, name, map) = (row.Text(), row.Text(), row.Text(), JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text(), Json.Options)!);
                return new Station("printStation", code, node, name, map.GetValueOrDefault("label"), map.GetValueOrDefault("slip"), map.GetValueOrDefault("a4"), row.Long());
            }, ("nodes", actor.NodeFilter ?? []));
        return new Response("printers", printers, stations);
    }

    private static Checks Checked(string code, string? node, string? name)
    {
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.malformed", "A code is 1 to 64 characters without blanks.");
        checks.Text(node, "/node", 64, required: true);
        checks.Text(name, "/name", 200, required: true);
        return checks;
    }

    private static IEnumerable<(string Paper, string? Printer)> Papers(StationBody body) => [("label", body.Label), ("slip", body.Slip), ("a4", body.A4)];

    private static async Task<long?> NodeOf(Work work, Actor actor, string code)
    {
        var found = await work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and upper(n.code) = @code", row => row.Long(), ("code", Text.Key(code)));
        return found.Count == 1 && actor.MaySeeNode(found[0]) ? found[0] : null;
    }
}
