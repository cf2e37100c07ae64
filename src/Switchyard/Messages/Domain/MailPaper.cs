using System.Net;
using System.Text;

namespace Switchyard.Messages;

/// <summary>Writes a message as a mail's two parts. Everything that came from outside is encoded; nothing is loaded from anywhere.</summary>
public static class MailPaper
{
    public const string LogoId = "logo@switchyard";

    private const string Ink = "#1A1F1D", Muted = "#55605B", Edge = "#DDE1DE", Canvas = "#F6F7F5";

    public static string Html(MailPage page)
    {
        string accent = Colour.Readable(page.Look.Accent, "#FFFFFF");
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"").Append(Attribute(page.Language)).Append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Encoded(page.Subject)).Append("</title></head><body style=\"margin:0;background:").Append(Canvas).Append("\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td align=\"center\" style=\"padding:24px 12px\">")
            .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:560px;background:#FFFFFF;border:1px solid ").Append(Edge)
            .Append(";border-radius:8px;font-family:Inter,Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px;color:").Append(Ink).Append("\"><tr><td style=\"padding:24px 24px 16px;border-top:4px solid ")
            .Append(accent).Append(";border-radius:8px 8px 0 0;font-weight:600\" dir=\"auto\">");
        if (page.Look.HasLogo) html.Append("<img src=\"cid:").Append(LogoId).Append("\" alt=\"").Append(Attribute(page.Look.Name)).Append("\" height=\"40\" style=\"display:block;max-width:220px\">");
        else html.Append(Encoded(page.Look.Name));
        html.Append("</td></tr>");
        foreach (var block in page.Blocks) Block(html, block, accent);
        html.Append("<tr><td style=\"padding:16px 24px 24px;font-size:12px;line-height:18px;color:").Append(Muted).Append("\" dir=\"auto\">").Append(Encoded(page.Look.Footer ?? page.Look.Name)).Append("</td></tr></table></td></tr></table></body></html>");
        return html.ToString();
    }

    private static void Block(StringBuilder html, MailBlock block, string accent)
    {
        string cell = block.Kind switch
        {
            "title" => "padding:4px 24px 8px;font-size:22px;line-height:28px;font-weight:600",
            "heading" => "padding:16px 24px 4px;font-weight:600",
            "small" => $"padding:4px 24px;font-size:12px;line-height:18px;color:{Muted}",
            "button" => "padding:16px 24px",
            "row" => "padding:0 24px",
            "rule" => "padding:12px 24px",
            _ => "padding:4px 24px 8px",
        };
        html.Append("<tr><td style=\"").Append(cell).Append("\" dir=\"auto\">");
        if (block.Kind == "rule") html.Append("<div style=\"border-top:1px solid ").Append(Edge).Append("\"></div>");
        else if (block.Kind == "row")
        {
            html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td style=\"padding:6px 12px 6px 0;border-bottom:1px solid ").Append(Edge).Append("\" dir=\"auto\">");
            Runs(html, block.Runs, accent);
            html.Append("</td><td align=\"right\" style=\"padding:6px 0;border-bottom:1px solid ").Append(Edge).Append("\" dir=\"auto\">");
            Runs(html, block.Right ?? [], accent);
            html.Append("</td></tr></table>");
        }
        else if (block.Kind == "button" && block.Href is { } href)
        {
            html.Append("<a href=\"").Append(Attribute(href)).Append("\" style=\"display:inline-block;padding:12px 20px;border-radius:6px;background:").Append(accent)
                .Append(";color:#FFFFFF;font-weight:600;text-decoration:none\">");
            Runs(html, block.Runs, "#FFFFFF");
            html.Append("</a>");
        }
        else if (block.Kind == "title") { html.Append("<h1 style=\"margin:0;font-size:22px;line-height:28px\">"); Runs(html, block.Runs, accent); html.Append("</h1>"); }
        else if (block.Kind == "heading") { html.Append("<h2 style=\"margin:0;font-size:15px;line-height:22px\">"); Runs(html, block.Runs, accent); html.Append("</h2>"); }
        else Runs(html, block.Runs, accent);
        html.Append("</td></tr>");
    }

    private static void Runs(StringBuilder html, IReadOnlyList<MailRun> runs, string accent)
    {
        foreach (var run in runs)
        {
            string words = Encoded(run.Text).Replace("\n", "<br>", StringComparison.Ordinal);
            if (run.Href is { } href) html.Append("<a href=\"").Append(Attribute(href)).Append("\" style=\"color:").Append(accent).Append("\">").Append(words).Append("</a>");
            else if (run.IsStrong) html.Append("<b>").Append(words).Append("</b>");
            else html.Append(words);
        }
    }

    /// <summary>The part for who reads no HTML: the same words in the same order.</summary>
    public static string Text(MailPage page)
    {
        var text = new StringBuilder();
        foreach (var block in page.Blocks)
        {
            string said = Said(block.Runs);
            switch (block.Kind)
            {
                case "rule": text.Append("\n--\n"); break;
                case "title" or "heading": text.Append('\n').Append(said).Append('\n'); break;
                case "row": text.Append("- ").Append(said).Append(": ").Append(Said(block.Right ?? [])).Append('\n'); break;
                case "button": text.Append('\n').Append(said).Append(":\n").Append(block.Href).Append("\n"); break;
                default: text.Append('\n').Append(said).Append('\n'); break;
            }
        }
        text.Append("\n--\n").Append(page.Look.Footer ?? page.Look.Name).Append('\n');
        return text.ToString().TrimStart('\n');
    }

    private static string Said(IReadOnlyList<MailRun> runs) => string.Concat(runs.Select(r => r.Href is { } href && href != r.Text ? $"{r.Text} ({href})" : r.Text)).Trim();
    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
    private static string Attribute(string text) => WebUtility.HtmlEncode(text);
}
