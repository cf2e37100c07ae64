using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Erp;

/// <summary>Connects the merchant with its ERP, or changes how: where it is, its keys, who owns what, which location is which node.</summary>
public static class WriteErp
{
    private const int MostSecret = 8_000, MostPlaces = 500;

    /// <param name="Secrets">By name; a name that is left out keeps what it has, as long as adapter and server stay the same; null takes it away. They are never shown
    /// again.</param>
    /// <param name="Flows">Who owns each kind of thing: ours, theirs or off; a kind that is left out is as it is usual.</param>
    /// <param name="Places">The ERP's location by the code of our node.</param>
    /// <param name="LiveFrom">Orders that were placed before are in the ERP already; left out, and where it is earlier, those from before it is first started.</param>
    public sealed record Request(string? Adapter = null, string? BaseUrl = null, JsonObject? Settings = null, IReadOnlyDictionary<string, string?>? Secrets = null,
        IReadOnlyDictionary<string, string?>? Flows = null, IReadOnlyDictionary<string, string?>? Places = null, DateTimeOffset? LiveFrom = null, long? CallsPerMinute = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/erp", async (Request body, Actor actor, Db db, ErpDesk desk, ErpSecrets secrets, OutwardHttp outward, ReadErp read, TimeProvider clock, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                if (expected.Error is { } error) return error.ToHttp();
                var saved = await Handle(body, expected.Value, actor, db, desk, secrets, outward, clock);
                return saved.Error is { } refused ? refused.ToHttp() : ReadErp.Tagged(await read.Handle(actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("erp.write").WithTags("ERP").WithSummary("Connect the merchant with its ERP, or change how")
            .Produces<ReadErp.View>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(412);

    /// <remarks>Errors: erp.no_such_adapter, erp.no_such_setting, erp.bad_url, erp.bad_setting, erp.adapter_stays, erp.changed, erp.no_such_node.</remarks>
    internal static async Task<Result<Done>> Handle(Request body, long? expected, Actor actor, Db db, ErpDesk desk, ErpSecrets secrets, OutwardHttp outward, TimeProvider clock)
    {
        var checks = new Checks();
        var adapter = desk.Erps.FirstOrDefault(e => e.Manifest.Code == body.Adapter);
        checks.That(adapter is not null, "/adapter", "erp.no_such_adapter", $"There is no adapter {body.Adapter}. GET /erp-adapters lists them.");
        string url = body.BaseUrl ?? "";
        checks.Text(url, "/baseUrl", 500, required: true);
        if (!checks.AnyFault && outward.Refusal(url) is { } refusal) checks.Fault("/baseUrl", "erp.bad_url", refusal);
        Form(checks, body, adapter?.Manifest);
        if (checks.AnyFault) return checks.ToError();

        var before = await db.Read(actor, work => ErpAccount.Find(work));
        // What was given for one server is not sent to another.
        bool isSame = before?.Adapter == adapter!.Manifest.Code && Server(before.BaseUrl) == Server(url);
        var all = secrets.Open(isSame ? before!.Secret : null).ToDictionary();
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>()) if (value is { Length: > 0 }) all[name] = value; else all.Remove(name);
        foreach (var setting in adapter.Manifest.Settings.Where(s => s.IsRequired))
            checks.That(setting.IsSecret ? all.ContainsKey(setting.Name) : (string?)body.Settings?[setting.Name] is { Length: > 0 },
                setting.IsSecret ? $"/secrets/{setting.Name}" : $"/settings/{setting.Name}",
                "field.required", $"{setting.Name} is required: {setting.Meaning}");
        if (!checks.AnyFault && adapter.Missing(body.Settings ?? [], all.Keys) is { } missing) checks.Fault("/settings", "erp.bad_setting", missing);
        if (checks.AnyFault) return checks.ToError();
        string? closed = all.Count == 0 ? null : secrets.Close(all);
        bool isTestedStill = isSame && body.Secrets is not { Count: > 0 } && before!.Settings.ToJsonString() == (body.Settings ?? []).ToJsonString();
        var flows = (body.Flows ?? new Dictionary<string, string?>()).ToDictionary(f => f.Key, f => f.Value!);
        var places = (body.Places ?? new Dictionary<string, string?>()).ToDictionary(p => p.Key, p => p.Value!);
        // A sandbox's marks and postings say nothing about the account in its place.
        bool isMoved = before is not null && (!isSame || (string?)before.Settings["account"] != (string?)body.Settings?["account"]);
        var now = clock.GetUtcNow();
        return await db.Write<Done>(actor, async work =>
        {
            var present = await ErpAccount.Find(work, locked: true);
            if (present?.Version != before?.Version || expected is { } version && (present?.Version ?? 0) != version) return ErpErrors.Changed(present?.Version ?? 0);
            if (present is not null && present.Adapter != adapter.Manifest.Code
                && await work.Scalar("select count(*) from (select 1 from erp_tasks where merchant_id = @merchant and account_id = @id limit 1) t", ("id", present.Id)) > 0)
                return ErpErrors.AdapterStays;
            // The same payment would be looked for under the wrong kind of record, and be posted twice.
            if (present is not null && (string?)present.Settings["money"] != (string?)body.Settings?["money"] && await work.Scalar("select count(*) from (select 1 from erp_tasks "
                + "where merchant_id = @merchant and account_id = @id and kind in ('sale', 'refund') and state in ('waiting', 'parked') limit 1) t", ("id", present.Id)) > 0)
                return Error.Invalid([new FieldError("/settings/money", "erp.bad_setting", "Payments are waiting to be posted as they are booked now.")]);
            if (present is { State: not "draft", LiveFromMs: { } began } && body.LiveFrom?.ToUnixTimeMilliseconds() < began)
                return Error.Invalid([new FieldError("/liveFrom", "erp.bad_setting", "What was placed earlier was not noted; it cannot be told any more.")]);
            var known = (await work.Query("select n.code from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.code = any(@codes)",
                row => row.Text(), ("codes", places.Keys.ToArray()))).ToHashSet(StringComparer.Ordinal);
            if (places.Keys.FirstOrDefault(p => !known.Contains(p)) is { } stranger)
                return Error.Invalid([new FieldError("/places", "erp.no_such_node", $"There is no node {stranger}.")]);
            await work.Execute(
                """
                insert into erp_accounts (id, merchant_id, adapter, base_url, settings, secret, secret_names, flows, places, state, live_from_ms, calls_per_minute,
                    created_at_ms, changed_at_ms)
                values (@id, @merchant, @adapter, @url, @settings, @secret::text, @names, @flows, @places, 'draft', @live::bigint, @calls, @now, @now)
                on conflict (merchant_id) do update set adapter = @adapter, base_url = @url, settings = @settings, secret = @secret::text, secret_names = @names,
                    flows = @flows, places = @places,
                       live_from_ms = @live::bigint, calls_per_minute = @calls, changed_at_ms = @now, version = erp_accounts.version + 1, failures = 0,
                       state = case when @moved then 'draft' else erp_accounts.state end,
                       tested_at_ms = case when @tested then erp_accounts.tested_at_ms end
                """,
                ("id", present?.Id ?? Guid.CreateVersion7(now)), ("adapter", adapter.Manifest.Code), ("url", url),
                ("settings", (body.Settings ?? []).ToJsonString()), ("secret", closed), ("names", JsonSerializer.Serialize(all.Keys.Order(StringComparer.Ordinal))),
                ("flows", JsonSerializer.Serialize(flows)), ("places", JsonSerializer.Serialize(places)),
                ("live", body.LiveFrom?.ToUnixTimeMilliseconds() ?? present?.LiveFromMs ?? now.ToUnixTimeMilliseconds()),
                ("calls", body.CallsPerMinute ?? adapter.Manifest.CallsPerMinute), ("now", now.ToUnixTimeMilliseconds()), ("tested", isTestedStill), ("moved", isMoved));
            if (isMoved && present is not null) await Forget(work, present.Id);
            await EventLog.Append(work, actor, now, new Happening("erp", adapter.Manifest.Code, "ErpChanged",
                new { adapter = adapter.Manifest.Code, baseUrl = url, flows, places, secrets = body.Secrets?.Keys }));
            return new Done();
        });
    }

    /// <summary>What was read of another account is forgotten, and what it was not told yet is not told to this one.</summary>
    private static async Task Forget(Work work, Guid account)
    {
        var batch = work.Batch();
        batch.Execute("update erp_marks set mark = null, cursor = null, ask_at_ms = 0, asked_at_ms = null "
            + "where merchant_id = @merchant and account_id = @account", ("account", account));
        batch.Execute("delete from erp_things where merchant_id = @merchant and account_id = @account", ("account", account));
        batch.Execute("update erp_tasks set state = 'dropped', said = 'The ERP was exchanged for another.' where merchant_id = @merchant and account_id = @account "
            + "and state in ('waiting', 'parked')", ("account", account));
        await batch.Run();
    }

    private static void Form(Checks checks, Request body, ErpManifest? manifest)
    {
        checks.Range(body.CallsPerMinute ?? 1, 1, 60_000, "/callsPerMinute");
        var known = manifest?.Settings ?? [];
        foreach (var (name, value) in body.Settings ?? [])
        {
            checks.That(known.Any(s => s.Name == name && !s.IsSecret), $"/settings/{name}", "erp.no_such_setting", $"The adapter has no setting {name}; secrets go under secrets.");
            checks.That(value is null || value.GetValueKind() == JsonValueKind.String, $"/settings/{name}", "field.not_text", "A setting is a text.");
            if (value?.GetValueKind() == JsonValueKind.String) checks.Text((string?)value, $"/settings/{name}", 4_000);
        }
        foreach (var (name, value) in body.Secrets ?? new Dictionary<string, string?>())
        {
            checks.That(known.Any(s => s.Name == name && s.IsSecret), $"/secrets/{name}", "erp.no_such_setting", $"The adapter has no secret {name}.");
            checks.Text(value, $"/secrets/{name}", MostSecret);
        }
        foreach (var (kind, owner) in body.Flows ?? new Dictionary<string, string?>())
            checks.That(ErpFlows.All.TryGetValue(kind, out var rule) && owner is not null && rule.Owners.Contains(owner), $"/flows/{kind}", "field.unknown_value",
                ErpFlows.All.TryGetValue(kind, out var may) ? $"{kind} may be {string.Join(", ", may.Owners)}."
                : $"There is no kind {kind}: it is one of {string.Join(", ", ErpFlows.All.Keys)}.");
        // A parcel is told of an order that was told.
        string OwnerOf(string kind) => body.Flows?.GetValueOrDefault(kind) ?? ErpFlows.All[kind].Usual;
        checks.That(OwnerOf("orders") == ErpFlows.Ours || OwnerOf("shipments") == ErpFlows.Off, "/flows/shipments", "erp.bad_setting",
            "Parcels are told only where orders are: set shipments to off, or orders to ours.");
        checks.Range(body.Places?.Count ?? 0, 0, MostPlaces, "/places");
        foreach (var (node, place) in (body.Places ?? new Dictionary<string, string?>()).Take(MostPlaces))
        {
            checks.Text(node, "/places", 64, required: true);
            checks.Text(place, $"/places/{node}", 64, required: true);
        }
        // The levels of two nodes would be told from one.
        checks.That(body.Places is null || body.Places.Values.Distinct(StringComparer.Ordinal).Count() == body.Places.Count, "/places", "erp.bad_setting",
            "Two nodes cannot be the same location.");
    }

    // Scheme, host and port.
    private static string Server(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "";
}
