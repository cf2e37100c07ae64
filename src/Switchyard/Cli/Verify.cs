using System.CommandLine;
using System.Globalization;
using Switchyard.Database;

namespace Switchyard.Cli;

/// <summary><c>switchyard verify</c>: runs every check of the books and says what it counted and what is wrong.</summary>
public static class Verify
{
    public sealed record Checked(string Name, long Counted, IReadOnlyList<string> Faults);

    public static Command Command(CommandHost host)
    {
        var only = new Option<string[]>("--only") { Description = "Checks by name or the start of it, for instance stock", AllowMultipleArgumentsPerToken = true };
        return host.Command("verify", "Check that the books are right; changes nothing", CommandNeeds.Reads, async run =>
        {
            var wanted = run.Get(only) ?? [];
            var checks = run.Services.GetServices<BooksCheck>().Where(c => wanted.Length == 0 || wanted.Any(w => c.Name.StartsWith(w, StringComparison.Ordinal)))
                .OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
            var done = new List<Checked>();
            foreach (var check in checks)
            {
                run.Stop.ThrowIfCancellationRequested();
                run.Progress("Checking", done.Count, checks.Count);
                var result = await check.Run(run.Db);
                done.Add(new Checked(check.Name, result.Counted, result.Faults));
                run.Say(string.Create(CultureInfo.InvariantCulture, $"{(result.Faults.Count == 0 ? "ok   " : "FAULT")}  {check.Name,-32} {result.Counted,12:N0} counted"));
                foreach (string fault in result.Faults) run.Say("         " + fault);
            }
            int faults = done.Sum(c => c.Faults.Count);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{done.Count} checks, {done.Sum(c => c.Counted):N0} counted, {(faults == 0 ? "no faults" : $"{faults} faults")}."));
            return run.Answer(new { isClean = faults == 0, faults, checks = done }, faults == 0 ? ExitCode.Ok : ExitCode.Refused);
        }, only);
    }
}
