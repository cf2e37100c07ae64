using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Access;

/// <summary>
/// Opens a new merchant in this house, with a sales channel, its order numbers and the key of its first administrator.
/// It has no nodes yet: those are linked by the Catalog room.
/// </summary>
public static class CreateMerchant
{
    public sealed record Request(string? Code, string? Name, string? BaseCurrency);

    /// <param name="Key">The key of the merchant's first administrator; shown only here.</param>
    public sealed record Response(string Object, string Code, string Name, string BaseCurrency, string KeyId, string? Key);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/merchants", async (Request body, Db db, TimeProvider clock, Actor actor) =>
            (await Handle(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created))
        .Requires(Permission.SettingsWrite).OnlyForTheHouse().WithName("merchants.create").WithSummary("Add a merchant to the house").Produces<Response>(201)
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422);

    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Code is not null && Text.IsCode(body.Code), "/code", "field.malformed", "A code has 1 to 64 visible characters without blanks.");
        checks.Text(body.Name, "/name", 200, required: true);
        checks.That(body.BaseCurrency is { } code && Currency.TryParse(code, out _), "/baseCurrency", "field.unknown_currency",
            "baseCurrency is a code of ISO 4217, such as GBP.");
        if (checks.AnyFault) return checks.ToError();
        if (RolesSql.Refusal(actor, Permission.Codes) is { } refusal) return refusal;

        string secret = ApiKeys.NewSecret(), keyId = ApiKeys.NewId(clock);
        var now = clock.GetUtcNow();
        var made = await db.Write(actor, async Task<Result<Response>> (work) =>
        {
            int fresh = await work.Execute(
                "insert into merchants (code, name, base_currency, created_at_ms) values (@code, @name, @currency, @now) on conflict do nothing",
                ("code", body.Code), ("name", body.Name), ("currency", body.BaseCurrency), ("now", now.ToUnixTimeMilliseconds()));
            if (fresh == 0) return Taken(body.Code!);
            long id = await work.Scalar("select id from merchants where code = @code", ("code", body.Code));
            var its = await work.AlsoFor(id);
            var rows = its.Batch();
            rows.Execute("insert into catalog_versions (merchant_id, version) values (@merchant, 1)");
            rows.Execute("insert into channels (merchant_id, code, name, on_short) values (@merchant, 'web', 'Web shop', 'refuse')");
            rows.Execute("insert into number_series (merchant_id, series, prefix, next) values (@merchant, 'sales', '', 1001), (@merchant, 'wholesale', 'W', 1001), (@merchant, 'draft', 'D', 1001)");
            await rows.Run();
            await ApiKeys.Insert(its, keyId, "First administrator", secret, Permission.Codes, null, actor.Id, now, null);
            await EventLog.Append(its, actor with { Merchant = id }, now,
                new Happening("merchant", body.Code!, "MerchantCreated", new { body.Code, body.BaseCurrency }),
                new Happening("key", keyId, "KeyCreated", new { scopes = Permission.Codes }));
            return new Response("merchant", body.Code!, body.Name!, body.BaseCurrency!, keyId, null);
        });
        // As with every key, a repeat of the request answers without the secret.
        return made.Error is not null || made.IsReplay ? made : made.Value with { Key = secret };
    }

    /// <summary>Names the merchant of a new database, which is "My shop" until somebody does; a name that was given stays.</summary>
    internal static Task NameFirst(string name, Db db, Actor actor) => db.Write<bool>(actor, async work =>
        await work.Execute("update merchants set name = @name where id = @merchant and name = 'My shop'", ("name", name)) > 0);

    private static Error Taken(string code) => Error.Conflict("access.merchant_exists", $"There is already a merchant '{code}'.",
        new FieldError("/code", "access.merchant_exists", "Choose another code."));
}
