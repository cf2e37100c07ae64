using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A stock controller's Monday: a count of 100 rows of which three are wrong.</summary>
[Collection(PagesTests.Name)]
public sealed class ImportStockTests(ImportStockTests.Counted counted) : IClassFixture<ImportStockTests.Counted>
{
    private const int Before = 5, After = 8;

    /// <summary>One shop with a hundred products of five each: whoever undoes leaves it as it was.</summary>
    public sealed class Counted : IAsyncLifetime
    {
        public BrowserShop Shop { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Shop = await BrowserShop.Open();
            for (int i = 1; i <= 100; i++) await Shop.Shop.Product(Sku(i), Before);
        }

        public async Task DisposeAsync() => await Shop.DisposeAsync();
    }

    private static string Sku(int i) => $"CUP-{i:000}";

    [Theory]
    [InlineData(Hand.Mouse, ColorScheme.Light)]
    [InlineData(Hand.Finger, ColorScheme.Dark)]
    [InlineData(Hand.Keys, ColorScheme.Light)]
    [Capability("IN-02", "SE-06", "SE-11")]
    public async Task A_stock_controller_imports_a_count_corrects_three_bad_rows_in_place_and_undoes(Hand hand, ColorScheme scheme)
    {
        var page = await counted.Shop.SignedIn(path: "/imports", width: hand == Hand.Finger ? Width.Phone : Width.Desk, scheme: scheme);
        var controller = new Person(page, hand);
        await controller.Give("Choose a file", MondaysCount());
        await controller.PressButton("Import the file");

        await page.GetByRole(AriaRole.Heading, new() { Name = "Rows to correct" }).WaitForAsync();
        string import = new Uri(page.Url).Query;
        await Assertions.Expect(page.GetByText("3 rows failed").First).ToBeVisibleAsync();
        (await OnHand(1, 12, 47, 83)).ShouldBe([After, Before, Before, Before], "the good rows are in, the bad ones stopped nothing");
        if (!controller.HasKeysOnly) (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await controller.Write(page.GetByLabel("quantity in line 13"), $"{After}");
        await controller.Write(page.GetByLabel("sku in line 48"), Sku(47));
        await controller.Write(page.GetByLabel("node in line 84"), "MAIN");
        (await Look.IsTooWide(page)).ShouldBeFalse();
        await controller.PressButton("Send 3 corrected rows");
        await Assertions.Expect(page.GetByText("Every row is in")).ToBeVisibleAsync();
        (await OnHand(1, 12, 47, 83)).ShouldBe([After, After, After, After]);

        await Undo(controller, 3);
        (await OnHand(1, 12, 47, 83)).ShouldBe([After, Before, Before, Before], "only the corrected rows are taken back");
        await controller.Press(page.GetByRole(AriaRole.Link, new() { Name = "Another file" }));
        await controller.Press(page.GetByRole(AriaRole.Link, new() { Name = "monday.csv", Exact = true }).And(page.Locator($"[href$='{import}']")));
        await Undo(controller, 97);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Taken back" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo this import" })).ToHaveCountAsync(0);
        (await OnHand([.. Enumerable.Range(1, 100)])).ShouldAllBe(n => n == Before);
        counted.Shop.ShouldBeQuiet();
    }

    private static FilePayload MondaysCount()
    {
        // Line 1 has the headers: row i stands in line i + 1.
        var rows = Enumerable.Range(1, 100).Select(i => i switch
        {
            12 => $"{Sku(i)},MAIN,eight",
            47 => $"CUP-O47,MAIN,{After}",
            83 => $"{Sku(i)},MIAN,{After}",
            _ => $"{Sku(i)},MAIN,{After}",
        });
        string csv = "sku,node,quantity\n" + string.Join('\n', rows) + "\n";
        return new FilePayload { Name = "monday.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) };
    }

    private static async Task Undo(Person controller, int rows)
    {
        var page = controller.Page;
        await controller.PressButton("Undo this import");
        await controller.Press(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = $"Undo {rows} rows" }));
        await Assertions.Expect(page.GetByText($"{rows} of {rows}: {rows} done, 0 failed")).ToBeVisibleAsync();
    }

    private async Task<long[]> OnHand(params int[] cups)
    {
        var units = new List<long>();
        foreach (int i in cups) units.Add((await counted.Shop.Shop.Balance(Sku(i))).Long("onHand"));
        return [.. units];
    }
}
