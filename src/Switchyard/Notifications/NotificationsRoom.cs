using Switchyard.Database;

namespace Switchyard.Notifications;

// door: Notice

/// <summary>The door of Notifications: what people who work here are told, each their own.</summary>
public static class NotificationsRoom
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        ListNotifications.Map(routes);
        MarkRead.Map(routes);
    }

    /// <summary>Tells people something, in the transaction in which it happens. Nobody is told what they did themselves.</summary>
    public static Task Tell(Work work, IReadOnlyList<Notice> notices, string actor, DateTimeOffset now) => work.Execute(
        """
        insert into notifications (merchant_id, user_id, kind, order_id, note_no, actor, at_ms)
        select @merchant, user_id, kind, order_id, note_no, @actor, @now from @rows r
        """,
        Rows.Of(notices.Where(n => "user:" + n.User != actor).ToList()).Text("user_id", n => n.User).Text("kind", n => n.Kind).UuidOrNull("order_id", n => n.Order)
            .IntOrNull("note_no", n => n.Note),
        ("actor", actor), ("now", now.ToUnixTimeMilliseconds()));
}

/// <summary>Something to tell one person.</summary>
/// <param name="User">The user's id.</param>
/// <param name="Kind">mention or assigned. Stored, never renamed.</param>
public sealed record Notice(string User, string Kind, Guid? Order = null, int? Note = null);
