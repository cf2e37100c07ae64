using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Makes one document about one or many releases, products, bins or pallets, keeps it, and sends it to a printer when asked.</summary>
public static class MakeDocument
{
    /// <param name="Kind">packingSlip, pickList, orderSummary, giftMessage, promoInsert, returnSlip, shippingLabel, cn22, cn23, commercialInvoice, manifest, palletLabel, productLabel, binLabel.</param>
    /// <param name="Of">Ids of releases, SKUs, codes of bins, or SSCC of 18 digits, as the kind asks. Slips, messages and labels are also made about single packages, by their ids.</param>
    /// <param name="Node">For labels of bins: the node they are at.</param>
    /// <param name="Order">pick, also when left out: along the walk through the node. given: as in <c>of</c>.</param>
    /// <param name="Format">pdf when left out; png shows the first page. With a printer it is the printer's.</param>
    /// <param name="Language">One of the five; each customer's own when left out.</param>
    /// <param name="Copies">Of each, one after the other: for labels of goods.</param>
    /// <param name="Station">Its printer for this kind of document prints it.</param>
    public sealed record Request([property: Words("packingSlip", "pickList", "orderSummary", "giftMessage", "promoInsert", "returnSlip", "shippingLabel", "cn22", "cn23", "commercialInvoice", "manifest",
        "palletLabel", "productLabel", "binLabel")] string? Kind = null, IReadOnlyList<string?>? Of = null, string? Node = null, [property: Words("pick", "given")] string? Order = null,
        [property: Words("pdf", "png", "zpl203", "zpl300")] string? Format = null, [property: Words("en-GB", "en-US", "de", "fr", "es")] string? Language = null, int? Copies = null,
        string? Station = null, string? Printer = null);

    internal sealed record Gathered(List<(JsonObject Data, string Language)> Papers, PressedTemplate Template, byte[]? Logo, long? Node, bool IsOfNodes, PrintQueue.Target? Target);

