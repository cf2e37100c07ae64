using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Simulators;

/// <summary>A message in a queue, which comes again until it is deleted.</summary>
internal sealed class QueuedMessage
{
    public required string Id { get; init; }
    public required byte[] Body { get; init; }
    public string Receipt { get; set; } = "";
    public DateTimeOffset HiddenUntil { get; set; }
    public int Received { get; set; }
}

/// <summary>
/// The seller's own queues, with the actions ReceiveMessage and DeleteMessage of SQS's JSON protocol. They are in the seller's account,
/// so a key of the seller's stands in the place of AWS signatures. They misbehave as <see cref="VendorSim.Sender"/> is told to.
/// </summary>
public sealed partial class AmazonSim
{
    /// <summary>Opens the queues, as a bearer token.</summary>
    public const string QueueKey = "queue-key-of-the-seller";
    private const int MostKept = 10_000;
    private readonly Dictionary<string, List<QueuedMessage>> _queues = new(StringComparer.Ordinal);
    private long _queued;

    /// <summary>Messages that wait in a queue, hidden ones too.</summary>
    public int Waiting(string queue)
    {
        lock (Shop.Gate) return _queues.TryGetValue(queue, out var messages) ? messages.Count : 0;
    }

    private void Enqueue(string queue, byte[] body)
    {
        if (Sender.DropsAll || (Sender.DropEvery > 0 && ++_queued % Sender.DropEvery == 0)) return;
        if (!_queues.TryGetValue(queue, out var messages)) _queues[queue] = messages = [];
        for (int i = 0; i < Sender.Copies && messages.Count < MostKept; i++) messages.Add(new QueuedMessage
        {
            Id = Guid.CreateVersion7(Clock.GetUtcNow()).ToString(),
            Body = body
        });
    }

    private IResult Queue(SimRequest r, string name)
    {
        if (r.Header("Authorization") != "Bearer " + QueueKey) return Aws("AccessDeniedException", "Access to the queue is denied.", 403);
        string action = r.Header("X-Amz-Target") ?? "";
        r.Asked = action;
        if (!_queues.TryGetValue(name, out var messages)) _queues[name] = messages = [];
        switch (action)
        {
            case "AmazonSQS.ReceiveMessage":
                return PlainJson.Answer(new { Messages = Receive(messages, r.Json.Whole("MaxNumberOfMessages") ?? 1, r.Json.Whole("VisibilityTimeout") ?? 30) },
                    type: "application/x-amz-json-1.0");
            case "AmazonSQS.DeleteMessage":
                // A receipt that is not the newest any more deletes nothing, and is no error.
                messages.RemoveAll(m => m.Receipt.Length > 0 && m.Receipt == r.Json.Text("ReceiptHandle"));
                return PlainJson.Answer(new { }, type: "application/x-amz-json-1.0");
            default:
                return Aws("InvalidAction", $"The action {action} is not valid.", 400);
        }
    }

    private List<object>? Receive(List<QueuedMessage> messages, int most, int hiddenSeconds)
    {
        var now = Clock.GetUtcNow();
        if (Sender.Holds) return null;
        var able = messages.Where(m => m.HiddenUntil <= now).ToList();
        // A plain queue keeps no order; it is only told to lose it here.
        if (Sender.ShuffleBy > 1) able.Reverse();
        var given = new List<object>();
        foreach (var message in able.Take(Math.Clamp(most, 1, 10)))
        {
            message.Received++;
            message.Receipt = $"{message.Id}#{message.Received}";
            message.HiddenUntil = now.AddSeconds(hiddenSeconds);
#pragma warning disable CA5351 // The protocol sends an MD5 sum beside each body.
            given.Add(new
            {
                MessageId = message.Id, ReceiptHandle = message.Receipt, MD5OfBody = Convert.ToHexStringLower(MD5.HashData(message.Body)),
                Body = Encoding.UTF8.GetString(message.Body)
            });
#pragma warning restore CA5351
        }
        return given.Count == 0 ? null : given;
    }

    private static IResult Aws(string type, string message, int status) => PlainJson.Answer(new { __type = type, message }, status, "application/x-amz-json-1.0");
}
