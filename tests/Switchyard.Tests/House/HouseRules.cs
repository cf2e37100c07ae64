using System.Text.RegularExpressions;

namespace Switchyard.Tests.House;

/// <summary>The rules of the house (docs/architecture.md), as functions from sources to sentences about what breaks them.</summary>
public static partial class HouseRules
{
    /// <summary>Folders that are no rooms: what every room stands on, and the command line in front of them.</summary>
    private static readonly HashSet<string> Ground = ["Kernel", "Database", "Http", "Adapters", "Cli"];

    /// <summary>The demo plays a user of every room: it calls their slices as a caller of the API would, and writes no table.</summary>
    private static readonly HashSet<string> Visitors = ["Demo"];

    private static readonly string[] NamesThatSayNothing = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Base", "Misc"];

    /// <summary>What touches the world outside memory, or waits for it.</summary>
    private static readonly string[] Worldly =
    [
        "Task", "ValueTask", "async", "await", "Thread", "TimeProvider", "Stopwatch", "File", "Directory", "FileInfo", "Stream", "FileStream", "StreamReader",
        "Console", "Environment", "Process", "Random", "RandomNumberGenerator", "HttpClient", "HttpContext", "IConfiguration", "IServiceProvider", "ILogger",
        "Npgsql", "SqliteConnection", "DbConnection", "AspNetCore", "EntityFrameworkCore",
    ];

    /// <summary>Rooms meet at doors: a file names a type of another room only when that room's <c>…Room.cs</c> declares or lists it (<c>// door: A, B</c>).</summary>
    public static IReadOnlyList<string> RoomsMeetAtDoors(IReadOnlyList<SourceFile> files)
    {
        var inside = files.Where(f => IsRoom(f.Room)).ToList();
        var declared = inside.SelectMany(f => Declared(f).Select(type => (f.Room, Type: type))).Distinct().ToList();
        var doors = inside.Where(f => f.Name == f.Room + "Room").ToDictionary(f => f.Room!, f => DoorTypes(f));
        var faults = new List<string>();
        foreach (var file in files.Where(f => f.Room is not null && !Visitors.Contains(f.Room)))
        {
            var own = declared.Where(d => d.Room == file.Room).Select(d => d.Type).ToHashSet();
            var words = Words(file);
            foreach (var group in declared.Where(d => d.Room != file.Room && !own.Contains(d.Type) && words.Contains(d.Type)).GroupBy(d => d.Type))
            {
                // The same name in two rooms: the one whose namespace the file uses is meant.
                foreach (var (room, type) in group)
                {
                    bool meant = Regex.IsMatch(file.Code, $@"\busing\s+(static\s+)?Switchyard\.{room}\b") || Regex.IsMatch(file.Code, $@"\b{room}\.{type}\b");
                    if (meant && !doors.GetValueOrDefault(room!, []).Contains(type)) faults.Add($"{file.Path} uses {room}.{type}, which is not at the door of {room}");
                }
            }
        }
        return faults;
    }

    /// <summary>Each table is written by the SQL of exactly one room (or of one ground folder), and by others only where <paramref name="allowed"/> says so.</summary>
    public static IReadOnlyList<string> TablesHaveOneWriter(IReadOnlyList<SourceFile> files, IReadOnlyCollection<string> tables, IReadOnlySet<(string Room, string Table)> allowed) =>
    [
        .. files.Where(f => f.Path.StartsWith("src/Switchyard/", StringComparison.Ordinal))
            .SelectMany(f => f.Strings.SelectMany(s => Written(s, tables)).Distinct().Select(table => (Table: table, File: f)))
            .Where(w => !allowed.Contains((w.File.Room ?? "", w.Table)))
            .GroupBy(w => w.Table)
            .Where(writers => writers.Select(w => w.File.Room).Distinct().Count() > 1)
            .Select(writers => $"{writers.Key} is written by {string.Join(" and ", writers.Select(w => w.File.Path).Distinct().Order(StringComparer.Ordinal))}")
    ];

