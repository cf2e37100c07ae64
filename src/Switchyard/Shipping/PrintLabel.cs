using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Shipping;

/// <summary>Sends the label a carrier made to the printer of a station. Printed again, it wants a reason.</summary>
public static class PrintLabel
{
    private const int MostCopies = 10;

    /// <param name="Station">Its printer for labels prints it.</param>
    /// <param name="Reason">Why again; not asked the first time.</param>
    public sealed record Request(string? Station = null, string? Printer = null, string? Reason = null, int? Copies = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/labels/{id}/print", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("shipping.printLabel").WithTags("Shipping").WithSummary("Print a carrier's label at a station")
            .Produces<DocumentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: shipping.no_such_label, shipping.not_booked, documents.no_such_printer, documents.no_printer_for_kind, documents.wrong_format, request.invalid.</remarks>
    public static async Task<Result<DocumentView>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Station, "/station", 64);
        checks.Text(body.Printer, "/printer", 64);
        checks.That(body.Station is not null || body.Printer is not null, "/station", "field.required", "A station or a printer is named.");
        checks.Words(body.Reason, "/reason", 500, required: false);
        checks.Range(body.Copies ?? 1, 1, MostCopies, "/copies");
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<DocumentView>(actor, async work =>
        {
            // Locked: of two who print it at once, the second prints it again.
            if (await CarrierLabel.Find(work, actor, id, locked: true) is not { } label) return ShippingErrors.NoSuchLabel;
            if (label.State is not (LabelState.Booked or LabelState.Manifested) || label.Format is null) return ShippingErrors.NotBooked;
            byte[]? bytes = (await work.Query("select label from carrier_labels where merchant_id = @merchant and id = @id", row => row.BytesOrNull(), ("id", label.Id.Value))).Single();
            if (bytes is null) return ShippingErrors.NotBooked;
            return await PrintedLabels.Print(work, actor, now, new PrintedLabels.Label(label.Id.ToString(), label.Package.ToString(), label.Fulfilment.ToString(), label.Node, label.Format, bytes),
                body.Station, body.Printer, body.Reason, body.Copies ?? 1);
        });
    }
}
