using System.Text.Json;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>Knows the adapters, and opens connections for a conversation.</summary>
public sealed class ConnectorDesk(IEnumerable<ISalesChannel> channels, Db db, ConnectorHttp http, ConnectorSecrets secrets, TimeProvider clock)
{
    private readonly Dictionary<string, ISalesChannel> _channels = channels.ToDictionary(c => c.Manifest.Code, StringComparer.Ordinal);

    public IReadOnlyList<ISalesChannel> Channels { get; } = [.. channels.OrderBy(c => c.Manifest.Code, StringComparer.Ordinal)];

    internal ISalesChannel Of(Connection connection) => _channels[connection.Adapter];

    internal ChannelServing Serving(Connection connection) => connection.Serving ?? Of(connection).Manifest.Serves;

    /// <summary>With which the channel signs its messages; null: none are taken.</summary>
    internal string? MessageSecret(Connection connection) => connection.MessageSecret is null ? null
        : Of(connection).Manifest.SignedBy is { } name ? secrets.Open(connection.Secret).GetValueOrDefault(name) : secrets.OpenOne(connection.MessageSecret);

    /// <summary>A connection ready to be spoken to; outside of any transaction.</summary>
    /// <param name="mayWait">Nobody waits for the answer.</param>
    internal ChannelCall Call(Connection connection, CancellationToken stop, bool mayWait = false)
    {
        var open = secrets.Open(connection.Secret).ToDictionary();
        if (MessageSecret(connection) is { } message) open["messageSecret"] = message;
        var access = new AdapterAccess(connection.Id.Value, connection.Merchant, connection.Channel, connection.BaseUrl, connection.Settings, open, connection.CallsPerMinute, mayWait)
            .Sharing(Of(connection).Manifest.Settings);
        return new ChannelCall(access, http, renewed => Keep(connection, renewed), clock.GetUtcNow(), stop);
    }

    // Tokens that were renewed take the place of those they came from; what a person wrote meanwhile stays.
    private async Task Keep(Connection connection, IReadOnlyDictionary<string, string> renewed)
    {
        var house = HouseWork.Of(connection.Merchant);
        for (int tries = 0; tries < 5; tries++)
        {
            var present = await db.Read(house, work => Connection.Find(work, connection.Id.Value));
            if (present is null) return;
            var all = secrets.Open(present.Secret).ToDictionary();
            foreach (var (name, value) in renewed) all[name] = value;
            string closed = secrets.Close(all), names = JsonSerializer.Serialize(all.Keys.Order(StringComparer.Ordinal));
            var kept = await db.Write<bool>(house, async work => await work.Execute(
                "update connections set secret = @secret, secret_names = @names where merchant_id = @merchant and id = @id and (secret = @before::text or (secret is null and @before::text is null))",
                ("secret", closed), ("names", names), ("id", connection.Id.Value), ("before", present.Secret)) > 0);
            if (kept is { IsOk: true, Value: true }) return;
        }
    }
}
