using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Switchyard.Messages;

/// <summary>Sends mail over SMTP. One that a server has taken is sent; one whose answer was lost is tried again with the same Message-ID.</summary>
public sealed class SmtpMessenger(MailServers servers) : IMessenger
{
    public const string Code = "smtp";
    private const int MostPort = 65_535;
    private static readonly string[] TlsWays = ["tls", "starttls", "none"];

    /// <summary>How long the server may take for a connection with all that is sent over it; tests make it shorter.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    public MessengerManifest Manifest { get; } = new(Code, "SMTP", "mail",
    [
        new("host", "The mail server's name.", IsRequired: true), new("port", "465 with TLS from the start, 587 with STARTTLS.", IsRequired: true),
        new("tls", "tls: from the start. starttls: after the greeting, or nothing is sent. none: only to a server that the operator names.", IsRequired: true),
        new("user", "The user name; left out, the server asks for none."), new("password", "The password of that user.", IsSecret: true),
        new("from", "The address messages come from.", IsRequired: true), new("fromName", "The name beside it; the shop's when left out."), new("replyTo", "Where answers go, if elsewhere."),
    ], "RFC 5321, RFC 8314", []);

    public (string Setting, string Fault)? Refusal(MessengerAccess access)
    {
        if (!int.TryParse(access.Setting("port"), out int port) || port is < 1 or > MostPort) return ("port", "A port is a number from 1 to 65535.");
        if (!TlsWays.Contains(access.Setting("tls"))) return ("tls", "tls is tls, starttls or none.");
        string host = access.Setting("host") ?? "";
        if (servers.Refusal(host, port) is { } no) return ("host", no);
        if (access.Setting("tls") == "none" && !servers.IsNamed(host, port)) return ("tls", "Mail goes without TLS only to a server that the operator names in SWITCHYARD_SMTP_ALLOW.");
        if (MailAddress.Tidy(access.Setting("from")) is null) return ("from", "This is not a mail address.");
        return access.Setting("replyTo") is { } reply && MailAddress.Tidy(reply) is null ? ("replyTo", "This is not a mail address.") : null;
    }

    public async Task Send(MessengerAccess access, IReadOnlyList<OutgoingMessage> messages, Func<OutgoingMessage, SendOutcome, Task> settled, CancellationToken stop)
    {
        if (messages.Count == 0) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        if (await Open(client, access, patience.Token, stop) is { } fault) { await settled(messages[0], fault); return; }
        foreach (var message in messages)
        {
            var outcome = await SendOne(client, access, message, patience.Token, stop);
            await settled(message, outcome);
            if (outcome.Kind == SendKind.Down || !client.IsConnected) return;
        }
        try { await client.DisconnectAsync(quit: true, patience.Token); }
        catch (Exception e) when (IsMailFault(e) || e is OperationCanceledException) { /* all that was sent was taken before */ }
    }

    private async Task<SendOutcome?> Open(SmtpClient client, MessengerAccess access, CancellationToken patience, CancellationToken stop)
    {
        var (host, port) = (access.Setting("host")!, int.Parse(access.Setting("port")!, System.Globalization.CultureInfo.InvariantCulture));
        if (Refusal(access) is { } refusal) return new SendOutcome(SendKind.Down, refusal.Fault);
        try
        {
            var socket = await servers.Connect(host, port, patience);
            var way = access.Setting("tls") switch { "tls" => SecureSocketOptions.SslOnConnect, "starttls" => SecureSocketOptions.StartTls, _ => SecureSocketOptions.None };
            await client.ConnectAsync(socket, host, port, way, patience);
            if (access.Setting("user") is { } user) await client.AuthenticateAsync(Encoding.UTF8, user, access.Secret("password") ?? "", patience);
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { return new SendOutcome(SendKind.Down, "The mail server did not answer in time."); }
        catch (Exception e) when (IsMailFault(e)) { return new SendOutcome(SendKind.Down, Words(e)); }
    }

    private static async Task<SendOutcome> SendOne(SmtpClient client, MessengerAccess access, OutgoingMessage message, CancellationToken patience, CancellationToken stop)
    {
        try
        {
            using var mail = Write(access, message);
            await client.SendAsync(mail, patience);
            return SendOutcome.Sent;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { return new SendOutcome(SendKind.Later, "The mail server did not answer in time."); }
        catch (SmtpCommandException e)
        {
            bool isForGood = (int)e.StatusCode >= 500;
            // A server that takes nothing from this sender takes nothing of anybody's.
            if (e.ErrorCode == SmtpErrorCode.SenderNotAccepted || e.StatusCode == SmtpStatusCode.ServiceNotAvailable) return new SendOutcome(SendKind.Down, Words(e));
            return new SendOutcome(isForGood ? SendKind.Refused : SendKind.Later, Words(e));
        }
        catch (NotSupportedException) { return new SendOutcome(SendKind.Refused, "The mail server cannot write to this address."); }
        catch (Exception e) when (IsMailFault(e)) { return new SendOutcome(SendKind.Later, Words(e)); }
    }

    /// <summary>The mail as it goes out.</summary>
    internal static MimeMessage Write(MessengerAccess access, OutgoingMessage message)
    {
        var (page, from) = (message.Page, MailAddress.Tidy(access.Setting("from"))!);
        var mail = new MimeMessage { Subject = page.Subject, MessageId = message.MailId, Date = message.At };
        mail.From.Add(new MailboxAddress(access.Setting("fromName") ?? page.Look.Name, from));
        mail.To.Add(new MailboxAddress(message.ToName ?? "", message.To));
        if (MailAddress.Tidy(access.Setting("replyTo")) is { } reply) mail.ReplyTo.Add(new MailboxAddress("", reply));
        // Automatic answers, such as that somebody is on holiday, are asked to stay away (RFC 3834).
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        mail.Headers.Add(HeaderId.ContentLanguage, page.Language);
        if (message.OptOut is { } optOut)
        {
            mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{optOut}>");
            mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        var body = new BodyBuilder { TextBody = MailPaper.Text(page), HtmlBody = MailPaper.Html(page) };
        if (page.Look.HasLogo && message.Logo is { } logo)
        {
            string form = logo is [0x89, (byte)'P', ..] ? "png" : "jpeg";
            var picture = body.LinkedResources.Add("logo." + form, logo, new ContentType("image", form));
            picture.ContentId = MailPaper.LogoId;
        }
        mail.Body = body.ToMessageBody();
        return mail;
    }

    private static bool IsMailFault(Exception e) =>
        e is IOException or SocketException or CommandException or ProtocolException or AuthenticationException or SslHandshakeException or ServiceNotConnectedException or ServiceNotAuthenticatedException
            or NotSupportedException or InvalidOperationException;

    // What the server said may name the customer; the code says enough.
    private static string Words(Exception e) => e switch
    {
        SmtpCommandException command => $"The mail server answered {(int)command.StatusCode}" + command.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => " to the address.",
            SmtpErrorCode.SenderNotAccepted => " to the sender's address.",
            SmtpErrorCode.MessageNotAccepted => " to the message.",
            _ => ".",
        },
        AuthenticationException => "The mail server does not take the user name and password.",
        SslHandshakeException => "No secure connection: the mail server's certificate or way of TLS does not fit.",
        NotSupportedException => "The mail server does not offer what the settings ask for.",
        IOException { Message: var why } when why.EndsWith('.') && why.Length < 120 => why,
        _ => "The connection to the mail server broke off.",
    };
}

/// <summary>Addresses of mail.</summary>
public static class MailAddress
{
    /// <summary>One address without name, as it is written in a mail; null for anything else.</summary>
    public static string? Tidy(string? text)
    {
        if (text?.Trim() is not { Length: > 2 and <= 254 } one || one.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"')) return null;
        return one.Count(c => c == '@') == 1 && one[0] != '@' && one[^1] != '@' && MailboxAddress.TryParse(one, out var parsed) && parsed.Address == one ? one : null;
    }
}
