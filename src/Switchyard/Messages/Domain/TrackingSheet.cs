using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Documents;

namespace Switchyard.Messages;

/// <summary>Writes the tracking page. All that comes from outside is encoded.</summary>
/// <param name="path">The page's own path.</param>
public sealed class TrackingSheet(string language, MailLook look, string? contact, string? privacyUrl, string path, string nonce)
{
    private const int MostNotes = 30;
    private readonly StringBuilder _html = new();

    public string Order(TrackedOrder order, bool isQuiet, bool hasLogo)
    {
        var said = new JsonObject { ["order"] = order.Number };
        Begin(Say("page-title", said) + " · " + look.Name);
        _html.Append("<header>");
        if (hasLogo) _html.Append("<img class=\"logo\" src=\"").Append(E(path)).Append("/logo\" alt=\"").Append(E(look.Name)).Append("\" height=\"40\">");
        else Tag("p", "shop", look.Name);
        _html.Append("</header><main data-status=\"").Append(E(order.Status)).Append("\">");
        Tag("p", "muted", Say("page-title", said));
        Tag("h1", null, Say("status-" + order.Status));
        if (order.DeliverBy is { } by && !order.IsCollect) Tag("p", "expected", Say("page-expected", new JsonObject { ["expected"] = MessageWords.Day(Local(order, by), language) }));
        if (order.IsLate) Tag("p", "late", Say("page-late"));
        if (order.Step > 0) Steps(order);
        var sent = order.Parcels;
        for (int i = 0; i < sent.Count; i++) Parcel(order, sent[i], i + 1);
        if (order.Waiting.Count > 0 && !order.IsOff) Card(Say(sent.Count == 0 ? "page-items" : "page-notSent"), null, null, () => Items(order.Waiting));
        Tag("p", "muted", Say("page-placed", new JsonObject { ["placed"] = MessageWords.Day(Local(order, order.PlacedAt), language) }) + " · " + Say("page-times", new JsonObject { ["zone"] = order.ZoneName }));
        if (order.Email is not null) Fewer(isQuiet);
        _html.Append("</main>");
        Footer(order.Language);
        return End();
    }

    /// <summary>A page that shows no order.</summary>
    public string Notice(string word)
    {
        Begin(Say(word));
        _html.Append("<main>");
        Tag("h1", null, Say(word));
        Tag("p", null, Say(word + "Text"));
        _html.Append("</main>");
        return End();
    }

    private void Steps(TrackedOrder order)
    {
        string[] steps = order.IsCollect ? ["ordered", "prepared", "ready", "collected"] : ["ordered", "prepared", "sent", "delivered"];
        _html.Append("<ol class=\"steps\" aria-label=\"").Append(E(Say("page-progress"))).Append("\">");
        for (int i = 1; i <= steps.Length; i++)
        {
            bool isDone = i < order.Step || order.Step == 4, isNow = i == order.Step && order.Step < 4;
            _html.Append("<li class=\"").Append(isDone ? "done" : isNow ? "now" : "next").Append('"').Append(isNow ? " aria-current=\"step\"" : "").Append("><span>").Append(E(Say("step-" + steps[i - 1])))
                .Append("</span><span class=\"sr\"> (").Append(E(Say(isDone ? "step-done" : isNow ? "step-now" : "step-next"))).Append(")</span></li>");
        }
        _html.Append("</ol>");
    }

    private void Parcel(TrackedOrder order, TrackedParcel parcel, int number)
    {
        bool isCounter = parcel.CollectAt is not null;
        string title = isCounter ? Say("page-toCollect") : Say("page-parcel", new JsonObject { ["number"] = number, ["count"] = order.Parcels.Count });
        string state = Say((parcel.State == "readyForPickup" ? "status-" : "parcel-") + parcel.State);
        Card(title, state, parcel.State, () =>
        {
            if (parcel.Eta is { } eta && !parcel.IsEnded) Tag("p", "expected", Say("page-expected", new JsonObject { ["expected"] = MessageWords.Day(Local(order, eta), language) }));
            if (parcel.CollectAt is { } place && !parcel.IsEnded)
            {
                Tag("h3", null, Say("collectAt"));
                _html.Append("<address dir=\"auto\">").Append(E(place.Name));
                foreach (string line in place.Lines) _html.Append("<br>").Append(E(line));
                _html.Append("</address>");
                Tag("p", "muted", Say("bring", new JsonObject { ["order"] = order.Number }));
            }
            if (parcel.Carrier is not null || parcel.Tracking is not null)
            {
                _html.Append("<p class=\"carrier\" dir=\"auto\">").Append(E(parcel.Carrier ?? ""));
                if (parcel.Tracking is { } tracking) _html.Append(parcel.Carrier is null ? "" : " · ").Append("<span class=\"code\">").Append(E(tracking)).Append("</span>");
                if (parcel.Url is { } url) _html.Append("<br><a href=\"").Append(E(url)).Append("\" rel=\"noopener noreferrer\">").Append(E(Say("page-carrierPage"))).Append("</a>");
                _html.Append("</p>");
            }
            Items(parcel.Items);
            if (parcel.Notes.Count == 0) return;
            Tag("h3", null, Say("page-history"));
            _html.Append("<ol class=\"notes\">");
            foreach (var note in parcel.Notes.Take(MostNotes))
            {
                var at = Local(order, note.At);
                _html.Append("<li><time datetime=\"").Append(at.ToString("yyyy-MM-ddTHH:mmzzz", System.Globalization.CultureInfo.InvariantCulture)).Append("\">").Append(E(MessageWords.DayAndTime(at, language)))
                    .Append("</time> <span dir=\"auto\">").Append(E(Say(note.Word)));
                if (note.Place is { Length: > 0 } where) _html.Append(" · ").Append(E(where));
                _html.Append("</span></li>");
            }
            _html.Append("</ol>");
        });
    }

