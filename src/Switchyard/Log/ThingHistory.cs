using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>What happened to a thing of a room, the newest first: what, when and by whom. What was changed to what is the room's to tell.</summary>
public static class ThingHistory
{
    /// <param name="Actor">Who: user:…, key:…, system:….</param>
    public sealed record Entry(long Seq, string Kind, string Actor, DateTimeOffset At);

    /// <param name="kind">Of the thing, as it stands on the log.</param>
    /// <param name="find">Its id on the log; null when there is none for the caller.</param>
    /// <remarks>Errors: <paramref name="absent"/>, request.invalid with #limit, #after.</remarks>
    public static async Task<Result<Page<Entry>>> Read(Db db, Actor actor, string kind, int? limit, string? after, Error absent, Func<Work, Task<string?>> find)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before)) checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<Entry>>>(actor, async work =>
        {
            if (await find(work) is not { } id) return absent;
            var events = await AggregateTimeline.Newest(work, kind, id, before, most + 1);
            return Page<Entry>.Of(events.ConvertAll(e => new Entry(e.Seq, e.Kind, e.Actor, DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs))), most, e => Text.Invariant(e.Seq));
        });
    }
}