    /// <summary>
    /// A room decides by its own tables. It may join those that name things (<paramref name="shared"/>), and another's only
    /// where <paramref name="allowed"/> says so; Reporting reads all and writes none of them.
    /// </summary>
    public static IReadOnlyList<string> RoomsReadTheirOwnTables(IReadOnlyList<SourceFile> files, IReadOnlyCollection<string> tables,
        IReadOnlySet<string> shared, IReadOnlySet<(string Room, string Table)> allowed)
    {
        var owner = files.Where(f => IsRoom(f.Room))
            .SelectMany(f => f.Strings.SelectMany(s => Written(s, tables)).Select(table => (table, f.Room!))).GroupBy(w => w.table).ToDictionary(g => g.Key, g => g.First().Item2);
        return
        [
            .. files.Where(f => IsRoom(f.Room) && f.Room != "Reporting")
                .SelectMany(f => f.Strings.SelectMany(s => Read(s, tables)).Distinct().Select(table => (File: f, Table: table)))
                .Where(r => owner.TryGetValue(r.Table, out string? room) && room != r.File.Room && !shared.Contains(r.Table) && !allowed.Contains((r.File.Room!, r.Table)))
                .Select(r => $"{r.File.Path} reads {r.Table}, a table of {owner[r.Table]}")
        ];
    }

    /// <summary>Kernel and Domain decide; they do not read clocks, files, databases or networks, and do not wait.</summary>
    public static IReadOnlyList<string> DomainTouchesNothing(IReadOnlyList<SourceFile> files) =>
    [
        .. files.Where(f => f.IsPure).SelectMany(f => Worldly.Where(Words(f).Contains).Select(word => $"{f.Path} uses {word}")),
        .. files.Where(f => f.IsPure).SelectMany(f => UsingOurs().Matches(f.Code).Select(m => m.Groups[1].Value)
            .Where(used => used is "Database" or "Cli" || used == "Http" && !UsesOnlyJson(f) || f.Room == "Kernel" && used != "Kernel").Select(used => $"{f.Path} uses {used}")),
    ];

    /// <summary>A table is written by EF Core or by our own SQL, never by both.</summary>
    public static IReadOnlyList<string> TablesHaveOneWriteTechnology(IReadOnlyList<SourceFile> files, IReadOnlyCollection<string> tables)
    {
        var mapped = files.SelectMany(f => MappedTable().Matches(f.Text).Select(m => m.Groups[1].Value)).ToHashSet();
        return [.. files.SelectMany(f => f.Strings.SelectMany(s => Written(s, tables)).Distinct().Where(mapped.Contains).Select(table => $"{f.Path} writes {table} by SQL, and EF Core maps it"))];
    }

