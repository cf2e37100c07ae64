using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Http;

namespace Switchyard.Documents;

/// <summary>
/// <c>switchyard print-agent --printer LABEL-1=10.0.0.5:9100 --printer DESK=lp:office</c>: fetches print jobs with an API key and hands them to printers near
/// it. It is a caller of the API and needs no database. A job it took and did not finish comes again after two minutes.
/// </summary>
public static class PrintAgentCommand
{
    private static readonly TimeSpan BetweenAsks = TimeSpan.FromSeconds(2), LongestAnswer = TimeSpan.FromSeconds(30);

    public static Command Create(CommandHost host)
    {
        var printers = new Option<string[]>("--printer") { Description = "CODE=HOST:PORT, CODE=lp:QUEUE of this machine, or CODE=folder:PATH", Required = true, AllowMultipleArgumentsPerToken = true };
        var server = new Option<string>("--server") { Description = "The server; SWITCHYARD_SERVER, the one of 'switchyard login', or http://127.0.0.1:5080 when not said" };
        var key = new Option<string?>("--key") { Description = "An API key with fulfilment:work; SWITCHYARD_KEY, or the one of 'switchyard login' when not said" };
        var once = new Option<bool>("--once") { Description = "Print what waits now and end" };
        var command = CommandHost.Group("print-agent", "Print what waits for the printers near this machine", printers, server, key, once);
        command.SetAction((parsed, stop) => LocalRunner.Guard(host, async () =>
        {
            string? apiKey = parsed.GetValue(key) ?? Environment.GetEnvironmentVariable("SWITCHYARD_KEY") ?? Login.Stored()?.Key;
            if (string.IsNullOrEmpty(apiKey)) return Complain("An API key with fulfilment:work is needed: --key, SWITCHYARD_KEY, or 'switchyard login'.");
            string at = parsed.GetValue(server) ?? Environment.GetEnvironmentVariable("SWITCHYARD_SERVER") ?? Login.Stored()?.Server ?? "http://127.0.0.1:5080";
            if (!Uri.TryCreate(at, UriKind.Absolute, out var address)) return Complain($"{at} is no address of a server.");
            var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (string said in parsed.GetValue(printers) ?? [])
            {
                if (said.Split('=', 2) is not [var code, var target] || code.Length == 0 || !IsTarget(target)) return Complain($"'{said}' is not CODE=HOST:PORT, CODE=lp:QUEUE or CODE=folder:PATH.");
                targets[code] = target;
            }
            using var api = new HttpClient { BaseAddress = address, Timeout = LongestAnswer };
            api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
            return await Run(host.Output, api, targets, parsed.GetValue(once), stop);
        }));
        return command;

        int Complain(string sentence)
        {
            host.Output.Note(sentence);
            return ExitCode.Usage;
        }
    }

    private static async Task<int> Run(CommandOutput output, HttpClient api, Dictionary<string, string> targets, bool once, CancellationToken stop)
    {
        while (true)
        {
            int taken = 0;
            try { taken = await Round(output, api, targets, stop); }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { return 0; }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                if (e is HttpRequestException { StatusCode: { } status } && (int)status is >= 400 and < 500 and not 429) { output.Note($"The server refuses: {(int)status}."); return ExitCode.Refused; }
                output.Note($"The server is away ({e.Message}). It is asked again.");
            }
            if (once && taken == 0) return 0;
            if (taken > 0) continue;
            try { await Task.Delay(BetweenAsks, stop); }
            catch (OperationCanceledException) { return 0; }
        }
    }

    private static async Task<int> Round(CommandOutput output, HttpClient api, Dictionary<string, string> targets, CancellationToken stop)
    {
        using var answer = await api.PostAsJsonAsync("/api/v1/print-jobs/claim", new { printers = targets.Keys, most = 5 }, stop);
        answer.EnsureSuccessStatusCode();
        var jobs = (await answer.Content.ReadFromJsonAsync<PrintJobs.ClaimResponse>(Json.Options, stop))!.Jobs;
        foreach (var job in jobs)
        {
            string? error = null;
            try { await Print(targets[job.Printer], job, stop); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or System.ComponentModel.Win32Exception) { error = e.Message; }
            using var told = await api.PostAsJsonAsync($"/api/v1/print-jobs/{job.Id}/finish", new { error }, stop);
            told.EnsureSuccessStatusCode();
            output.Line(error is null ? $"{job.Printer}: {job.Kind} {job.Id}" : $"{job.Printer}: {job.Kind} {job.Id} failed: {error}");
        }
        return jobs.Count;
    }

    private static async Task Print(string target, PrintJobs.Claimed job, CancellationToken stop)
    {
        byte[] content = Convert.FromBase64String(job.Content);
        if (target.StartsWith("folder:", StringComparison.Ordinal))
        {
            for (int copy = 1; copy <= job.Copies; copy++)
                await File.WriteAllBytesAsync(Path.Combine(target[7..], $"{job.Id}-{copy}.{Press.Extension(job.Format)}"), content, stop);
            return;
        }
        if (target.StartsWith("lp:", StringComparison.Ordinal)) { await Spool(target[3..], job, content, stop); return; }
        int colon = target.LastIndexOf(':');
        for (int copy = 0; copy < job.Copies; copy++) await PrinterAddresses.Raw(target[..colon], int.Parse(target[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture), content, stop);
    }

    // CUPS takes the file on its input. ZPL goes through as it is.
    private static async Task Spool(string queue, PrintJobs.Claimed job, byte[] content, CancellationToken stop)
    {
        string[] arguments = ["-d", queue, "-n", job.Copies.ToString(System.Globalization.CultureInfo.InvariantCulture), "-t", job.Id.ToString(), .. job.Format == "pdf" ? Array.Empty<string>() : ["-o", "raw"]];
        using var lp = Process.Start(new ProcessStartInfo("lp", arguments) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await lp.StandardInput.BaseStream.WriteAsync(content, stop);
        lp.StandardInput.Close();
        string error = await lp.StandardError.ReadToEndAsync(stop);
        await lp.WaitForExitAsync(stop);
        if (lp.ExitCode != 0) throw new IOException($"lp: {error.Trim()}");
    }

    private static bool IsTarget(string target) => target.StartsWith("folder:", StringComparison.Ordinal) && Directory.Exists(target[7..]) || target.StartsWith("lp:", StringComparison.Ordinal) && target.Length > 3
        || target.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(target.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture, out _);
}
