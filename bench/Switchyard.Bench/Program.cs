using Switchyard.Bench;

// ./run bench [rows …] [--seconds N] [--pairs N]: each row as a ratio to a reference measured in the same run.
// ./run bench profile: what placing an order costs PostgreSQL, statement by statement and table by table; profile availability: what asking costs.
if (args is ["--serve-nothing", var port]) { await StartBench.ServeNothing(int.Parse(port)); return 0; }
if (args is ["profile", .. var what]) { await PlaceProfile.Run(what is [var one, ..] ? one : "place"); return 0; }
int Option(string name, int otherwise) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1]) : otherwise;
int orders = Option("--orders", 1_000_000);
// The orders of row 6 are made in this folder, and used again when they are there.
string? kept = Array.IndexOf(args, "--keep") is var keep and >= 0 && keep + 1 < args.Length ? args[keep + 1] : null;
int seconds = Option("--seconds", 6), pairs = Option("--pairs", 5);
HashSet<int> rows = [.. args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).Select(int.Parse)];
bool Wants(params int[] any) => rows.Count == 0 || any.Any(rows.Contains);

var report = new Report();
if (Wants(1, 2, 9)) await PlaceBench.OnPostgres(report, seconds, pairs);
if (Wants(3, 9)) await PlaceBench.OnSqlite(report, seconds, pairs);
if (Wants(4, 7)) await ReadBench.Run(report, seconds, pairs);
if (Wants(5)) await FeedBench.Run(report, pairs);
if (Wants(6)) await SearchBench.Run(report, orders, pairs, kept);
if (Wants(8)) await StartBench.Run(report, seconds, pairs);
if (Wants(10)) await ImportBench.Run(report, seconds, pairs);
if (Wants(12)) SourcingRow.Run(report);
if (Wants(14)) PickingRow.Run(report);
if (Wants(15)) PackingRow.Run(report);
if (Wants(16)) DocumentsRow.Run(report);
if (Wants(17)) await ScanBench.Run(report, seconds, pairs);
if (Wants(18)) await ChannelBench.Run(report, seconds);
if (Wants(13)) await OverloadBench.Run(report, seconds, pairs);
return 0;