    private void Card(string title, string? state, string? code, Action inner)
    {
        _html.Append("<section><div class=\"head\"><h2>").Append(E(title)).Append("</h2>");
        if (state is not null) _html.Append("<span class=\"state ").Append(Tone(code!)).Append("\" data-state=\"").Append(E(code!)).Append("\">").Append(E(state)).Append("</span>");
        _html.Append("</div>");
        inner();
        _html.Append("</section>");
    }

    private static string Tone(string state) => state switch
    {
        "delivered" or "collected" or "readyForPickup" or "availableAtPoint" => "good",
        "exception" or "lost" or "returnedToSender" => "bad",
        _ => "progress",
    };

    private void Items(IReadOnlyList<TrackedItem> items)
    {
        _html.Append("<ul class=\"items\">");
        foreach (var item in items) _html.Append("<li><span dir=\"auto\">").Append(E(item.Name)).Append("</span><span class=\"n\">×&nbsp;").Append(item.Quantity).Append("</span></li>");
        _html.Append("</ul>");
    }

    private void Fewer(bool isQuiet)
    {
        _html.Append("<form id=\"fewer\" method=\"post\" action=\"").Append(E(path)).Append(isQuiet ? "/all" : "/fewer").Append("?lang=").Append(E(language)).Append("\">");
        if (isQuiet) _html.Append("<p role=\"status\">").Append(E(Say("page-fewerDone"))).Append("</p>");
        else Tag("p", "muted", Say("page-fewerText"));
        _html.Append("<button type=\"submit\">").Append(E(Say(isQuiet ? "page-all" : "page-fewer"))).Append("</button></form>");
    }

