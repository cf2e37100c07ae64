using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Tests.Access;
using Switchyard.Tests.House;

namespace Switchyard.Tests.Http;

/// <summary>Every stable code of the sources is explained in docs/api/problems.md, and the server shows it where a problem's type leads.</summary>
[Capability("IG-15")]
public sealed partial class ProblemPagesTests
{
    /// <summary>Texts of the form of a code that are none.</summary>
    private static readonly HashSet<string> NoCodes = ["co.jp", "co.uk", "co.za", "com.au", "com.be", "com.br", "com.mx", "com.tr", "order.created", "order.deleted", "order.updated", "product.created", "product.deleted", "product.updated", "duck.com", "mozmail.com", "index.html", "switchyard.db", "switchyard.events", "internal.ping", "internal.command", "problems.md", "examples.json", "login.json"];

    [Fact]
    public async Task Every_code_of_the_sources_has_its_entry_and_none_is_left_over()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var files = SourceFile.Server(TestPostgres.Root).Where(f => f.Path.StartsWith("src/Switchyard/", StringComparison.Ordinal)).ToList();
        var written = files.SelectMany(f => f.Strings).Where(s => Code().IsMatch(s)).ToHashSet();
        var others = (await Operation.All(shop)).Select(o => o.Id)
            .Concat(shop.Services.GetServices<BooksCheck>().Select(c => c.Name)).Concat(shop.Services.GetServices<BooksRepair>().Select(r => r.Name)).Concat(NoCodes).ToHashSet();
        var known = ProblemPages.All.Select(p => p.Code).ToHashSet();
        string[] missing = [.. written.Except(others).Except(known).Order()], stale = [.. known.Except(written).Order()];
        missing.ShouldBeEmpty("without an entry in docs/api/problems.md (eng/problems.py adds them): " + string.Join(", ", missing));
        stale.ShouldBeEmpty("explained, but nowhere in the sources: " + string.Join(", ", stale));
        ProblemPages.All.ShouldAllBe(p => !p.Meaning.Contains("TODO") && p.Meaning.Length > 8);
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_page()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var problem = await shop.Refused(HttpMethod.Get, "/orders/ord_00000000000000000000000000000000", null, 404, "orders.not_found");
        using var stranger = shop.Client(null);
        (await Shop.Read(await stranger.GetAsync(problem.Text("type")), 200)).Text("meaning").ShouldBe("There is no such order.");
        var asked = new HttpRequestMessage(HttpMethod.Get, problem.Text("type"));
        asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        (await (await stranger.SendAsync(asked)).Content.ReadAsStringAsync()).ShouldContain("<h1 style=\"font-size: 1.25em\">orders.not_found</h1>");
        ((int)(await stranger.GetAsync("/problems/no.such")).StatusCode).ShouldBe(404);
    }

    // Domains of mail, which some rules know, have the same form.
    [GeneratedRegex("^[a-z]{2,}\\.(?!(com|net|org|de|ru|me)$)[a-z][a-z_]+$")]
    private static partial Regex Code();
}
