using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Switchyard.Database;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>
/// The log on RabbitMQ, for those who run one: each entry is a persistent message on a durable topic exchange, confirmed by the broker before
/// the consumer moves on. At least once, in order per order. While the broker is away it waits, and then catches up.
/// </summary>
public sealed class RabbitSink(Uri address, Db db) : IAsyncDisposable
{
    public const string Consumer = "rabbitmq", Exchange = "switchyard.events";

    /// <summary>A larger message is sent without its data, with a reference to where it is read.</summary>
    internal const int MostBytes = 1024 * 1024;

    private const int LanesAtOnce = 32, PreconditionFailed = 406;
    private readonly ConcurrentDictionary<long, string> _merchants = new();
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Adds the consumer when an address is set: <c>amqp://user:password@host:5672/vhost</c>.</summary>
    /// <exception cref="FormatException">It is set and is no such address.</exception>
    public static IServiceCollection Add(IServiceCollection services, string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return services;
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            throw new FormatException("SWITCHYARD_RABBITMQ holds an address such as amqp://user:password@host:5672/vhost.");
        services.AddSingleton(provider => new RabbitSink(uri, provider.GetRequiredService<Db>()));
        return services.AddSingleton(provider => EventConsumer.Outward(Consumer, provider.GetRequiredService<RabbitSink>().Deliver));
    }

    /// <summary>Publishes entries and waits until the broker has confirmed all.</summary>
    /// <exception cref="AwayException">The broker cannot be reached or takes nothing now.</exception>
    public async Task Deliver(IReadOnlyList<LoggedEvent> events, CancellationToken stop)
    {
        try
        {
            var channel = await Open(stop);
            await LearnMerchants(events);
            var lanes = events.GroupBy(QueueDeliveries.LaneOf);
            await Parallel.ForEachAsync(lanes, new ParallelOptions { MaxDegreeOfParallelism = LanesAtOnce, CancellationToken = stop }, async (lane, stopping) =>
            {
                foreach (var entry in lane) await Publish(channel, entry, stopping);
            });
        }
        catch (Exception e) when (IsAway(e))
        {
            await Close();
            throw new AwayException("RabbitMQ cannot be reached or takes nothing now: " + e.Message, e);
        }
        catch
        {
            await Close();          // a refused message closes the channel
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async ValueTask Publish(IChannel channel, LoggedEvent entry, CancellationToken stop)
    {
        var view = EventView.Of(entry);
        var message = CloudEvent.Of(view, CloudEvent.SourceOf(_merchants[entry.Merchant]));
        byte[] body = message.ToBytes();
        if (body.Length > MostBytes) body = message.ByReference(view).ToBytes();
        var properties = new BasicProperties
        {
            MessageId = view.Id,
            Type = message.Type,
            ContentType = CloudEvent.ContentType,
            ContentEncoding = "utf-8",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(view.At.ToUnixTimeSeconds()),
            AppId = "switchyard",
            Headers = new Dictionary<string, object?> { ["merchant"] = _merchants[entry.Merchant], ["subject"] = entry.AggregateId, ["sequence"] = entry.Seq, ["position"] = entry.Position },
        };
        await channel.BasicPublishAsync(Exchange, $"{entry.AggregateKind}.{entry.Kind}", mandatory: false, properties, body, stop);
    }

    private async Task<IChannel> Open(CancellationToken stop)
    {
        if (_channel is { IsOpen: true } open) return open;
        await Close();
        var factory = new ConnectionFactory
        {
            Uri = address,
            AutomaticRecoveryEnabled = false,           // the consumer tries again; a second memory of what was sent would only confuse
            ClientProvidedName = "switchyard",
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = TimeSpan.FromSeconds(10),
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
        };
        _connection = await factory.CreateConnectionAsync(stop);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), stop);
        await _channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: stop);
        return _channel;
    }

    private async Task Close()
    {
        var (channel, connection) = (_channel, _connection);
        (_channel, _connection) = (null, null);
        try
        {
            if (channel is not null) await channel.DisposeAsync();
            if (connection is not null) await connection.DisposeAsync();
        }
#pragma warning disable CA1031 // it is given up anyhow
        catch (Exception) { /* whatever a dead connection says */ }
#pragma warning restore CA1031
    }

    private async Task LearnMerchants(IReadOnlyList<LoggedEvent> events)
    {
        long[] unknown = [.. events.Select(e => e.Merchant).Where(m => !_merchants.ContainsKey(m)).Distinct()];
        if (unknown.Length == 0) return;
        foreach (var (id, code) in await db.ReadAll(work => work.Query("select id, code from merchants where id = any(@ids)", row => (row.Long(), row.Text()), ("ids", unknown))))
            _merchants[id] = code;
    }

    // What the broker refuses for what it is (406) is the entry's fault; all else is the broker's.
    private static bool IsAway(Exception e) => e switch
    {
        AggregateException many => many.InnerExceptions.All(IsAway),
        OperationInterruptedException { ShutdownReason.ReplyCode: PreconditionFailed } => false,
        RabbitMQClientException or IOException or System.Net.Sockets.SocketException or OperationCanceledException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };
}
