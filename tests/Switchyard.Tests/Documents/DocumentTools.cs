using System.Diagnostics;
using System.Text;

namespace Switchyard.Tests.Documents;

/// <summary>
/// The programs that open what we print: pdftotext and pdftoppm (poppler-utils), zbarimg (zbar-tools), dmtxread (dmtx-utils). As root they are installed with
/// apt when they are missing, as Chromium is; else the tests fail and say what to install.
/// </summary>
internal static class DocumentTools
{
    private static readonly Lazy<bool> Installed = new(Install);

    /// <summary>The text of a PDF, page by page as it is read.</summary>
    public static string Text(byte[] pdf, bool asLaidOut = false) => WithFolder(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, "a.pdf"), pdf);
        return Run(folder, "pdftotext", asLaidOut ? ["-layout", "-enc", "UTF-8", "a.pdf", "-"] : ["-raw", "-enc", "UTF-8", "a.pdf", "-"]).Out;
    });

    /// <summary>Page 1 of a PDF as a picture; what pdftoppm complained of must be nothing.</summary>
    public static byte[] Picture(byte[] pdf, int dpi = 200, int page = 1) => WithFolder(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, "a.pdf"), pdf);
        var (_, error, code) = Run(folder, "pdftoppm", ["-r", $"{dpi}", "-f", $"{page}", "-l", $"{page}", "-singlefile", "-png", "a.pdf", "a"]);
        if (code != 0 || error.Length > 0) throw new InvalidOperationException($"pdftoppm: {code} {error}");
        return File.ReadAllBytes(Path.Combine(folder, "a.png"));
    });

    /// <summary>The barcodes zbarimg finds, such as <c>CODE-128:ABC</c>.</summary>
    public static string[] Barcodes(byte[] png) => WithFolder(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, "a.png"), png);
        return Run(folder, "zbarimg", ["-q", "a.png"]).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    });

    /// <summary>What dmtxread finds in a picture that shows one DataMatrix.</summary>
    public static byte[] DataMatrix(byte[] png) => WithFolder(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, "a.png"), png);
        return Encoding.Latin1.GetBytes(Run(folder, "dmtxread", ["-N1", "-m", "20000", "-G29", "a.png"], Encoding.Latin1).Out);
    });

    private static (string Out, string Error, int Code) Run(string folder, string program, string[] arguments, Encoding? encoding = null)
    {
        _ = Installed.Value;
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = encoding ?? Encoding.UTF8,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (said, error.Result, process.ExitCode);
    }

    private static T WithFolder<T>(Func<string, T> use)
    {
        string folder = Directory.CreateTempSubdirectory("switchyard-documents-").FullName;
        try { return use(folder); }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static bool Install()
    {
        if (Missing().Length == 0) return true;
        if (Environment.UserName == "root" && File.Exists("/usr/bin/apt-get"))
        {
            using var apt = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "apt-get update -qq; apt-get -o DPkg::Lock::Timeout=300 install -y -qq poppler-utils zbar-tools dmtx-utils"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
            })!;
            Task.WaitAll(apt.StandardOutput.ReadToEndAsync(), apt.StandardError.ReadToEndAsync(), apt.WaitForExitAsync());
        }
        return Missing() is { Length: > 0 } still
            ? throw new InvalidOperationException($"{string.Join(", ", still)} is missing: apt-get install poppler-utils zbar-tools dmtx-utils.") : true;
    }

    private static string[] Missing() =>
        [.. new[] { "pdftotext", "pdftoppm", "zbarimg", "dmtxread" }.Where(program => !(Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(':').Any(f => File.Exists(Path.Combine(f, program))))];
}
