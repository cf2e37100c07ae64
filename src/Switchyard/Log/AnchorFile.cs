using System.Globalization;
using System.Text;

namespace Switchyard.Log;

/// <summary>
/// The outside anchor: a file, best on another machine or on storage that only lets one append, to which each new seal's
/// head is written. Who cuts off the log and its seals cannot cut it off there. Set by <c>SWITCHYARD_ANCHOR_FILE</c>.
/// </summary>
public sealed class AnchorFile(string? path)
{
    private const int MostTries = 50;

    /// <summary>A line: when, number of the seal, last position, hash.</summary>
    public sealed record Line(int Number, long Seal, long To, byte[] Hash);

    public string? Path { get; } = string.IsNullOrWhiteSpace(path) ? null : System.IO.Path.GetFullPath(path.Trim());

    public static AnchorFile FromEnvironment() => new(Environment.GetEnvironmentVariable("SWITCHYARD_ANCHOR_FILE"));

    public async Task Append(Seal seal, CancellationToken stop)
    {
        if (Path is null) return;
        string at = DateTimeOffset.FromUnixTimeMilliseconds(seal.AtMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        byte[] line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at} {seal.No} {seal.To} {Convert.ToHexStringLower(seal.Hash)}\n"));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Nobody else may have it open: several processes of one machine may share the file.
                await using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.None);
                await file.WriteAsync(line, stop);
                file.Flush(flushToDisk: true);
                return;
            }
            catch (IOException) when (attempt < MostTries && File.Exists(Path)) { await Task.Delay(20, stop); }
        }
    }

    /// <summary>Reads line by line; a line that cannot be read comes with an empty hash.</summary>
    public IEnumerable<Line> Read()
    {
        if (Path is null || !File.Exists(Path)) yield break;
        int number = 0;
        foreach (string text in File.ReadLines(Path))
        {
            number++;
            if (text.Length == 0) continue;
            yield return text.Split(' ') is [_, var no, var to, { Length: 64 } hash] && hash.All(char.IsAsciiHexDigit)
                && long.TryParse(no, CultureInfo.InvariantCulture, out long seal) && long.TryParse(to, CultureInfo.InvariantCulture, out long position)
                    ? new Line(number, seal, position, Convert.FromHexString(hash))
                    : new Line(number, 0, 0, []);
        }
    }
}
