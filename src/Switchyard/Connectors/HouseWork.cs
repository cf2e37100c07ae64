using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Writes of the house, whom nobody could answer: what is refused is thrown.</summary>
internal static class HouseWork
{
    public static Actor Of(long merchant) => Actor.House("system:connectors", merchant);

    /// <exception cref="InvalidOperationException">The database is away, or somebody holds a row for too long: the next round does it.</exception>
    public static async Task<T> Do<T>(this Db db, Actor house, Func<Work, Task<T>> body)
    {
        var done = await db.Write<T>(house, async work => await body(work));
        return done.Error is { } error ? throw new InvalidOperationException(error.Detail) : done.Value;
    }

    public static Task Do(this Db db, Actor house, Func<Work, Task> body) => db.Do(house, async work =>
    {
        await body(work);
        return new Done();
    });
}
