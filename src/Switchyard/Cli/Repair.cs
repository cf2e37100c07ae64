using System.CommandLine;
using Switchyard.Database;

namespace Switchyard.Cli;

/// <summary><c>switchyard repair</c>: recounts, shows what differs, and with --apply mends it with an audit entry.</summary>
public static class Repair
{
    public sealed record Recounted(string Name, IReadOnlyList<Difference> Differences);

    public static Command Command(CommandHost host)
    {
        var apply = new Option<bool>("--apply") { Description = "Mend what differs; without it, it is only shown" };
        return host.Command("repair", "Recount the books, show what differs and mend it with --apply", CommandNeeds.Writes, async run =>
        {
            var actor = await run.Actor();
            if (actor.Error is { } error) return run.Refuse(error);
            bool mends = run.Get(apply);
            var done = new List<Recounted>();
            foreach (var repair in run.Services.GetServices<BooksRepair>().OrderBy(r => r.Name, StringComparer.Ordinal))
            {
                run.Stop.ThrowIfCancellationRequested();
                var differences = await repair.Run(run.Db, actor.Value, mends);
                done.Add(new Recounted(repair.Name, differences));
                run.Say($"{repair.Name}: {(differences.Count == 0 ? "nothing differs" : $"{differences.Count} {(mends ? "mended" : "differ")}")}");
                foreach (var difference in differences) run.Say($"  {difference.Where}: kept {difference.Kept}, recounted {difference.Recounted}");
            }
            int found = done.Sum(r => r.Differences.Count);
            if (found > 0 && !mends) run.Say("Nothing was changed. Run 'switchyard repair --apply' to mend it.");
            return run.Answer(new { isApplied = mends, differences = found, repairs = done }, found == 0 || mends ? ExitCode.Ok : ExitCode.Refused);
        }, apply);
    }
}
