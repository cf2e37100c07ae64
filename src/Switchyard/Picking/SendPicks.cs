using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Picking;

/// <summary>
/// What a handheld says: picked, short, another product instead, skipped, damaged. Each command has an id of the device's own and is answered once; sent again, it gets the
/// same answer. Commands are carried out in the order they stand, each by itself, so that one refused keeps no other back.
/// </summary>
public static class SendPicks
{
    public const int Most = 200;

    /// <param name="Id">The device's own id of this command, a UUID.</param>
    /// <param name="Kind">pick, short, substitute, skip or damaged; misPick for a scan that the device itself refused as wrong, which is only counted.</param>
    /// <param name="Bin">The bin as scanned; compared when given.</param>
    /// <param name="Item">The item as scanned: a barcode of the product, or its SKU. Needed to pick.</param>
    /// <param name="Tote">The tote as scanned; needed where orders go into totes. The first one scanned at a place stays there.</param>
    /// <param name="Quantity">Picked: units taken, all that are left when left out. Short and substitute: units that were there. Damaged: units that cannot be sent.</param>
    /// <param name="At">When it was done on the device; now when not said.</param>
    /// <param name="Lot">The lot as scanned, where the item's code does not say it; compared where the task names one.</param>
    /// <param name="Serial">The serial number of the one unit that is picked, where the item's code does not say it.</param>
    /// <param name="Instead">Substitute: the SKU that goes in place of what lacks; a stop for it comes next on the walk.</param>
    /// <param name="Merchant">On a cart of several merchants: whose goods they are, by the picker's own word, where a SKU is the name of two. A barcode needs none.</param>
    public sealed record Command(Guid? Id, PickTaskId? Task, string? Kind, string? Bin = null, string? Item = null, string? Tote = null, long? Quantity = null, DateTimeOffset? At = null,
        string? Lot = null, string? Serial = null, string? Instead = null, string? Merchant = null);
    public sealed record Request(IReadOnlyList<Command?>? Commands);

    /// <param name="Outcome">ok; refused: do it again as told; clash: the world went on meanwhile, a person is told.</param>
    /// <param name="IsRepeat">This command was answered before, so.</param>
    public sealed record Answer(Guid Id, [Words("ok", "refused", "clash")] string Outcome, string? Code, string? Detail, long Left, bool IsRepeat);
    public sealed record Response(string Object, IReadOnlyList<Answer> Answers);

    /// <summary>An answer as it is kept, with what was asked: the same id with something else under it is a fault of the device.</summary>
    private sealed record Kept(Guid Id, string Outcome, string? Code, string? Detail, long Left, string? Asked)
    {
        public Answer Again => new(Id, Outcome, Code, Detail, Left, true);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/pick-commands", async (Request? body, Db db, Replan replan, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(body, db, replan, clock, actor, http.Items[typeof(SignedInUser)] as SignedInUser)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.send").WithTags("Picking").WithSummary("Say what was picked, short, skipped or damaged")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(422);

