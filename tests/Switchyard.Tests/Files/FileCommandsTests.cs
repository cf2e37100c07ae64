using Shouldly;
using Switchyard.Cli;
using Switchyard.Database;

namespace Switchyard.Tests.Files;

public sealed class FileCommandsTests
{
    [Theory, BothDatabases]
    public async Task A_file_goes_in_and_out_at_the_command_line(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        string database = kind == DatabaseKind.Sqlite ? settings.SqlitePath : settings.ConnectionString;
        string folder = Directory.CreateTempSubdirectory("switchyard-test-").FullName, file = Path.Combine(folder, "in.csv"), back = Path.Combine(folder, "out.csv");
        await File.WriteAllTextAsync(file, "sku,name,price_gbp\nA,Cup,4.50\nB,Bad,4.505\n");

        var dry = await SwitchyardProcess.Run(database, null, "import", "products", file, "--dry-run", "--json");
        dry.Code.ShouldBe(ExitCode.Refused, dry.Notes);
        dry.Json.Counts().ShouldBe((2, 1, 0, 0, 1));
        (await SwitchyardProcess.Run(database, null, "import", "products", file, "--json")).Json.Counts().ShouldBe((2, 1, 0, 0, 1));
        (await SwitchyardProcess.Run(database, null, "export", "products", back)).Code.ShouldBe(ExitCode.Ok);
        (await File.ReadAllTextAsync(back)).ShouldContain("A,Cup,goods,standard,0,,,,,,,,,,yes,,,,,,,,4.50\r\n");
        var again = await SwitchyardProcess.Run(database, null, "import", "products", back, "--json");
        again.Code.ShouldBe(ExitCode.Ok, again.Notes);
        again.Json.Counts().ShouldBe((1, 0, 0, 1, 0));
        (await SwitchyardProcess.Run(database, null, "import", "products", Path.Combine(folder, "none.csv"))).Code.ShouldBe(ExitCode.Refused);

        string mapping = Path.Combine(folder, "mapping.json"), other = Path.Combine(folder, "other.csv");
        await File.WriteAllTextAsync(mapping, """{"columns":{"sku":"Code","name":"Label","price_GBP":"Preis"},"decimalMark":","}""");
        await File.WriteAllTextAsync(other, "Code;Label;Preis;name\nM;Mug;1.012,95;other\n");
        (await SwitchyardProcess.Run(database, null, "import", "products", other, "--mapping", mapping, "--json")).Json.Counts().ShouldBe((1, 1, 0, 0, 0));
        (await SwitchyardProcess.Run(database, null, "import", "products", other, "--mapping", "none")).Code.ShouldNotBe(ExitCode.Ok);
    }
}