    private void Footer(string own)
    {
        _html.Append("<footer>");
        if (contact is not null) _html.Append("<p>").Append(E(Say("page-contact", new JsonObject { ["contact"] = contact }))).Append("</p>");
        _html.Append("<p dir=\"auto\">").Append(E(look.Footer ?? look.Name)).Append("</p>");
        if (privacyUrl is not null) _html.Append("<p><a href=\"").Append(E(privacyUrl)).Append("\" rel=\"noopener noreferrer\">").Append(E(Say("page-privacy"))).Append("</a></p>");
        _html.Append("<nav aria-label=\"Language\"><ul class=\"langs\">");
        foreach (var (code, name) in new[] { ("en-GB", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español") })
        {
            bool isThis = code[..2] == language[..2];
            string shown = code == "en-GB" && own == "en-US" ? "en-US" : code;
            _html.Append("<li><a href=\"").Append(E(path)).Append("?lang=").Append(shown).Append("\" lang=\"").Append(shown).Append('"').Append(isThis ? " aria-current=\"true\"" : "").Append('>').Append(name).Append("</a></li>");
        }
        _html.Append("</ul></nav></footer>");
    }

    private void Begin(string title)
    {
        string light = Colour.Readable(look.Accent, "#FFFFFF"), dark = Colour.Readable(look.Accent, "#191E1C");
        _html.Append("<!doctype html><html lang=\"").Append(E(language)).Append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<meta name=\"robots\" content=\"noindex, nofollow\"><meta name=\"color-scheme\" content=\"light dark\"><title>").Append(E(title)).Append("</title><style nonce=\"").Append(nonce).Append("\">")
            .Append(":root{--accent:").Append(light).Append("}@media(prefers-color-scheme:dark){:root{--accent:").Append(dark).Append("}}").Append(Style).Append("</style></head><body><div class=\"page\">");
    }

    private string End() => _html.Append("</div></body></html>").ToString();

    private void Tag(string name, string? kind, string text)
    {
        _html.Append('<').Append(name);
        if (kind is not null) _html.Append(" class=\"").Append(kind).Append('"');
        _html.Append(" dir=\"auto\">").Append(E(text)).Append("</").Append(name).Append('>');
    }

    private static DateTimeOffset Local(TrackedOrder order, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, order.Zone);
    private string Say(string key, JsonObject? with = null) => MessageWords.Say(key, language, with);
    private static string E(string text) => WebUtility.HtmlEncode(text);

    // The colours are those of the web app's tokens.
    private const string Style =
        """
        *{box-sizing:border-box}:root{color-scheme:light dark;--canvas:#F6F7F5;--surface:#FFF;--text:#1A1F1D;--muted:#55605B;--line:#DDE1DE;--edge:#767F7A;--good:#1E5E2C;--good-soft:#E4F3E6;--bad:#96231B;--bad-soft:#FCE7E4;--warn:#714600;--warn-soft:#FDF0D5;--progress:#0B5666;--progress-soft:#E3F1F3}
        @media(prefers-color-scheme:dark){:root{--canvas:#121614;--surface:#191E1C;--text:#E8ECEA;--muted:#A7B1AC;--line:#2C3431;--edge:#78837E;--good:#8FD69D;--good-soft:#183421;--bad:#FFA79C;--bad-soft:#451C18;--warn:#F2C566;--warn-soft:#3A2B0C;--progress:#8AD6E4;--progress-soft:#15343A}}
        body{margin:0;background:var(--canvas);color:var(--text);font:15px/22px Inter,system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
        .page{max-width:640px;margin:0 auto;padding:24px 16px 32px;border-top:4px solid var(--accent)}
        header{margin-bottom:24px}.logo{display:block;max-width:100%}.shop{margin:0;font-weight:600;font-size:16px}
        h1{margin:0 0 8px;font-size:28px;line-height:34px;font-weight:600}h2{margin:0;font-size:16px;line-height:24px;font-weight:600}h3{margin:16px 0 4px;font-size:13px;line-height:20px;font-weight:600;color:var(--muted)}
        p{margin:0 0 8px}.muted{color:var(--muted);font-size:13px;line-height:20px}.expected{font-weight:500}
        .late{padding:8px 12px;border-radius:6px;background:var(--warn-soft);color:var(--warn)}
        a{color:var(--accent)}a:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
        .steps{display:grid;grid-template-columns:repeat(4,1fr);gap:4px;list-style:none;margin:20px 0 24px;padding:0;font-size:13px;line-height:18px;color:var(--muted)}
        .steps li{padding-top:8px;border-top:4px solid var(--line)}.steps .done,.steps .now{border-color:var(--accent)}.steps .now{color:var(--text);font-weight:600}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        section{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:16px;margin:0 0 16px}
        .head{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;justify-content:space-between;margin-bottom:8px}
        .state{padding:2px 8px;border-radius:4px;font-size:13px;line-height:20px;font-weight:500;background:var(--progress-soft);color:var(--progress)}.state.good{background:var(--good-soft);color:var(--good)}.state.bad{background:var(--bad-soft);color:var(--bad)}
        .items,.notes,.langs{list-style:none;margin:0;padding:0}.items li{display:flex;justify-content:space-between;gap:16px;padding:6px 0;border-top:1px solid var(--line)}.items .n{color:var(--muted);white-space:nowrap;font-variant-numeric:tabular-nums}
        .carrier{margin-bottom:12px}.carrier a{display:inline-block;padding:11px 0}.code{font-variant-numeric:tabular-nums slashed-zero}
        .notes li{padding:4px 0;display:grid;grid-template-columns:minmax(120px,max-content) 1fr;gap:12px}.notes time{color:var(--muted);font-size:13px}
        address{font-style:normal;margin-bottom:8px}form{margin:24px 0 0}
        button{min-height:44px;padding:0 16px;border:1px solid var(--edge);border-radius:6px;background:var(--surface);color:var(--text);font:inherit;cursor:pointer}
        footer{margin-top:24px;padding-top:16px;border-top:1px solid var(--line);font-size:13px;line-height:20px;color:var(--muted)}.langs{display:flex;flex-wrap:wrap;gap:0 16px}.langs a{display:inline-block;padding:12px 0}.langs a[aria-current]{color:var(--text);font-weight:600;text-decoration:none}
        @media print{.page{border:0}form,nav{display:none}}
        """;
}
