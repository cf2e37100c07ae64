using System.CommandLine;
using Switchyard.Database;

namespace Switchyard.Cli;

/// <summary><c>switchyard migrate</c>: brings the database up to date and says what was run.</summary>
public static class Migrate
{
    public static Command Command(CommandHost host) => host.Command("migrate", "Bring the database up to date", CommandNeeds.Writes, async run =>
    {
        // The way here has already migrated: a server did at its start, and the command line before any command that writes.
        var applied = await run.Db.ReadAll(work => work.Query("select name, applied_at_ms from schema_version order by number",
            row => new { Name = row.Text(), AppliedAt = row.Instant() }));
        run.Say($"The database is up to date: {applied.Count} migrations, the last is {applied[^1].Name}.");
        return run.Answer(new { count = applied.Count, migrations = applied });
    });
}
