using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Packing;

/// <summary>How a merchant packs.</summary>
/// <param name="TolerancePercent">How far a weight may be off, whichever of this and the grams is more.</param>
/// <param name="HasReturnLabel">A return label lies in every parcel.</param>
/// <param name="WelcomeInsert">What lies in the first parcel of a new customer.</param>
public sealed record PackingSettings(int TolerancePercent, long ToleranceGrams, bool MustWeigh, bool HasInvoice, bool HasReturnLabel, string? WelcomeInsert, long Version)
{
    public string Object => "packingSettings";
    public static readonly PackingSettings Usual = new(5, 30, false, false, false, null, 0);

    /// <summary>Grams by which a parcel may be off.</summary>
    public long Tolerance(long expected) => Math.Max(ToleranceGrams, expected * TolerancePercent / 100);

    internal static async Task<PackingSettings> Read(Work work)
    {
        var found = await work.Query(
            "select tolerance_percent, tolerance_grams, must_weigh, has_invoice, has_return_label, welcome_insert, version from packing_settings where merchant_id = @merchant",
            row => new PackingSettings(row.Int(), row.Long(), row.Bool(), row.Bool(), row.Bool(), row.TextOrNull(), row.Long()));
        return found.Count > 0 ? found[0] : Usual;
    }
}

/// <summary>Shows and writes how a merchant packs.</summary>
public static class WritePackingSettings
{
    public sealed record Request(int? TolerancePercent, long? ToleranceGrams, bool MustWeigh = false, bool HasInvoice = false, bool HasReturnLabel = false, string? WelcomeInsert = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/packing-settings", async (Db db, Actor actor) => Results.Ok(await db.Read(actor, PackingSettings.Read)))
            .Requires(Permission.FulfilmentRead).WithName("packing.readSettings").WithTags("Packing").WithSummary("Read how is packed").Produces<PackingSettings>();
        routes.MapPut("/packing-settings", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("packing.writeSettings").WithTags("Packing").WithSummary("Say how is packed").Produces<PackingSettings>().ProducesProblem(400);
    }

    public static async Task<Result<PackingSettings>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.TolerancePercent ?? 0, 0, 100, "/tolerancePercent");
        checks.Range(body.ToleranceGrams ?? 0, 0, 1_000_000, "/toleranceGrams");
        checks.Text(body.WelcomeInsert, "/welcomeInsert", 200);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<PackingSettings>(actor, async work =>
        {
            var stored = await PackingSettings.Read(work);
            var wanted = new PackingSettings(body.TolerancePercent ?? PackingSettings.Usual.TolerancePercent, body.ToleranceGrams ?? PackingSettings.Usual.ToleranceGrams, body.MustWeigh, body.HasInvoice,
                body.HasReturnLabel, body.WelcomeInsert, stored.Version);
            if (wanted == stored) return stored;
            await work.Execute(
                """
                insert into packing_settings (merchant_id, tolerance_percent, tolerance_grams, must_weigh, has_invoice, has_return_label, welcome_insert, updated_at_ms)
                values (@merchant, @percent, @grams, @weigh, @invoice, @label, @insert::text, @now)
                    on conflict (merchant_id) do update set tolerance_percent = excluded.tolerance_percent, tolerance_grams = excluded.tolerance_grams, must_weigh = excluded.must_weigh,
                       has_invoice = excluded.has_invoice, has_return_label = excluded.has_return_label, welcome_insert = excluded.welcome_insert, version = packing_settings.version + 1,
                       updated_at_ms = excluded.updated_at_ms
                """, ("percent", wanted.TolerancePercent), ("grams", wanted.ToleranceGrams), ("weigh", wanted.MustWeigh),
                ("invoice", wanted.HasInvoice), ("label", wanted.HasReturnLabel), ("insert", wanted.WelcomeInsert), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
            return await PackingSettings.Read(work);
        });
    }
}
