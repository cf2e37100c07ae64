using Shouldly;

namespace Switchyard.Tests.House;

/// <summary>Every room has a page of its own, and the map of rooms leads to it.</summary>
public sealed class RoomPagesTests
{
    private static readonly string[] Ground = ["Kernel", "Database", "Http", "Adapters", "Cli", "bin", "obj", "Properties"];

    [Fact]
    public void Every_room_has_a_page_and_is_on_the_map()
    {
        string server = Path.Combine(TestPostgres.Root, "src", "Switchyard"), map = File.ReadAllText(Path.Combine(TestPostgres.Root, "docs", "rooms", "README.md"));
        var rooms = Directory.EnumerateDirectories(server).Select(d => Path.GetFileName(d)!).Except(Ground).ToList();
        rooms.Count.ShouldBeGreaterThan(15);
        rooms.Where(r => !File.Exists(Path.Combine(server, r, "README.md"))).ShouldBeEmpty();
        rooms.Where(r => !map.Contains($"../../src/Switchyard/{r}/README.md", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
