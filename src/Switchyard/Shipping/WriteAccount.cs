using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Shipping;

/// <summary>Lists carriers and accounts, and writes an account.</summary>
public static class WriteAccount
{
    /// <param name="Secrets">By name; a name that is left out keeps what it has, as long as the adapter and the server of <c>baseUrl</c> stay the same. They are never shown again.</param>
    /// <param name="MessageSecret">With which the carrier signs its messages; left out, it stays with its server; empty, none are taken.</param>
    public sealed record Request(string? Name = null, string? Adapter = null, string? BaseUrl = null, string? Node = null, bool IsActive = true, JsonObject? Settings = null,
        IReadOnlyList<AccountService?>? Services = null, IReadOnlyDictionary<string, string?>? Secrets = null, string? MessageSecret = null, long? CallsPerMinute = null, long? StallHours = null,
        long? LostDays = null, long? ClaimDays = null, long? CoverMinor = null);

    private const int MostServices = 200, MostSecret = 4_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/carriers", (CarrierDesk desk) => Results.Json(new Page<AdapterManifest>([.. desk.Carriers.Select(c => c.Manifest)], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("shipping.listCarriers").WithTags("Shipping").WithSummary("List the carriers there are adapters for, with what is not verified of each")
            .Produces<Page<AdapterManifest>>();
        routes.MapGet("/carrier-accounts", async (Db db, CarrierHttp http, Actor actor) =>
                Results.Json(new Page<CarrierAccountView>([.. (await db.Read(actor, work => CarrierAccount.Seen(work, actor))).Select(a => CarrierAccountView.Of(a, http))], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("shipping.listAccounts").WithTags("Shipping").WithSummary("List the accounts with carriers")
            .Produces<Page<CarrierAccountView>>();
        routes.MapPut("/carrier-accounts/{code}", async (string code, Request body, CarrierDesk desk, Db db, OutwardHttp outward, CarrierHttp http, CarrierSecrets secrets, TimeProvider clock, Actor actor, HttpContext context) =>
            {
                var expected = ETag.Expected(context);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(code, body, expected.Value, desk, db, outward, http, secrets, clock, actor);
                if (saved.IsOk) ETag.Set(context, saved.Value.Version);
                return saved.ToHttp();
            })
            .Requires(Permission.SettingsWrite).WithName("shipping.writeAccount").WithTags("Shipping").WithSummary("Make or change an account with a carrier")
            .Produces<CarrierAccountView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    public static async Task<Result<CarrierAccountView>> Handle(string code, Request body, long? expected, CarrierDesk desk, Db db, OutwardHttp outward, CarrierHttp http, CarrierSecrets secrets,
        TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(Text.IsCode(code), "#code", "field.not_code", "A code has 1 to 64 visible characters.");
        checks.Text(body.Name, "/name", 200, required: true);
        var carrier = desk.Carriers.FirstOrDefault(c => c.Manifest.Code == body.Adapter);
        checks.That(carrier is not null, "/adapter", "shipping.no_such_carrier", $"There is no adapter {body.Adapter}. GET /carriers lists them.");
        string url = body.BaseUrl is { Length: > 0 } given ? given : carrier?.Manifest.DefaultUrl ?? "";
        checks.Text(url, "/baseUrl", 500);
        if (!checks.AnyFault && url.Length > 0 && outward.Refusal(url) is { } refusal) checks.Fault("/baseUrl", "shipping.bad_url", refusal);
        Services(checks, body.Services ?? []);
        checks.Range(body.CallsPerMinute ?? 300, 1, 60_000, "/callsPerMinute");
        checks.Range(body.StallHours ?? 72, 1, 2_000, "/stallHours");
        checks.Range(body.LostDays ?? 10, 1, 365, "/lostDays");
        checks.Range(body.ClaimDays ?? 28, 1, 730, "/claimDays");
        checks.Amount(body.CoverMinor ?? 0, "/coverMinor");
        checks.Text(body.MessageSecret, "/messageSecret", MostSecret);
        var known = carrier?.Manifest.Settings ?? [];
        foreach (var (name, value) in body.Settings ?? [])
        {
            checks.That(known.Any(s => s.Name == name && !s.IsSecret), $"/settings/{name}", "shipping.no_such_setting", $"The adapter has no setting {name}; secrets go under secrets.");
            checks.That(value is null || value.GetValueKind() == JsonValueKind.String, $"/settings/{name}", "field.not_text", "A setting is a text.");
            if (value?.GetValueKind() == JsonValueKind.String) checks.Text((string?)value, $"/settings/{name}", 500);
        }
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>())
        {
            checks.That(known.Any(s => s.Name == name && s.IsSecret), $"/secrets/{name}", "shipping.no_such_setting", $"The adapter has no secret {name}.");
            checks.Text(value, $"/secrets/{name}", MostSecret);
        }
        if (checks.AnyFault) return checks.ToError();

        var before = await db.Read(actor, work => CarrierAccount.Find(work, code));
        // What was given for one server is not sent to another.
        bool isSame = before?.Adapter == carrier!.Manifest.Code && Server(before.BaseUrl) == Server(url);
        var all = secrets.Open(isSame ? before!.Secret : null).ToDictionary();
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>()) if (value is { Length: > 0 }) all[name] = value; else all.Remove(name);
        foreach (var setting in known.Where(s => s.IsRequired))
            checks.That(setting.IsSecret ? all.ContainsKey(setting.Name) : (string?)body.Settings?[setting.Name] is { Length: > 0 }, setting.IsSecret ? $"/secrets/{setting.Name}" : $"/settings/{setting.Name}",
                "field.required", $"{setting.Name} is required: {setting.Meaning}");
        if (checks.AnyFault) return checks.ToError();
        string? closed = all.Count == 0 ? null : secrets.Close(all), message = body.MessageSecret switch { null => isSame ? before!.WebhookSecret : null, "" => null, var text => secrets.CloseOne(text) };
        var now = clock.GetUtcNow();
        return await db.Write<CarrierAccountView>(actor, async work =>
        {
            var present = await CarrierAccount.Find(work, code, locked: true);
            if (present?.Version != before?.Version || expected is { } version && (present?.Version ?? 0) != version) return ShippingErrors.Changed(present?.Version ?? 0);
            if (present is null && await work.Scalar("select count(*) from carrier_accounts where merchant_id = @merchant") >= ShippingErrors.MostAccounts) return ShippingErrors.TooMany;
            long? node = null;
            if (body.Node is { } at)
            {
                var found = await work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.code = @code", row => row.Long(), ("code", at));
                if (found.Count == 0) return Error.Invalid([new FieldError("/node", "nodes.no_such_node", $"There is no node {at}.")]);
                node = found[0];
            }
            if (NodeKept.Refusal(actor, node) is { } no) return no;
            var id = present?.Id ?? CarrierAccountId.New(now);
            int written = await work.Execute(
                $"""
                insert into carrier_accounts (id, merchant_id, code, name, adapter, base_url, node_id, is_active, settings, services, secret, secret_names, webhook_secret, calls_per_minute,
                       stall_hours, lost_days, claim_days, cover_minor, created_at_ms, changed_at_ms)
                values (@id, @merchant, @code, @name, @adapter, @url, @node::bigint, @active, @settings, @services, @secret::text, @names, @message::text, @calls, @stall, @lost, @claim, @cover, @now, @now)
                on conflict (merchant_id, code) do update set name = @name, adapter = @adapter, base_url = @url, node_id = @node::bigint, is_active = @active, settings = @settings,
                       services = @services, secret = @secret::text, secret_names = @names, webhook_secret = @message::text, calls_per_minute = @calls, stall_hours = @stall, lost_days = @lost,
                       claim_days = @claim, cover_minor = @cover, changed_at_ms = @now, version = carrier_accounts.version + 1
                 where {NodeKept.MayChange("carrier_accounts.node_id")}
                """,
                [.. NodeKept.Of(actor), ("id", id.Value), ("code", code), ("name", body.Name), ("adapter", carrier.Manifest.Code), ("url", url), ("node", node), ("active", body.IsActive),
                ("settings", (body.Settings ?? []).ToJsonString()), ("services", JsonSerializer.Serialize(body.Services ?? [], Json.Options)), ("secret", closed),
                ("names", JsonSerializer.Serialize(all.Keys.Order(StringComparer.Ordinal))), ("message", message), ("calls", body.CallsPerMinute ?? 300), ("stall", body.StallHours ?? 72),
                ("lost", body.LostDays ?? 10), ("claim", body.ClaimDays ?? 28), ("cover", body.CoverMinor ?? 0), ("now", now.ToUnixTimeMilliseconds())]);
            if (written == 0) return NodeKept.NotYours;
            await EventLog.Append(work, actor, now, new Happening("carrier_account", code, "CarrierAccountChanged",
                new { code, adapter = carrier.Manifest.Code, baseUrl = url, isActive = body.IsActive, services = body.Services?.Select(s => s!.Service) }));
            return CarrierAccountView.Of((await CarrierAccount.Find(work, code))!, http);
        });
    }

    // Scheme, host and port.
    private static string Server(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "";

    private static void Services(Checks checks, IReadOnlyList<AccountService?> services)
    {
        checks.Range(services.Count, 0, MostServices, "/services");
        var seen = new HashSet<string>();
        foreach (var (i, service) in services.Take(MostServices).Index())
        {
            string at = $"/services/{i}";
            if (service is null) { checks.Fault(at, "field.required", "A service is required here."); continue; }
            checks.Text(service.Service, at + "/service", 64, required: true);
            checks.Text(service.Name, at + "/name", 100);
            checks.Range(service.MinDays ?? 0, 0, 90, at + "/minDays");
            checks.Range(service.Co2Grams ?? 0, 0, 1_000_000, at + "/co2Grams");
            checks.Range(service.MaxGrams ?? 1, 1, 100_000_000, at + "/maxGrams");
            checks.Range(service.Methods?.Count ?? 0, 0, 50, at + "/methods");
            foreach (var (m, method) in (service.Methods ?? []).Take(50).Index()) checks.Text(method, $"{at}/methods/{m}", 64, required: true);
            checks.That(service.Service is null || seen.Add(service.Service), at + "/service", "field.repeated", "The service stands twice.");
        }
    }
}
