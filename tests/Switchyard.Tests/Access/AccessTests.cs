using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Tests.Access;

public sealed class AccessTests
{
    private const string Password = "a long enough sentence";

    private static Task<string> Hire(Shop shop, string userName, params string[] roles) => SessionTests.Hire(shop, userName, roles);

    [Theory, BothDatabases]
    public async Task Identitys_model_is_the_table_that_the_migration_makes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Db.ReadAll(async work =>
        {
            await using var table = await UsersTable.In(work);
            var entity = table.Model.FindEntityType(typeof(User))!;
            var model = entity.GetProperties().Select(p => (p.GetColumnName(), p.IsNullable, Kind(p.GetColumnType()))).Order();
            var columns = await work.Query(kind == DatabaseKind.Postgres
                ? "select column_name, case is_nullable when 'YES' then 1 else 0 end, data_type from information_schema.columns where table_name = 'users'"
                : "select name, 1 - (\"notnull\" or pk), type from pragma_table_info('users')", row => (row.Text(), row.Int() == 1, Kind(row.Text())));
            model.ShouldBe(columns.Order());
            return 0;
        });

        // On SQLite boolean and integer are one storage class, and EF calls both INTEGER.
        static string Kind(string type) => type.ToUpperInvariant() is "BOOLEAN" or "INTEGER" or "BIGINT" ? "whole" : type.ToLowerInvariant();
    }

    [Theory, BothDatabases, Capability("SE-01", "P20")]
    public async Task A_picker_sees_orders_but_no_costs_and_cancels_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        string order = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        await shop.Put("/products/MUG", new { name = "Mug", costMinor = 7654321, costCurrency = "GBP" });
        (await shop.Get("/products/MUG")).GetRawText().ShouldContain("7654321");
        await Hire(shop, "pat", "warehouse");
        using var pat = await new Browser(shop).SignIn("pat", "correct horse battery");
        (await pat.Status("/orders/" + order)).ShouldBe(200);
        string product = await (await pat.Send(HttpMethod.Get, "/products/MUG")).Content.ReadAsStringAsync();
        product.ShouldNotContain("7654321");        // no time of it spells that
        (await Shop.Read(await pat.Send(HttpMethod.Post, $"/orders/{order}/cancel", new { reason = "no" }), 403)).Text("code").ShouldBe("access.forbidden");
        (await pat.Status("/users")).ShouldBe(403);
    }

    [Theory, BothDatabases]
    public async Task Nobody_gives_a_right_that_they_do_not_have(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/roles", new { id = "lead", name = "Team lead", permissions = new[] { "access:manage", "orders:read" } });
        string boss = await Hire(shop, "boss", "administrator");
        await Hire(shop, "lead", "lead");
        using var lead = await new Browser(shop).SignIn("lead", "correct horse battery");
        async Task Refused(HttpMethod method, string path, object? body) =>
            (await Shop.Read(await lead.Send(method, path, body), 403)).Text("code").ShouldBe("access.beyond_yours");
        await Refused(HttpMethod.Post, "/keys", new { name = "k", scopes = new[] { "orders:read", "orders:cancel" } });
        await Refused(HttpMethod.Post, "/roles", new { id = "more", name = "More", permissions = new[] { "settings:write" } });
        await Refused(HttpMethod.Put, "/roles/lead", new { name = "Lead", permissions = new[] { "settings:write" } });
        await Refused(HttpMethod.Post, "/users", new { userName = "pal", password = Password, roles = new[] { "administrator" } });
        await Refused(HttpMethod.Put, $"/users/{boss}/password", new { password = Password });
        await Refused(HttpMethod.Post, $"/users/{boss}/disable", null);
        await Refused(HttpMethod.Put, $"/users/{boss}/roles", new { roles = new[] { "lead" } });
        await Shop.Read(await lead.Send(HttpMethod.Post, "/keys", new { name = "k", scopes = new[] { "orders:read" } }), 201);
        await Shop.Read(await lead.Send(HttpMethod.Post, "/users", new { userName = "pal", password = Password, roles = new[] { "lead" } }), 201);
    }

    [Theory, BothDatabases]
    public async Task A_role_of_the_shops_own_counts_at_once_and_is_deleted_only_when_nobody_has_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/roles", new { id = "night", name = "Night", permissions = new[] { "orders:read" } });
        string id = await Hire(shop, "nia", "night");
        using var nia = await new Browser(shop).SignIn("nia", "correct horse battery");
        (await nia.Status("/orders")).ShouldBe(200);
        await shop.Put("/roles/night", new { name = "Night", permissions = new[] { "catalog:read" } });
        (await nia.Status("/orders")).ShouldBe(403);
        (await nia.Status("/products")).ShouldBe(200);
        await shop.Refused(HttpMethod.Delete, "/roles/night", null, 409, "access.role_in_use");
        await shop.Put($"/users/{id}/roles", new { roles = new[] { "viewer" } });
        (await nia.Status("/orders")).ShouldBe(200);
        (await shop.Send(HttpMethod.Delete, "/roles/night", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await shop.Refused(HttpMethod.Put, "/roles/viewer", new { name = "V", permissions = new[] { "orders:read" } }, 409, "access.role_is_built_in");
        await shop.Refused(HttpMethod.Post, "/roles", new { id = "viewer", name = "V", permissions = new[] { "orders:read" } }, 409, "access.role_exists");
        await shop.Refused(HttpMethod.Post, "/roles", new { id = "x y", name = "", permissions = new[] { "all" } }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task A_key_is_shown_once_says_when_it_was_used_and_stops_when_revoked(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        var request = new { name = "Till", scopes = new[] { "orders:read" } };
        var made = await shop.Post("/keys", request, key: "once");
        string secret = made.Text("secret")!, id = made.Text("id")!;
        var again = await shop.Post("/keys", request, key: "once");
        again.Text("id").ShouldBe(id);
        again.Text("secret").ShouldBeNull("a repeat is answered from what is stored, and the secret is not stored");
        (await shop.Db.ReadAll(work => work.Query("select answer from idempotency_keys -- house", row => row.TextOrNull()))).ShouldAllBe(answer => !answer!.Contains(secret));

        using var till = shop.Client(secret);
        (await till.GetAsync("/api/v1/orders")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await till.GetAsync("/api/v1/products")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await NoteLastUse.Handle(shop.Db, (SignIn)shop.Services.GetService(typeof(SignIn))!, shop.Clock!.GetUtcNow());
        var listed = (await shop.Get("/keys")).GetProperty("data").EnumerateArray().Single(k => k.Text("id") == id);
        listed.GetProperty("lastUsedAt").GetDateTimeOffset().ShouldBe(shop.Clock.GetUtcNow());
        listed.Text("secret").ShouldBeNull();
        secret.ShouldStartWith(listed.Text("prefix")!);
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/keys/" + id, null), 200);
        (await till.GetAsync("/api/v1/orders")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await shop.Refused(HttpMethod.Delete, "/keys/key_0", null, 404, "access.key_not_found");
    }

    [Theory, BothDatabases]
    public async Task Users_are_listed_page_by_page_and_a_name_is_taken_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var hired = new List<string>();
        for (int i = 0; i < 5; i++) hired.Add(await Hire(shop, $"user{i}", "viewer"));
        await shop.Refused(HttpMethod.Post, "/users", new { userName = "USER3", password = Password, roles = new[] { "viewer" } }, 409, "access.user_name_taken");
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await shop.Get("/users?limit=2" + (after is null ? "" : "&after=" + after));
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(u => u.Text("id")!));
            if ((after = page.Text("next")) is null) break;
        }
        seen.ShouldBe(hired.Order());
        await shop.Refused(HttpMethod.Get, "/users?limit=0", null, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/users?after=%00", null, 400, "request.invalid");
        var bad = await shop.Refused(HttpMethod.Post, "/users", new { userName = " ", password = "short", roles = new[] { "king" } }, 400, "request.invalid");
        bad.GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer")).ShouldContain("/password");
        await shop.Refused(HttpMethod.Post, "/users", new { userName = "z", password = Password, roles = new[] { "king" } }, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("P23")]
    public async Task A_name_wanted_twice_at_the_same_time_is_given_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            shop.Send(HttpMethod.Post, "/users", new { userName = "ada", password = Password, roles = new[] { "viewer" } })));
        answers.Select(a => (int)a.StatusCode).Order().ShouldBe([201, 409, 409, 409, 409, 409, 409, 409]);
    }

    [Theory, BothDatabases]
    public async Task Whoever_works_for_one_node_gives_and_sees_no_other(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", new { code = "LEEDS", name = "Leeds", kind = "store", country = "GB" });
        await shop.Post("/roles", new { id = "lead", name = "Lead", permissions = new[] { "access:manage", "nodes:read" } });
        await shop.Post("/users", new { userName = "lee", password = Password, roles = new[] { "lead" }, nodes = new[] { "LEEDS" } });
        using var lee = await new Browser(shop).SignIn("lee", Password);
        var me = await Shop.Read(await lee.Send(HttpMethod.Get, "/session"), 200);
        me.GetProperty("nodes").EnumerateArray().Select(n => n.GetString()).ShouldBe(["LEEDS"]);
        var nodes = await Shop.Read(await lee.Send(HttpMethod.Get, "/nodes"), 200);
        nodes.GetProperty("data").EnumerateArray().Select(n => n.Text("code")).ShouldBe(["LEEDS"]);
        (await lee.Status("/nodes/MAIN")).ShouldBe(404);

        foreach (object? given in new object?[] { null, new[] { "LEEDS", "MAIN" }, new[] { "NONE" } })
        {
            var refused = await lee.Send(HttpMethod.Post, "/users", new { userName = "pal", password = Password, roles = new[] { "lead" }, nodes = given });
            ((int)refused.StatusCode).ShouldBe(given is null ? 403 : 400);
        }
        await Shop.Read(await lee.Send(HttpMethod.Post, "/users", new { userName = "pal", password = Password, roles = new[] { "lead" }, nodes = new[] { "LEEDS" } }), 201);
    }

    [Theory, BothDatabases]
    public async Task Every_change_of_access_is_in_the_audit_without_names_or_secrets(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string boss = await Hire(shop, "boss", "administrator");
        using var browser = await new Browser(shop).SignIn("boss", "correct horse battery");
        await Shop.Read(await browser.Send(HttpMethod.Post, "/roles", new { id = "night", name = "Night", permissions = new[] { "orders:read" } }), 201);
        var hired = await Shop.Read(await browser.Send(HttpMethod.Post, "/users", new { userName = "very-private-name", email = "private@example.test", password = Password, roles = new[] { "night" } }), 201);
        var key = await Shop.Read(await browser.Send(HttpMethod.Post, "/keys", new { name = "Till", scopes = new[] { "orders:read" } }), 201);
        await Shop.Read(await browser.Send(HttpMethod.Delete, "/keys/" + key.Text("id")), 200);
        await shop.Post($"/users/{hired.Text("id")}/disable", new { });

        var all = await shop.Get("/audit");
        all.GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["UserDisabled", "KeyRevoked", "KeyCreated", "UserCreated", "RoleCreated", "UserCreated"]);
        string text = all.GetRawText() + await (await shop.Http.GetAsync("/api/v1/events")).Content.ReadAsStringAsync();
        foreach (string secret in new[] { "very-private-name", "private@example.test", Password, key.Text("secret")! }) text.ShouldNotContain(secret);

        var own = new List<string>();
        for (string? after = null; ;)
        {
            var page = await shop.Get($"/audit?limit=2&actor=user:{boss}" + (after is null ? "" : "&after=" + after));
            own.AddRange(page.GetProperty("data").EnumerateArray().Select(e => e.Text("kind")!));
            if ((after = page.Text("next")) is null) break;
        }
        own.ShouldBe(["KeyRevoked", "KeyCreated", "UserCreated", "RoleCreated"]);
        string admin = (await shop.Get("/session")).Text("actor")!;
        (await shop.Get("/audit?actor=" + admin)).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["UserDisabled", "UserCreated"]);
        await shop.Refused(HttpMethod.Get, "/audit?after=nonsense", null, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("P21", "CH-19")]
    public async Task A_user_of_two_merchants_works_for_one_at_a_time(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string key = (await shop.Post("/merchants", new { code = "b", name = "Brand B", baseCurrency = "EUR" }, key: "open b")).Text("key")!;
        (await shop.Post("/merchants", new { code = "b", name = "Brand B", baseCurrency = "EUR" }, key: "open b")).Text("key").ShouldBeNull();
        await shop.Refused(HttpMethod.Post, "/merchants", new { code = "b", name = "Brand B", baseCurrency = "EUR" }, 409, "access.merchant_exists");
        using var b = shop.Client(key);
        (await Shop.Read(await b.PostAsync("/api/v1/merchants", System.Net.Http.Json.JsonContent.Create(new { code = "c", name = "C", baseCurrency = "EUR" })), 403))
            .Text("code").ShouldBe("access.house_only");

        string id = await Hire(shop, "ada", "viewer");
        long second = await shop.Db.ReadAll(work => work.Scalar("select id from merchants where code = 'b'"));
        var change = (ChangeUser.Change)shop.Services.GetService(typeof(ChangeUser.Change))!;
        (await change.Assign(id, new(["warehouse"], null), Actor.House("cli", second), anyMerchant: true)).IsOk.ShouldBeTrue();
        using var ada = await new Browser(shop).SignIn("ada", "correct horse battery");
        var me = await Shop.Read(await ada.Send(HttpMethod.Get, "/session"), 200);
        me.Text("merchant").ShouldBe("main");
        me.GetProperty("merchants").GetArrayLength().ShouldBe(2);
        await shop.Product("OF-MAIN");
        (await ada.Status("/products/OF-MAIN")).ShouldBe(200);
        ada.Merchant = "b";
        (await ada.Status("/products/OF-MAIN")).ShouldBe(404);
        foreach (string none in new[] { "c", "B" })
        {
            ada.Merchant = none;
            (await Shop.Read(await ada.Send(HttpMethod.Get, "/products"), 403)).Text("code").ShouldBe("access.no_such_merchant");
        }
        // A link to a file says it in its address: the header goes first, and a write takes nothing else.
        ada.Merchant = null;
        (await ada.Status("/products/OF-MAIN?Switchyard-Merchant=b")).ShouldBe(404);
        (await ada.Status("/products/OF-MAIN?Switchyard-Merchant=main")).ShouldBe(200);
        (await ada.Status("/products/OF-MAIN?Switchyard-Merchant=c")).ShouldBe(403);
        ada.Merchant = "main";
        (await ada.Status("/products/OF-MAIN?Switchyard-Merchant=b")).ShouldBe(200);
        ada.Merchant = null;
        (await ada.Send(HttpMethod.Post, "/nodes/MAIN/shift?Switchyard-Merchant=b", new { isOnShift = true })).IsSuccessStatusCode.ShouldBeFalse("a viewer of the first merchant");
        (await Shop.Read(await b.PostAsync($"/api/v1/users/{id}/disable", null), 403)).Text("code").ShouldBe("access.user_is_shared");
        await Shop.Read(await shop.Send(HttpMethod.Post, $"/users/{id}/disable", null), 200);
    }

    [Theory, BothDatabases]
    public async Task Answers_carry_the_headers_that_keep_them_out_of_caches_and_frames(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var answer = await shop.Http.GetAsync("/api/v1/orders");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await shop.Http.GetAsync("/api/v1/none")).Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public void The_rooms_page_shows_the_roles_as_they_are()
    {
        string[] page = File.ReadAllLines(Path.Combine(TestPostgres.Root, "src", "Switchyard", "Access", "README.md"));
        page.ShouldContain("| permission | lets a person | " + string.Join(" | ", BuiltInRoles.All.Select(r => r.Id)) + " |");
        foreach (var permission in Permission.All)
        {
            string row = page.Single(line => line.StartsWith($"| `{permission.Code}` |", StringComparison.Ordinal));
            row.Split('|')[3..^1].Select(cell => cell.Trim() == "x").ShouldBe(BuiltInRoles.All.Select(r => r.Permissions.Contains(permission.Code)), permission.Code);
        }
    }
}
