using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>Lets a person do one thing at a time, however many devices they have.</summary>
public static class OnePerson
{
    /// <summary>Until the end of the transaction whatever else asks for this person waits. Keys and the house itself are nobody.</summary>
    public static Task Alone(Work work, Actor actor) => work.Query("select id from users where id = @id for update -- house", row => row.Text(), ("id", actor.Id.StartsWith("user:", StringComparison.Ordinal) ? actor.Id["user:".Length..] : ""));
}
