using System.Globalization;

namespace Switchyard.Webhooks;

/// <summary>How patient and how busy the sending is. The operator's settings; tests make them shorter.</summary>
public sealed class WebhookSettings
{
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
    public IReadOnlyList<TimeSpan> Waits { get; set; } = RetryPlan.Waits;

    /// <summary>A delivery is given up when its next try would be later than this after its first.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(3);

    /// <summary>A webhook that only failed for so long is disabled.</summary>
    public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>Deliveries and their tries are shown for so long.</summary>
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(30);

    public int MostAtOnce { get; set; } = 128;
    public int MostAtOncePerEndpoint { get; set; } = 8;

    /// <summary>How often deliveries that are due, or were queued by other processes, are looked for.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A process that died is replaced after this.</summary>
    public TimeSpan Lease => Timeout + TimeSpan.FromSeconds(10);

    /// <exception cref="FormatException">A setting is not of the form that docs/operate.md says.</exception>
    public static WebhookSettings FromEnvironment()
    {
        var settings = new WebhookSettings();
        if (Seconds("SWITCHYARD_WEBHOOK_TIMEOUT") is [var timeout]) settings.Timeout = timeout;
        if (Seconds("SWITCHYARD_WEBHOOK_WAITS") is { Count: > 0 } waits) settings.Waits = waits;
        if (Seconds("SWITCHYARD_WEBHOOK_DISABLE_AFTER") is [var after]) settings.DisableAfter = after;
        return settings;
    }

    private static List<TimeSpan> Seconds(string variable) =>
    [
        .. (Environment.GetEnvironmentVariable(variable) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
                ? TimeSpan.FromSeconds(seconds) : throw new FormatException($"{variable} holds whole seconds above 0, not '{text}'.")),
    ];
}
