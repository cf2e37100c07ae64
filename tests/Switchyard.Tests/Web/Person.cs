using Microsoft.Playwright;

namespace Switchyard.Tests.Web;

/// <summary>What somebody works with: a mouse at a desk, a finger on a phone, or the keyboard alone.</summary>
public enum Hand { Mouse, Finger, Keys }

/// <summary>
/// A person before a page. With <see cref="Hand.Keys"/> nothing is clicked and nothing is focused for them: they come to each thing
/// by Tab, or by a key of the page, as somebody does who has no mouse.
/// </summary>
public sealed class Person(IPage page, Hand hand)
{
    private const int MostTabs = 250, MostOptions = 200;

    public IPage Page => page;
    public Hand Hand => hand;
    public bool HasKeysOnly => hand == Hand.Keys;

    public async Task Press(ILocator what, string key = "Enter")
    {
        if (hand == Hand.Finger) await what.TapAsync();
        else if (hand == Hand.Mouse) await what.ClickAsync();
        else
        {
            await Reach(what);
            await page.Keyboard.PressAsync(key);
        }
    }

    public Task PressButton(string name) => Press(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }));

    /// <summary>Puts this in the place of what is in the field.</summary>
    public async Task Write(ILocator field, string text)
    {
        if (hand != Hand.Keys)
        {
            await field.FillAsync(text);
            return;
        }
        await Reach(field);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    public async Task Tick(ILocator box)
    {
        await Assertions.Expect(box).ToBeEnabledAsync();        // all of a page can be chosen when there are rows
        if (hand == Hand.Keys) await Press(box, " ");
        else await box.CheckAsync();
    }

    /// <summary>One of a list that opens under its field.</summary>
    public async Task Choose(ILocator list, string option)
    {
        var wanted = page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true });
        if (hand != Hand.Keys)
        {
            await Press(list);
            await Press(wanted);
            return;
        }
        await Reach(list);
        for (int i = 0; i < MostOptions; i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
            await wanted.WaitForAsync();
            if (await list.GetAttributeAsync("aria-activedescendant") is not { Length: > 0 } active || active != await wanted.GetAttributeAsync("id")) continue;
            await page.Keyboard.PressAsync("Enter");
            return;
        }
        throw new InvalidOperationException($"{option} cannot be chosen by the keyboard: {MostOptions} times down did not come to it.");
    }

    /// <summary>One of a menu that is open: menus are walked by arrows.</summary>
    public async Task Pick(ILocator item)
    {
        if (hand != Hand.Keys)
        {
            await Press(item);
            return;
        }
        await item.WaitForAsync();
        // The menu takes the focus a moment after it is open.
        await page.Locator("[role=menu]:focus, [role=menu] *:focus").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (int i = 0; i < MostOptions; i++)
        {
            if (await item.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                await page.Keyboard.PressAsync("Enter");
                return;
            }
            await page.Keyboard.PressAsync("ArrowDown");
        }
        throw new InvalidOperationException($"{item} cannot be reached by arrows: {MostOptions} times down did not come to it.");
    }

    /// <summary>Gives a file to the button that asks for one.</summary>
    public async Task Give(string button, FilePayload file)
    {
        var chooser = await page.RunAndWaitForFileChooserAsync(() => PressButton(button));
        await chooser.SetFilesAsync(file);
    }

    /// <summary>A key of the keyboard: on a phone there are none, and what it does must be there to be touched.</summary>
    public Task Key(string key) => page.Keyboard.PressAsync(key);

    /// <summary>By Tab until it has the focus.</summary>
    private async Task Reach(ILocator what)
    {
        await what.WaitForAsync();
        for (int i = 0; i < MostTabs; i++)
        {
            if (await what.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"{what} cannot be reached by the keyboard: {MostTabs} times Tab did not come to it.");
    }
}
