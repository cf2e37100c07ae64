using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>Sets a consumer behind the newest entry, when whoever wrote the entries has done its work with them.</summary>
public static class SkipConsumer
{
    public static Task ToEnd(Work work, string name, DateTimeOffset now) => work.Execute(
        """
        insert into consumers (name, position, updated_at_ms) select @name, coalesce(max(position), 0), @now from events /* house */ where true
        on conflict (name) do update set position = excluded.position
        """, ("name", name), ("now", now.ToUnixTimeMilliseconds()));
}
