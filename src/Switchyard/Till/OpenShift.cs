using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Orders;

namespace Switchyard.Till;

/// <summary>Opens a shift at a register of a store, with the cash that lies in its drawer. One is open at a time.</summary>
public static class OpenShift
{
    /// <param name="Id">The till's own id of the shift: told again, it is opened once.</param>
    /// <param name="Register">The register within the store, such as 1.</param>
    /// <param name="Channel">The channel its sales come by.</param>
    /// <param name="FloatMinor">Cash in the drawer at the beginning.</param>
    /// <param name="TaxRates">By tax class of the products; a class that is not named is not taxed.</param>
    /// <param name="At">When it was opened; now, when left out.</param>
    public sealed record Request(string? Id, string? Node, string? Register, string? Channel, string? Currency, long? FloatMinor, IReadOnlyList<Tax?>? TaxRates = null, string? At = null);

    /// <param name="Rate">A fraction with at most 6 decimals: 0.2 is 20 %.</param>
    public sealed record Tax(string? TaxClass, decimal? Rate);

    private const int MostRates = 20;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/till/shifts", async (Request body, Db db, Replan replan, TimeProvider clock, Actor actor) => (await Handle(body, db, replan, clock, actor)).ToHttp(201))
            .Requires(Permission.TillWork).WithName("till.open").WithTags("Till").WithSummary("Open a shift").Produces<ShiftView>(201).ProducesProblem(400).ProducesProblem(409);

    /// <remarks>Errors: request.invalid with pointers, till.id_taken, till.shift_is_open.</remarks>
    public static async Task<Result<ShiftView>> Handle(Request body, Db db, Replan replan, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Id, "/id", TillBooks.MostId, required: true);
        checks.Text(body.Node, "/node", 64, required: true);
        checks.Text(body.Register, "/register", 40, required: true);
        checks.Text(body.Channel, "/channel", 64, required: true);
        checks.That(Currency.TryParse(body.Currency, out _), "/currency", "field.unknown_currency", "currency must be an ISO 4217 code such as GBP.");
        if (body.FloatMinor is { } cash) checks.Amount(cash, "/floatMinor");
        else checks.Fault("/floatMinor", "field.required", "floatMinor is required.");
        Check(body.TaxRates ?? [], checks);
        var at = checks.Past(body.At, "/at", now, isClamped: true) ?? now;
        if (checks.AnyFault) return checks.ToError();
        var settings = await replan.Settings(actor);
        var node = settings.NodesByCode.GetValueOrDefault(Text.Key(body.Node!));
        if (node is null || !actor.MaySeeNode(node.Id)) checks.Fault("/node", "inventory.unknown_node", $"There is no node {body.Node}.");
        else if (!node.IsForSale) checks.Fault("/node", "till.not_for_sale", $"Nothing is sold from {node.Code}.");
        if (!settings.Channels.TryGetValue(Text.Key(body.Channel!), out var channel)) checks.Fault("/channel", "inventory.unknown_channel", $"There is no channel {body.Channel}.");
        if (checks.AnyFault) return checks.ToError();
        byte[] hash = TillBooks.Hash(body);

        return await db.Write<ShiftView>(actor, async work =>
        {
            // Both keys are looked at by the database: of two at the same moment one opens the shift, and the other reads whose it is.
            int opened = await work.Execute(
                """
                insert into till_shifts (merchant_id, id, node_id, node, register, channel, currency, float_minor, tax_rates, content_hash, opened_by, opened_at_ms, recorded_at_ms)
                values (@merchant, @id, @node, @code, @register, @channel, @currency, @float, @rates, @hash, @actor, @at, @now) on conflict do nothing
                """, ("id", body.Id), ("node", node!.Id), ("code", node.Code), ("register", body.Register), ("channel", channel!.Code), ("currency", body.Currency), ("float", body.FloatMinor!.Value),
                ("rates", JsonSerializer.Serialize((body.TaxRates ?? []).Select(t => new ShiftTax(t!.TaxClass!, t.Rate!.Value)), Json.Options)), ("hash", hash), ("actor", actor.Id), ("at", at.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
            var shift = await TillBooks.Shift(work, actor, body.Id!);
            if (shift is null) return opened == 0 ? TillErrors.ShiftIsOpen : TillErrors.NoSuchShift;
            if (!shift.Hash.AsSpan().SequenceEqual(hash)) return TillErrors.IdTaken(body.Id!);
            if (opened == 1) await EventLog.Append(work, actor, now, new Happening("tillShift", shift.Id, "TillShiftOpened", new { node = shift.Node, register = shift.Register, floatMinor = shift.FloatMinor, currency = shift.Currency, at }));
            return shift.View;
        });
    }

    private static void Check(IReadOnlyList<Tax?> rates, Checks checks)
    {
        checks.That(rates.Count <= MostRates, "/taxRates", "field.too_many", $"At most {MostRates} tax rates.");
        foreach (var (i, tax) in rates.Take(MostRates).Index())
        {
            checks.Text(tax?.TaxClass, $"/taxRates/{i}/taxClass", 64, required: true);
            checks.That(tax?.TaxClass is null || !rates.Take(i).Any(t => t?.TaxClass == tax.TaxClass), $"/taxRates/{i}/taxClass", "field.repeated", "A tax class is named once.");
            checks.That(tax?.Rate is >= 0 and <= 1 and var rate && rate * 1_000_000 == decimal.Truncate(rate * 1_000_000), $"/taxRates/{i}/rate", "field.out_of_range",
                "rate is a fraction from 0 to 1 with at most 6 decimals; 20 % is 0.2.");
        }
    }
}
