using System.Text.Json;
using Microsoft.Playwright;
using Switchyard.Tests.Picking;

namespace Switchyard.Tests.Web;

/// <summary>A phone with a scanner in a picker's hand: what it types, and a stop as the screen asks for it.</summary>
internal static class Handset
{
    /// <summary>
    /// As a scanner does that types: all keys within a moment, and Enter, wherever the focus is. In one go, each a millisecond after the one before, since a loaded machine is slower than a scanner.
    /// </summary>
    public static Task Scan(this IPage page, string code) => page.EvaluateAsync(
        """
        code => {
          let at = performance.now();
          for (const key of [...code, 'Enter']) {
            const press = new KeyboardEvent('keydown', key === '\u001d' ? { key: ']', ctrlKey: true, bubbles: true, cancelable: true } : { key, bubbles: true, cancelable: true });
            Object.defineProperty(press, 'timeStamp', { value: at++ });
            (document.activeElement ?? document.body).dispatchEvent(press);
          }
        }
        """, code);

    public static ILocator Instruction(this IPage page, string text) => page.GetByRole(AriaRole.Status).Filter(new() { HasText = text });

    /// <summary>The screen shows this stop.</summary>
    public static Task Reach(this IPage page, JsonElement stop) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Stop {stop.Long("stop")} of {stop.Long("stops")}");

    /// <summary>Goes to the bin of a stop and scans it, where it is not scanned yet.</summary>
    public static async Task StandAt(this IPage page, JsonElement stop)
    {
        await page.Reach(stop);
        await page.Instruction("Scan the").WaitForAsync();
        if (await page.Instruction("Scan the bin").CountAsync() > 0) await page.Scan(stop.Text("bin")!);
        await page.Instruction("Scan the item").WaitForAsync();
    }

    /// <summary>One stop as the screen asks for it: the bin once for all its stops, each unit, and the tote.</summary>
    public static async Task Pick(this IPage page, JsonElement stop, string tote = "TOTE-")
    {
        await page.Reach(stop);
        await page.Instruction("Scan the").WaitForAsync();
        if (await page.Instruction("Scan the bin").CountAsync() > 0) await page.Scan(stop.Text("bin")!);
        for (long unit = 0; unit < stop.Long("quantity"); unit++)
        {
            await Assertions.Expect(page.Locator("[data-count]")).ToHaveAttributeAsync("data-count", Kernel.Text.Invariant(unit));
            await page.Instruction("Scan the item").WaitForAsync();
            await page.Scan(Pickers.Barcode(stop.Text("sku")!));
        }
        await page.Instruction("Scan tote").WaitForAsync();
        await page.Scan(tote + Kernel.Text.Invariant(stop.Long("toteNo")));
    }

    /// <summary>Nothing waits on the phone any more.</summary>
    public static Task Said(this IPage page) => Assertions.Expect(page.Locator("[data-outbox]")).ToHaveCountAsync(0);
}
