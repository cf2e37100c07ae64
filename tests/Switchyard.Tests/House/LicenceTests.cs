using System.Text.Json;
using System.Xml.Linq;
using Shouldly;

namespace Switchyard.Tests.House;

/// <summary>Every package that gets into a build of ours has a licence we may take, by its own nuspec.</summary>
public sealed class LicenceTests
{
    private static readonly HashSet<string> Taken = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MS-PL", "ISC", "PostgreSQL", "Unicode-3.0", "OFL-1.1", "MPL-2.0", "0BSD"];

    /// <summary>Packages whose nuspec names no licence expression, looked at by hand: what it is and where that is said.</summary>
    private static readonly Dictionary<string, string> LookedAt = new(StringComparer.OrdinalIgnoreCase)
    {
        ["xunit.abstractions"] = "Apache-2.0: licenseUrl points to xunit's licence file, and the later packages of the project say Apache-2.0",
        ["SourceGear.sqlite3"] = "public domain: its LICENSE.txt is SQLite's dedication, https://sqlite.org/copyright.html",
    };

    [Fact]
    public void Every_package_of_the_resolved_graph_has_a_licence_we_take()
    {
        var packages = Projects().SelectMany(Packages).Distinct().OrderBy(p => p, StringComparer.Ordinal).ToList();
        packages.Count.ShouldBeGreaterThan(10);
        var faults = packages.Select(nuspec => Judge(XDocument.Load(nuspec))).Where(fault => fault is not null).ToList();
        faults.ShouldBeEmpty(string.Join('\n', faults));
    }

    [Theory]
    [InlineData(null, "<license type='expression'>MIT</license>")]
    [InlineData(null, "<license type='expression'>(MPL-2.0 OR GPL-3.0-only)</license>")]
    [InlineData("Some.Package: AGPL-3.0-only", "<license type='expression'>AGPL-3.0-only</license>")]
    [InlineData("Some.Package: MIT AND GPL-2.0-only", "<license type='expression'>MIT AND GPL-2.0-only</license>")]
    [InlineData("Some.Package: a file LICENSE.txt", "<license type='file'>LICENSE.txt</license>")]
    [InlineData("Some.Package: https://example.org/eula", "<licenseUrl>https://example.org/eula</licenseUrl>")]
    [InlineData("Some.Package: says nothing", "")]
    public void A_licence_we_do_not_take_is_named(string? fault, string licence) =>
        Judge(XDocument.Parse($"<package xmlns='x'><metadata><id>Some.Package</id>{licence}</metadata></package>")).ShouldBe(fault);

    private static string? Judge(XDocument nuspec)
    {
        XElement? Named(string name) => nuspec.Descendants().FirstOrDefault(e => e.Name.LocalName == name);
        string id = Named("id")!.Value;
        if (LookedAt.ContainsKey(id)) return null;
        if (Named("license") is { } licence)
        {
            if (licence.Attribute("type")?.Value != "expression") return $"{id}: a file {licence.Value}";
            return IsTaken(licence.Value) ? null : $"{id}: {licence.Value}";
        }
        return $"{id}: {Named("licenseUrl")?.Value ?? "says nothing"}";
    }

    // SPDX: one side of an OR is enough, of an AND both are needed. Brackets beyond these two do not occur.
    private static bool IsTaken(string expression) =>
        expression.Trim('(', ')').Split(" OR ").Any(side => side.Split(" AND ").All(part => Taken.Contains(part.Trim('(', ')', ' '))));

    private static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(TestPostgres.Root, "project.assets.json", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal));

    private static IEnumerable<string> Packages(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
        return [.. json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => folders.Select(folder => Path.Combine(folder, library.Value.GetProperty("path").GetString()!)).First(Directory.Exists))
            .Select(folder => Directory.EnumerateFiles(folder, "*.nuspec").Single())];
    }
}
