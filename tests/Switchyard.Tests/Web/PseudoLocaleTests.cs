using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>In the test language every word of ours is accented, bracketed and a third longer: what stays plain was never translated.</summary>
[Collection(PagesTests.Name)]
public sealed class PseudoLocaleTests
{
    /// <summary>Letters that the test language never leaves plain.</summary>
    private static readonly Regex Plain = new("[aeioucnysAEIOUCN]", RegexOptions.CultureInvariant);

    /// <summary>What the shop itself is called, and what its people wrote: no words of ours.</summary>
    private static readonly string[] Data = ["Switchyard", "My shop", "Robin Reader", "Ada Byron", "Manchester"];

    [Fact, Capability("SE-11")]
    public async Task Every_word_of_the_navigation_pages_is_of_the_texts_and_none_is_cut_off_on_a_phone()
    {
        await using var browser = await BrowserShop.Open();
        await browser.Fill();
        var desk = await browser.SignedIn(path: "/");
        string[] links = [.. (await desk.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")).Distinct()];
        links.Length.ShouldBeGreaterThan(5);
        var phone = await browser.SignedIn(path: "/", width: Width.Phone);
        var faults = new List<string>();
        foreach (var page in (IPage[])[desk, phone])
        {
            await page.EvaluateAsync("localStorage.setItem('switchyard-language', JSON.stringify('pseudo'))");
            foreach (string link in links)
            {
                await (link == links[0] ? Look.At(page, link) : Look.Go(page, link));
                string[] words = await Look.Words(page);
                words.ShouldContain(w => w.Contains('·', StringComparison.Ordinal), link + " is in the test language");
                if (page == desk) faults.AddRange(words.Where(w => Plain.IsMatch(Data.Aggregate(w, (now, one) => now.Replace(one, "", StringComparison.Ordinal)))).Select(w => $"{link} says {w}"));
                // A desk's tables shorten a column that a wider window would show whole; a phone has cards.
                else faults.AddRange((await Look.Clipped(page)).Select(w => $"{link} at {page.ViewportSize!.Width} cuts off {w}"));
                if (await Look.IsTooWide(page)) faults.Add($"{link} is wider than {page.ViewportSize!.Width}");
            }
        }
        faults = [.. faults.Distinct()];
        faults.ShouldBeEmpty(string.Join('\n', faults));
        browser.ShouldBeQuiet();
    }
}