    private const int MostCopies = 100;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/documents", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp(201, d => $"/api/v1/documents/{d.Id}"))
            .Requires(Permission.FulfilmentWork).WithName("documents.make").WithTags("Documents").WithSummary("Make a document about one or many releases, products, bins or pallets")
            .WithDescription("All that is asked for is one file, in the order of the walk through the node. Who may not see amounts gets no order summary, and amounts in no other document but customs forms.")
            .Produces<DocumentView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);

    /// <remarks>Errors: request.invalid, documents.nothing_found, documents.template_faulty, documents.too_long, documents.no_such_printer, documents.no_printer_for_kind, access.prices_hidden.</remarks>
    public static async Task<Result<DocumentView>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        if (Refusal(body) is { } refusal) return refusal;
        var (kind, now) = (DocumentKind.Find(body.Kind)!, clock.GetUtcNow());
        if (kind.ShowsPrices && !actor.May(Permission.PricesRead)) return AccessErrors.PricesHidden;
        var gathered = await db.Read(actor, work => Gather(work, actor, body, kind, now), snapshot: true);
        if (gathered.Error is { } missing) return missing;
        var (papers, template, logo, node, isOfNodes, target) = gathered.Value;
        string format = target?.Format ?? body.Format ?? "pdf", language = papers.Count > 0 ? papers[0].Language : "en-GB";
        var sheets = Press.Lay(template, papers, logo is null ? null : Picture.Read(logo));
        if (sheets.Error is { } faulty) return faulty;
        var file = Press.Write(sheets.Value, format, kind.Name, language);
        if (file.Error is { } tooLong) return tooLong;
        return await db.Write<DocumentView>(actor, async work =>
        {
            var id = await KeepDocument.Write(work, actor, now, new KeepDocument.Made(kind.Name, format, language, template.Version, [.. body.Of!.Select(o => o!)], node, isOfNodes, kind.ShowsPrices,
                sheets.Value.Count, file.Value));
            if (target is not null) await PrintQueue.Add(work, actor, now, id, target, 1, null);
            return (await ReadDocuments.Load(work, actor, [id]))[0];
        });
    }

    /// <summary>The same, neither kept nor printed.</summary>
    /// <param name="isAllowed">Asked first, in the same snapshot.</param>
    internal static async Task<Result<byte[]>> Draw(Db db, Actor actor, Request body, Func<Work, Task<bool>> isAllowed, DateTimeOffset now)
    {
        var kind = DocumentKind.Find(body.Kind)!;
        var gathered = await db.Read(actor, async work => await isAllowed(work) ? await Gather(work, actor, body, kind, now) : DocumentsErrors.NotFound, snapshot: true);
        if (gathered.Error is { } missing) return missing;
        var (papers, template, logo, _, _, _) = gathered.Value;
        var sheets = Press.Lay(template, papers, logo is null ? null : Picture.Read(logo));
        return sheets.Error is { } faulty ? faulty : Press.Write(sheets.Value, "pdf", kind.Name, papers.Count > 0 ? papers[0].Language : "en-GB");
    }

    private static async Task<Result<Gathered>> Gather(Work work, Actor actor, Request body, DocumentKind kind, DateTimeOffset now)
    {
        PrintQueue.Target? target = null;
        if (body.Station is not null || body.Printer is not null)
        {
            var found = await PrintQueue.Find(work, actor, kind, body.Station, body.Printer);
            if (found.Error is { } error) return error;
            target = found.Value;
        }
        var (template, sender) = (await TemplateStore.Used(work, kind.Name), await SenderSettings.Load(work));
        string[] of = [.. body.Of!.Select(o => o!)];
        if (kind.Of != "release")
        {
            string merchant = (await work.Query("select name from merchants where id = @merchant", row => row.Text()))[0];
            (long? node, List<(string Of, JsonObject Data)> found) = kind.Of switch
            {
                "bin" => await GoodsData.Bins(work, actor, body.Node, of),
                "product" => (null, await GoodsData.Products(work, of)),
                _ => ((long?)null, of.Select(o => (Of: o, Data: new JsonObject { ["of"] = o })).ToList()),
            };
            for (int i = 0; i < of.Length; i++) if (!found.Exists(f => f.Of == of[i])) return DocumentsErrors.NothingFound(i, of[i]);
            string said = body.Language ?? "en-GB";
            foreach (var (_, data) in found) data["sender"] = PaperData.Sender(sender.Body, merchant);
            return new Gathered([.. found.SelectMany(f => Enumerable.Repeat((f.Data, said), body.Copies ?? 1))], template, sender.Logo, node, kind.Of == "bin", target);
        }
        var wanted = await Subjects(work, actor, of);
        var papers = (await PaperData.Releases(work, actor, [.. wanted.Select(w => w.Release).OfType<FulfilmentId>().Distinct()], kind, sender.Body, now)).ToDictionary(p => p.Id, p => p.Paper);
        for (int i = 0; i < of.Length; i++) if (wanted[i].Release is not { } known || !papers.ContainsKey(known)) return DocumentsErrors.NothingFound(i, of[i]);
        var ordered = wanted.Select(w => w.Parcel is { } parcel ? PaperData.OfParcel(papers[w.Release!.Value], parcel) : papers[w.Release!.Value]).ToList();
        if (body.Order != "given") ordered = [.. ordered.OrderBy(p => p.NodeCode, StringComparer.Ordinal).ThenBy(p => p.WalkOrder).ThenBy(p => p.Number, StringComparer.Ordinal)];
        long?[] nodes = [.. ordered.Select(p => p.Node).Distinct()];
        // A list about many is for our own people, in English unless they say else; what goes into a parcel speaks the customer's language.
        List<(JsonObject, string)> all = kind.IsOneForAll ? [(PaperData.Together(ordered), body.Language ?? "en-GB")]
            : [.. ordered.SelectMany(p => Enumerable.Repeat((p.Data, body.Language ?? (kind.IsCustoms ? "en-GB" : p.Language)), body.Copies ?? 1))];
        return new Gathered(all, template, sender.Logo, nodes.Length == 1 ? nodes[0] : null, true, target);
    }

    // A release, or one package of it that was not opened again.
    private static async Task<List<(FulfilmentId? Release, PackedParcel? Parcel)>> Subjects(Work work, Actor actor, IReadOnlyList<string> of)
    {
        var found = new List<(FulfilmentId?, PackedParcel?)>();
        foreach (string id in of)
        {
            if (FulfilmentId.TryParse(id, null, out var release)) { found.Add((release, null)); continue; }
            var parcel = PackageId.TryParse(id, null, out var package) ? await PackageDesk.Find(work, actor, package) : null;
            found.Add(parcel is null || parcel.State == PackageState.Voided ? (null, null) : (parcel.Fulfilment, parcel));
        }
        return found;
    }

    private static Error? Refusal(Request body)
    {
        var checks = new Checks();
        var kind = DocumentKind.Find(body.Kind);
        checks.That(kind is not null, "/kind", "field.unknown_value", $"kind must be one of {string.Join(", ", DocumentKind.All.Select(k => k.Name))}.");
        checks.That(body.Of is { Count: > 0 and <= DocumentKind.MostOf }, "/of", "field.out_of_range", $"of names 1 to {DocumentKind.MostOf} things.");
        foreach (var (i, of) in (body.Of ?? []).Take(DocumentKind.MostOf).Index())
        {
            checks.Text(of, $"/of/{i}", 200, required: true);
            if (kind?.Of == "release")
                checks.That(FulfilmentId.TryParse(of, null, out _) || kind.IsOfParcels && PackageId.TryParse(of, null, out _), $"/of/{i}", "field.malformed", "An id of a release is expected, ful_….");
            if (kind?.Of == "pallet") checks.That(of is { Length: 18 } && Gs1.IsRight(of), $"/of/{i}", "field.malformed", "An SSCC of 18 digits with a right check digit is expected.");
        }
        checks.That(body.Order is null or "pick" or "given", "/order", "field.unknown_value", "order must be pick or given.");
        checks.That(body.Format is null || DocumentKind.Formats.Contains(body.Format), "/format", "field.unknown_value", $"format must be one of {string.Join(", ", DocumentKind.Formats)}.");
        checks.That(body.Language is null || DocumentLanguages.All.Contains(body.Language), "/language", "field.unknown_value", $"language must be one of {string.Join(", ", DocumentLanguages.All)}.");
        checks.Range(body.Copies ?? 1, 1, MostCopies, "/copies");
        foreach (var (name, text) in new[] { ("node", body.Node), ("station", body.Station), ("printer", body.Printer) }) checks.Text(text, "/" + name, 64);
        return checks.AnyFault ? checks.ToError() : null;
    }
}