    /// <summary>A statement on a table of merchants' rows says whose: <c>@merchant</c>, the merchant of its rows, or a comment <c>/* house */</c> for work over all.</summary>
    public static IReadOnlyList<string> StatementsNameTheMerchant(IReadOnlyList<SourceFile> files, IReadOnlyCollection<string> merchantTables) =>
    [
        .. files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)).SelectMany(f => f.Strings
            .Where(s => IsStatement().IsMatch(s) && Written(s, merchantTables).Concat(Read(s, merchantTables)).Any() && !MerchantSaid().IsMatch(s) && !IsSaidElsewhere(files, f, s))
            .Select(s => $"{f.Path}: {string.Join(' ', s.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Take(12))} …"))
    ];

    /// <summary>File names say what is inside.</summary>
    public static IReadOnlyList<string> NamesSaySomething(IReadOnlyList<SourceFile> files) =>
        [.. files.Where(f => LastWord().Match(f.Name).Value is var word && NamesThatSayNothing.Contains(word)).Select(f => $"{f.Path}: a name that says nothing")];

    /// <summary>No file is longer than 300 lines.</summary>
    public static IReadOnlyList<string> FilesAreShort(IReadOnlyList<SourceFile> files) =>
        [.. files.Where(f => f.Lines > 300).Select(f => $"{f.Path} has {f.Lines} lines")];

    /// <summary>The tables of a migration text, and those of them whose rows belong to a merchant.</summary>
    public static (IReadOnlyList<string> All, IReadOnlyList<string> OfMerchants) Tables(string migrations)
    {
        var found = CreateTable().Matches(migrations).Select(m => (Name: m.Groups[1].Value, Body: m.Groups[2].Value)).ToList();
        return ([.. found.Select(t => t.Name)], [.. found.Where(t => Regex.IsMatch(t.Body, @"(^|\n)\s*merchant_id\b")).Select(t => t.Name)]);
    }

    internal static IEnumerable<string> Written(string sql, IReadOnlyCollection<string> tables) =>
        WriteOf().Matches(sql).Select(m => m.Groups[1].Value).Where(tables.Contains);

    internal static IEnumerable<string> Read(string sql, IReadOnlyCollection<string> tables) =>
        IsStatement().IsMatch(sql) ? ReadOf().Matches(sql).Select(m => m.Groups[1].Value).Where(tables.Contains) : [];

    // A statement with a hole gets its condition from a text of the same room, which then must say it.
    private static bool IsSaidElsewhere(IReadOnlyList<SourceFile> files, SourceFile file, string statement) =>
        statement.Contains('{', StringComparison.Ordinal) &&
        files.Where(f => f.Room == file.Room).SelectMany(f => f.Strings).Any(other => !IsStatement().IsMatch(other) && MerchantSaid().IsMatch(other));

    // How values are written as JSON is as pure as how they are compared.
    private static bool UsesOnlyJson(SourceFile file) => Words(file) is var words && words.Contains("Json") && !words.Overlaps(["Problems", "ETag", "RequestBody", "Health"]);

    private static bool IsRoom(string? folder) => folder is not null && !Ground.Contains(folder);

    private static HashSet<string> Words(SourceFile file) => [.. Word().Matches(file.Code).Select(m => m.Value)];

    private static IEnumerable<string> Declared(SourceFile file) => Declaration().Matches(file.Code).Select(m => m.Groups[1].Value);

    private static HashSet<string> DoorTypes(SourceFile door) =>
        [.. Declared(door), .. DoorList().Matches(door.Text).SelectMany(m => Word().Matches(m.Groups[1].Value)).Select(m => m.Value)];

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")] private static partial Regex Word();
    [GeneratedRegex(@"^(?:public |internal |file )?(?:static |sealed |abstract |readonly |partial )*(?:class|record struct|record|struct|enum|interface|delegate \S+) ([A-Z]\w*)", RegexOptions.Multiline)] private static partial Regex Declaration();
    [GeneratedRegex(@"^// door: (.*)$", RegexOptions.Multiline)] private static partial Regex DoorList();
    [GeneratedRegex(@"\busing\s+Switchyard\.(\w+)")] private static partial Regex UsingOurs();
    [GeneratedRegex(@"\.ToTable\(""(\w+)""")] private static partial Regex MappedTable();
    [GeneratedRegex(@"[A-Z][a-z]*$")] private static partial Regex LastWord();
    [GeneratedRegex(@"create table (\w+) \((.*?)\n\);", RegexOptions.Singleline)] private static partial Regex CreateTable();
    [GeneratedRegex(@"^\s*(select|insert|update|delete|with|lock)\b")] private static partial Regex IsStatement();
    [GeneratedRegex(@"\b(?:insert into|update|delete from)\s+(\w+)")] private static partial Regex WriteOf();
    [GeneratedRegex(@"\b(?:from|join)\s+(\w+)")] private static partial Regex ReadOf();
    [GeneratedRegex(@"@merchants?\b|(?:--|/\*) house\b|\br\.merchant_id\b|\bselect merchant_id,[^;]*from @rows|\bselect [^;]*\bmerchant_id\b[^;]* from @rows", RegexOptions.Singleline)] private static partial Regex MerchantSaid();
}
