using System.Text;

namespace Switchyard.Tests.House;

/// <summary>
/// A source file taken apart: its code without comments and with string contents blanked, and the strings by themselves.
/// The house rules read these rather than raw text, so that neither a comment nor a message can break or hide a rule.
/// </summary>
public sealed class SourceFile
{
    private readonly StringBuilder _code = new();
    private readonly List<string> _strings = [];

    public SourceFile(string path, string text)
    {
        (Path, Text) = (path.Replace('\\', '/'), text);
        Read(text);
        Code = _code.ToString();
    }

    /// <summary>Path below the repository, with forward slashes.</summary>
    public string Path { get; }
    public string Text { get; }
    public string Code { get; }

    /// <summary>Contents of the string literals, in order. Literals joined by <c>+</c> are one.</summary>
    public IReadOnlyList<string> Strings => _strings;
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
    public int Lines => Text.Count(c => c == '\n');

    /// <summary>The folder below src/Switchyard, or nothing for files of the program itself.</summary>
    public string? Room => Path.Split('/') is ["src", "Switchyard", var room, _, ..] ? room : null;
    public bool IsPure => Room == "Kernel" || Path.Contains("/Domain/", StringComparison.Ordinal);

    /// <summary>Every C# file of the server below a repository's root.</summary>
    public static IReadOnlyList<SourceFile> Server(string root) => Under(root, "src");

    public static IReadOnlyList<SourceFile> Under(string root, string folder) =>
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: System.IO.Path.GetRelativePath(root, file).Replace('\\', '/')))
            .Where(found => !found.Path.Contains("/obj/", StringComparison.Ordinal) && !found.Path.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(found => found.Path, StringComparer.Ordinal)
            .Select(found => new SourceFile(found.Path, System.IO.File.ReadAllText(found.File)))
    ];

    private void Read(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            if (At("//")) i = Skip("\n");
            else if (At("/*")) i = Skip("*/") + 2;
            else if (text[i] == '\'') i = Character(i);
            else if (text[i] is '"' or '@' or '$' && Quote(i) is var (quotes, start) && quotes > 0) i = Literal(i, start, quotes);
            else _code.Append(text[i++]);

            bool At(string what) => string.CompareOrdinal(text, i, what, 0, what.Length) == 0;
            int Skip(string to) => text.IndexOf(to, i, StringComparison.Ordinal) is >= 0 and var end ? end : text.Length;
        }

        int Character(int i)
        {
            int end = text[i + 1] == '\\' ? i + 3 : i + 2;
            while (text[end] != '\'') end++;
            _code.Append("' '");
            return end + 1;
        }

        // How many quotes open a literal at i (after @ and $), and where they begin.
        (int Quotes, int Start) Quote(int i)
        {
            int start = i;
            while (start < text.Length && text[start] is '@' or '$') start++;
            int quotes = 0;
            while (start + quotes < text.Length && text[start + quotes] == '"') quotes++;
            return (quotes, start);
        }

        int Literal(int i, int start, int quotes)
        {
            bool verbatim = text.AsSpan(i, start - i).Contains('@');
            string content;
            int end;
            if (quotes >= 3)
            {
                string fence = new('"', quotes);
                end = text.IndexOf(fence, start + quotes, StringComparison.Ordinal);
                content = text[(start + quotes)..end];
                end += quotes;
            }
            else
            {
                // A hole of an interpolated string may hold strings of its own; a brace depth of zero ends only the outer one.
                bool holes = text.AsSpan(i, start - i).Contains('$');
                end = start + 1;
                for (int depth = 0; text[end] != '"' || depth > 0 || IsDoubled(); end++)
                {
                    if (verbatim && text[end] == '"' && depth == 0) end++;
                    else if (!verbatim && text[end] == '\\') end++;
                    else if (holes && text[end] == '{') depth = text[end + 1] == '{' && depth == 0 ? Next() : depth + 1;
                    else if (holes && text[end] == '}' && depth > 0) depth--;
                }
                content = text[(start + 1)..end];
                end++;
                int Next() { end++; return 0; }
                bool IsDoubled() => verbatim && text[end + 1] == '"';
            }
            bool joined = _strings.Count > 0 && System.Text.RegularExpressions.Regex.IsMatch(_code.ToString(Math.Max(0, _code.Length - 60), Math.Min(60, _code.Length)), "\"\"\\s*\\+\\s*(\\w+\\s*\\+\\s*)?$");
            if (joined) _strings[^1] += " " + content; else _strings.Add(content);
            _code.Append("\"\"");
            return end;
        }
    }
}
