using Microsoft.Playwright;

namespace Switchyard.Tests.Web;

/// <summary>What an eye would see at once on a page: that it is wider than the window, that words are cut off, what is written.</summary>
internal static class Look
{
    /// <summary>Opens an address and waits until everything on it is there.</summary>
    public static async Task At(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Settled(page);
    }

    /// <summary>Goes there as a link of the app does, without loading the app anew: a third of the work, for walks through many pages.</summary>
    public static async Task Go(IPage page, string path)
    {
        await page.EvaluateAsync("async path => { await __TSR_ROUTER__.navigate({ href: path, ignoreBlocker: true }); for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame); }", path);
        await Settled(page);
    }

    /// <summary>It has a heading, nothing is being fetched, and no place is kept for what comes.</summary>
    public static async Task Settled(IPage page)
    {
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await PagesTests.Settled(page);
    }

    public static Task<bool> IsTooWide(IPage page) => page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth + 1");

    /// <summary>All text of the page, as it stands in its elements and fields, seen or not.</summary>
    public static Task<string> Written(IPage page) =>
        page.EvaluateAsync<string>("document.body.textContent + '\\n' + [...document.querySelectorAll('input, textarea')].map(f => f.value).join('\\n')");

    /// <summary>Elements that only text taken for markup could have made.</summary>
    public static Task<string[]> Foreign(IPage page) => page.EvaluateAsync<string[]>(
        """
        [...document.querySelectorAll('body *')].filter(e =>
            ['IFRAME', 'OBJECT', 'EMBED', 'MARQUEE', 'VIDEO', 'AUDIO', 'BASE', 'META', 'FRAMESET', 'XSS', 'PLAINTEXT'].includes(e.tagName)
            || e.tagName === 'SCRIPT' && !e.src.startsWith(location.origin)
            || [...e.attributes].some(a => a.name.startsWith('on') || ['href', 'src', 'action', 'formaction', 'xlink:href', 'srcdoc'].includes(a.name) && /^\s*(javascript:|vbscript:|data:text)/i.test(a.value)))
          .map(e => e.outerHTML.slice(0, 200))
        """);

    /// <summary>Words of our own (not data, which may be long) that are cut off by what holds them.</summary>
    public static Task<string[]> Clipped(IPage page) => page.EvaluateAsync<string[]>(Seen + """
        return seen.filter(({ node, element, box }) => {
            if (!node.data.includes('·')) return false;
            for (let e = element; e && e !== document.body; e = e.parentElement) {
                const style = getComputedStyle(e), edge = e.getBoundingClientRect();
                if (['auto', 'scroll'].includes(style.overflowX)) return false;
                if (style.overflowX !== 'visible' && (box.right > edge.right + 1.5 || box.left < edge.left - 1.5)) return true;
            }
            return false;
          }).map(({ node }) => node.data.slice(0, 120)); })()
        """);

    /// <summary>Texts that a person sees and that are no data: neither a name, a code, a time nor a number.</summary>
    public static Task<string[]> Words(IPage page) => page.EvaluateAsync<string[]>(Seen + """
        return seen.filter(({ element }) => !element.closest('bdi, time, kbd, code, pre, address, [dir], .sy-code, option')).map(({ node }) => node.data.trim()).filter(Boolean); })()
        """);

    private const string Seen = """
        (() => {
          const seen = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node; (node = walk.nextNode());) {
            const element = node.parentElement, style = getComputedStyle(element);
            if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            if (element.closest('.sy-hidden, [aria-hidden=true], .recharts-surface')) continue;
            const range = document.createRange(); range.selectNodeContents(node);
            const box = range.getBoundingClientRect();
            if (box.width < 1 || box.height < 1 || element.offsetWidth <= 1) continue;
            seen.push({ node, element, box });
          }
        """;
}
