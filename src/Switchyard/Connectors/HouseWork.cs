using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Writes of the house, whom nobody could answer: what is refused is thrown.</summary>
internal static class HouseWork
{
    public static Actor Of(long merchant) => Actor.House("system:connectors", merchant);

    /// <exception cref="NotNowException">The database is away, or somebody holds a row for too long: the next round does it.</exception>
    public static async Task<T> Do<T>(this Db db, Actor house, Func<Work, Task<T>> body)
    {
        var done = await db.Write<T>(house, async work => await body(work));
        if (done.Error is not { } error) return done.Value;
        throw error.Kind is ErrorKind.Busy or ErrorKind.Unavailable || error.Code == "request.in_progress" ? new NotNowException(error.Detail) : new InvalidOperationException(error.Detail);
    }

    /// <summary>Nothing is wrong with the work: it is done when the database serves again, or the row is free.</summary>
    public static bool IsNotNow(Exception e) => e is NotNowException or WriterFullException || Dialect.IsUnavailable(e) || Dialect.IsRetryable(e) || Dialect.IsLockTimeout(e);

    public static Task Do(this Db db, Actor house, Func<Work, Task> body) => db.Do(house, async work =>
    {
        await body(work);
        return new Done();
    });
}

/// <summary>Not now: the database is away, or somebody holds a row for too long.</summary>
internal sealed class NotNowException(string why) : Exception(why);