    /// <remarks>Errors: picking.command_differs; request.invalid. Commands before the one at fault are done, and stay so when they are sent again.</remarks>
    /// <param name="user">Who is signed in, when it is a person: of several merchants, each command is carried out for that of its task.</param>
    public static async Task<Result<Response>> Handle(Request? body, Db db, Replan replan, TimeProvider clock, Actor actor, SignedInUser? user = null)
    {
        var checks = new Checks();
        var now = clock.GetUtcNow();
        checks.Range(body?.Commands?.Count ?? 0, 1, Most, "/commands");
        foreach (var (i, command) in (body?.Commands ?? []).Take(Most).Index())
        {
            checks.That(command?.Id is not null, $"/commands/{i}/id", "field.required", "id is required: a UUID of your own.");
            checks.That(command?.Task is not null, $"/commands/{i}/task", "field.required", "task is required.");
            checks.That(command?.Kind is "pick" or "short" or "substitute" or "skip" or "damaged" or "misPick", $"/commands/{i}/kind", "field.unknown_value", "kind is pick, short, substitute, skip, damaged or misPick.");
            checks.That(command?.Kind is not "substitute" || !string.IsNullOrWhiteSpace(command.Instead), $"/commands/{i}/instead", "field.required", "instead is required here: the SKU that goes in its place.");
            checks.Text(command?.Instead, $"/commands/{i}/instead", 100);
            checks.That(command?.Kind is not ("short" or "substitute" or "damaged") || command.Quantity is not null, $"/commands/{i}/quantity", "field.required", "quantity is required here.");
            checks.Range(command?.Quantity ?? 1, command?.Kind is "short" or "substitute" ? 0 : 1, Checks.MaxQuantity, $"/commands/{i}/quantity");
            checks.Text(command?.Bin, $"/commands/{i}/bin", 64);
            checks.Text(command?.Item, $"/commands/{i}/item", 200);
            checks.Text(command?.Tote, $"/commands/{i}/tote", 64);
            checks.Text(command?.Lot, $"/commands/{i}/lot", 64);
            checks.Text(command?.Merchant, $"/commands/{i}/merchant", 64);
            checks.Text(command?.Serial, $"/commands/{i}/serial", 64);
            checks.That(command?.At is not { } at || at <= now.AddMinutes(5), $"/commands/{i}/at", "field.in_future", "at is in the future.");
        }
        if (checks.AnyFault) return checks.ToError();
        var meant = user is { Memberships.Count: > 1 } ? await SharedCommands.Read(db, body!.Commands!, user, actor, now) : null;
        var settings = new Dictionary<long, Sourcing.MerchantSettings>();
        var answers = new List<Answer>();
        foreach (var (i, command) in body!.Commands!.Index())
        {
            // The commands carry their own ids: a request key would refuse the rest of a queue that is sent again.
            var bearer = (meant?[i].Actor ?? actor) with { Stamp = null };
            if (!settings.TryGetValue(bearer.Merchant, out var known)) settings[bearer.Merchant] = known = await replan.Settings(bearer);
            var answer = await db.Write<Answer>(bearer, work => Once(work, bearer, i, command!, meant?[i].Refusal, known, now));
            if (answer.Error is { } error) return error;
            answers.Add(answer.Value);
        }
        return new Response("pickAnswers", answers);
    }

    private static async Task<Result<Answer>> Once(Work work, Actor actor, int place, Command command, Error? besides, Sourcing.MerchantSettings settings, DateTimeOffset now)
    {
        var (id, ms) = (command.Id!.Value, now.ToUnixTimeMilliseconds());
        if (!await PickDesk.HasTask(work, actor, command)) return new Answer(id, "refused", PickingErrors.NoTask.Code, PickingErrors.NoTask.Detail, 0, false);
        int isNew = await work.Execute("insert into pick_commands (merchant_id, command_id, answer, recorded_at_ms) values (@merchant, @id, '', @now) on conflict (merchant_id, command_id) do nothing",
            ("id", id), ("now", ms));
        if (isNew == 0)
        {
            var earlier = await work.Query("select answer from pick_commands where merchant_id = @merchant and command_id = @id", row => row.Text(), ("id", id));
            var kept = JsonSerializer.Deserialize<Kept>(earlier[0], Json.Options)!;
            return kept.Asked is null || kept.Asked == Asked(command) ? kept.Again : PickingErrors.CommandReused($"/commands/{place}/id");
        }
        var desk = await PickDesk.Open(work, actor, command, besides, settings, now);
        var answer = await desk.Carry();
        await work.Execute("update pick_commands set answer = @answer where merchant_id = @merchant and command_id = @id", ("answer", JsonSerializer.Serialize(new Kept(id, answer.Outcome, answer.Code, answer.Detail, answer.Left, Asked(command)), Json.Options)), ("id", id));
        return answer;
    }

    private static string Asked(Command command) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, Json.Options)));
}
