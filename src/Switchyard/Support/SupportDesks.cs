using Switchyard.Adapters;

namespace Switchyard.Support;

/// <summary>Knows the adapters, and opens desks for a conversation.</summary>
public sealed class SupportDesks(IEnumerable<ISupportDesk> desks, DeskHttp http, DeskSecrets secrets, TimeProvider clock)
{
    private readonly Dictionary<string, ISupportDesk> _desks = desks.ToDictionary(d => d.Manifest.Code, StringComparer.Ordinal);

    public IReadOnlyList<ISupportDesk> All { get; } = [.. desks.OrderBy(d => d.Manifest.Code, StringComparer.Ordinal)];

    internal ISupportDesk Of(Desk desk) => _desks[desk.Adapter];

    /// <summary>A desk ready to be spoken to; outside of any transaction.</summary>
    /// <param name="mayWait">Nobody waits for the answer.</param>
    internal DeskCall Call(Desk desk, CancellationToken stop, bool mayWait = false) => new(new AdapterAccess(desk.Id.Value, desk.Merchant, desk.Code, desk.BaseUrl, desk.Settings,
        secrets.Open(desk.Secret), desk.CallsPerMinute, mayWait).Sharing(Of(desk).Manifest.Settings), http, clock.GetUtcNow(), stop);

    /// <summary>Who calls, as the desk vouches for it; null when it is not shown that the desk does.</summary>
    internal DeskAgent? Agent(Desk desk, IReadOnlyDictionary<string, string> headers, byte[] body) =>
        desk.CallSecret is null ? null : Of(desk).Read(new DeskMail(headers, body, secrets.OpenOne(desk.CallSecret), clock.GetUtcNow()));
}
