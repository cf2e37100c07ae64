using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Who the sender is, as documents say it, and how they look.</summary>
public static class SenderSettings
{
    private const int MostLogoBytes = 512 * 1024;

    public sealed record Place(string? Name, string? Company, string? Line1, string? Line2, string? City, string? Region, string? Postcode, string? Country);

    /// <param name="ReturnTo">Where goods are sent back to; the address when left out.</param>
    /// <param name="SlipNote">Words at the end of a packing slip.</param>
    /// <param name="PromoLink">Said as a QR code on the promotional insert.</param>
    /// <param name="SignedBy">Who answers for customs declarations.</param>
    /// <param name="Gs1Prefix">The GS1 company prefix, 7 to 10 digits, of which pallet numbers are made.</param>
    /// <param name="Logo">A PNG without transparency or a JPEG, in base64, at most 512 KB. Left out, it stays; an empty text takes it away.</param>
    public sealed record Body(string? Name = null, Place? Address = null, Place? ReturnTo = null, string? Email = null, string? Phone = null, string? VatNumber = null, string? EoriNumber = null,
        string? SlipNote = null, string? PromoTitle = null, string? PromoText = null, string? PromoLink = null, string? SignedBy = null, string? Incoterm = null, string? Gs1Prefix = null, string? Logo = null);

    public sealed record Response(string Object, Body Settings, bool HasLogo, long Version);

    internal sealed record Stored(Body Body, byte[]? Logo, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/document-settings", async (Db db, Actor actor) => Results.Json(View(await db.Read(actor, Load)), Json.Options))
            .Requires(Permission.SettingsRead).WithName("documents.readSettings").WithTags("Documents").WithSummary("Read what documents say of the sender").Produces<Response>();
        routes.MapPut("/document-settings", async (Body body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var done = await Handle(body, expected.Value, db, clock, actor);
                if (done.IsOk) ETag.Set(http, done.Value.Version);
                return done.ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("documents.writeSettings").WithTags("Documents").WithSummary("Say who the sender is, and give documents a logo")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(412);
    }

    /// <remarks>Errors: documents.changed, request.invalid.</remarks>
    public static async Task<Result<Response>> Handle(Body body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        byte[]? logo = Check(body, checks);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            var present = await Load(work);
            if (expected is { } version && version != present.Version) return DocumentsErrors.Changed(present.Version);
            byte[]? kept = body.Logo is null ? present.Logo : logo;
            string said = JsonSerializer.Serialize(body with { Logo = null }, Json.Options);
            // Said again as it is, nothing has changed.
            if (present.Version > 0 && said == JsonSerializer.Serialize(present.Body, Json.Options) && (kept ?? []).AsSpan().SequenceEqual(present.Logo ?? [])) return View(present);
            await work.Execute(
                """
                insert into document_settings (merchant_id, settings, logo, version, updated_at_ms) values (@merchant, @settings, @logo::bytea, 1, @now)
                on conflict (merchant_id) do update set settings = excluded.settings, logo = excluded.logo, version = document_settings.version + 1, updated_at_ms = excluded.updated_at_ms
                """, ("settings", said), ("logo", kept), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
            return View(await Load(work));
        });
    }

    internal static async Task<Stored> Load(Work work) => await work.Find("select settings, logo, version from document_settings where merchant_id = @merchant",
        row => new Stored(JsonSerializer.Deserialize<Body>(row.Text(), Json.Options)!, row.BytesOrNull(), row.Long())) ?? new Stored(new Body(), null, 0);

    private static Response View(Stored stored) => new("documentSettings", stored.Body, stored.Logo is not null, stored.Version);

    private static byte[]? Check(Body body, Checks checks)
    {
        foreach (var (name, text, most) in new[]
        {
            ("name", body.Name, 200), ("email", body.Email, 200), ("phone", body.Phone, 64), ("vatNumber", body.VatNumber, 64), ("eoriNumber", body.EoriNumber, 64), ("slipNote", body.SlipNote, 2000),
            ("promoTitle", body.PromoTitle, 200), ("promoText", body.PromoText, 2000), ("promoLink", body.PromoLink, 1000), ("signedBy", body.SignedBy, 200), ("incoterm", body.Incoterm, 64),
        }) checks.Text(text, "/" + name, most);
        checks.That(body.Gs1Prefix is null || body.Gs1Prefix.Length is >= 7 and <= 10 && body.Gs1Prefix.All(char.IsAsciiDigit), "/gs1Prefix", "field.malformed", "gs1Prefix is 7 to 10 digits.");
        foreach (var (name, place) in new[] { ("address", body.Address), ("returnTo", body.ReturnTo) })
        {
            if (place is null) continue;
            foreach (var (part, text) in new[] { ("name", place.Name), ("company", place.Company), ("line1", place.Line1), ("line2", place.Line2), ("city", place.City), ("region", place.Region), ("postcode", place.Postcode) })
                checks.Text(text, $"/{name}/{part}", 200);
            checks.Text(place.Country, $"/{name}/country", 2);
        }
        if (string.IsNullOrEmpty(body.Logo)) return null;
        byte[] bytes = new byte[MostLogoBytes];
        bool isFine = Convert.TryFromBase64String(body.Logo, bytes, out int length) && Picture.Read(bytes.AsSpan(0, length)) is not null;
        checks.That(isFine, "/logo", "field.malformed", "logo is a PNG without transparency or a JPEG, in base64, at most 512 KB.");
        return isFine ? bytes[..length] : null;
    }
}
