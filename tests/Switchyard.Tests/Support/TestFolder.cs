using System.Diagnostics;
using System.Globalization;

namespace Switchyard.Tests;

/// <summary>
/// Where the databases of this process lie: in memory when there is plenty, else in the temporary folder. Thousands of databases come and go, each
/// of more than a thousand files, and a disk's file system looks for a place for a new file among all those just deleted: half of a database server's time.
/// </summary>
internal static class TestFolder
{
    private const string Prefix = "switchyard-tests-", Memory = "/dev/shm";
    private const long Plenty = 10L << 30;
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Whoever runs tests may kill them, and does so when all have ended: another process waits for that, stops the database server and deletes the folder.</summary>
    private const string Tidy =
        """
        exec </dev/null >/dev/null 2>&1; trap '' HUP INT TERM
        while kill -0 "$1"; do sleep 1; done
        "$3" stop "$2/postgres"; rm -rf "$2"
        """;

    public static string Path => Made.Value;

    /// <summary>A new folder in it.</summary>
    public static string New() => Directory.CreateDirectory(System.IO.Path.Combine(Path, Guid.NewGuid().ToString("N"))).FullName;

    private static string Make()
    {
        string place = HasPlenty() ? Memory : System.IO.Path.GetTempPath();
        foreach (string root in new[] { Memory, System.IO.Path.GetTempPath() }.Where(Directory.Exists).Distinct()) RemoveLeftovers(root);
        // Others than root run the database server: they pass through.
        var made = Directory.CreateDirectory(System.IO.Path.Combine(place, Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(made.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        using var tidy = Process.Start("/bin/sh", ["-c", Tidy, "tidy", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), made.FullName, TestPostgres.Tool]);
        return made.FullName;
    }

    private static bool HasPlenty()
    {
        try
        {
            long available = long.Parse(File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
            return available >= Plenty && new DriveInfo(Memory) is { DriveFormat: "tmpfs", AvailableFreeSpace: >= Plenty };
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException or ArgumentException) { return false; }
    }

    /// <summary>A run that was killed leaves its database server running and gigabytes behind; the next one removes them.</summary>
    private static void RemoveLeftovers(string root)
    {
        foreach (string folder in Directory.EnumerateDirectories(root, Prefix + "*"))
        {
            if (!int.TryParse(System.IO.Path.GetFileName(folder)[Prefix.Length..], CultureInfo.InvariantCulture, out int owner) || Lives(owner)) continue;
            TestPostgres.Script("stop", System.IO.Path.Combine(folder, "postgres"));
            Delete(folder);
        }
    }

    private static bool Lives(int process)
    {
        try { using var found = Process.GetProcessById(process); return !found.HasExited; }
        catch (ArgumentException) { return false; }
    }

    private static void Delete(string folder)
    {
        try { Directory.Delete(folder, recursive: true); } catch (IOException) { } catch (UnauthorizedAccessException) { }
    }
}
