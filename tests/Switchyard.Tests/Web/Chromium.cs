using System.Diagnostics;
using Microsoft.Playwright;

namespace Switchyard.Tests.Web;

/// <summary>
/// The one browser of the run: the system's Chromium, found by name (the shell without windows takes a quarter less CPU), or the program that SWITCHYARD_CHROMIUM names. As root
/// it is installed with apt when it is missing; else the tests fail and say what to install. They are never passed over.
/// </summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    private static readonly Lazy<Task<IBrowser>> Started = new(Start);

    public static Task<IBrowser> Browser => Started.Value;

    private static async Task<IBrowser> Start()
    {
        string program = Find() ?? await Install() ?? throw new InvalidOperationException(
            "No Chromium was found. Install it (apt-get install chromium-headless-shell fonts-noto-core), or set SWITCHYARD_CHROMIUM to its path.");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Timeout = 120_000,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"],
        });
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SWITCHYARD_CHROMIUM") is { Length: > 0 } named) return named;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static async Task<string?> Install()
    {
        if (Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get")) return null;
        using var apt = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "apt-get update -qq; apt-get -o DPkg::Lock::Timeout=300 install -y -qq chromium-headless-shell fonts-noto-core"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        })!;
        await Task.WhenAll(apt.StandardOutput.ReadToEndAsync(), apt.StandardError.ReadToEndAsync(), apt.WaitForExitAsync());
        return Find();
    }
}
