using System.Globalization;
using Switchyard.Access;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Demo;

/// <summary>
/// The last four days at Fenwick &amp; Vale, played in the order in which they happened: orders come, nodes pick, pack and send them, people write notes
/// and hold what is doubtful. What is late, at risk or waiting follows from it and is not made up.
/// </summary>
internal sealed class DemoDays
{
    private const int StepDeeds = 25;
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static readonly string[] Notes =
    [
        "Buyer rang: leave it with the neighbour at number 12.", "Checked the address with the buyer, it is right.", "Wants a gift card: \"Happy birthday, Nan\".",
        "Asked whether it comes before Friday. @carla please look at the carrier.", "Second parcel of this buyer this week, send together if it can be.",
    ];

    private readonly List<DemoDeed> _deeds = [];
    private readonly Random _random;
    private readonly DateTimeOffset _now;

    private DemoDays(IReadOnlyList<DemoOrder> orders, IReadOnlyList<DemoDeed> past, DateTimeOffset now, int seed)
    {
        (_random, _now) = (new Random(seed), now);
        foreach (var deed in past) At(deed.At, deed.Do);
        foreach (var order in orders) Play(order);
    }

    /// <summary>The days as steps of some deeds each, in the order of time.</summary>
    /// <param name="past">What happened before them, and what of it ends in them.</param>
    public static IEnumerable<DemoStep> Steps(IReadOnlyList<DemoOrder> orders, IReadOnlyList<DemoDeed> past, DateTimeOffset now, int seed) =>
        Steps(new DemoDays(orders, past, now, seed)._deeds, "Playing the last days");

    /// <summary>Deeds as steps of some each, in the order of time.</summary>
    public static IEnumerable<DemoStep> Steps(IEnumerable<DemoDeed> deeds, string what) =>
        deeds.OrderBy(d => d.At).Chunk(StepDeeds).Select(some => new DemoStep(what, some[0].At, async stage =>
        {
            foreach (var deed in some)
            {
                stage.Stop.ThrowIfCancellationRequested();
                stage.Clock.At = deed.At;
                if (await deed.Do(stage) is { } error) return error;
            }
            return null;
        }));

    private void Play(DemoOrder order)
    {
        At(order.At, stage => stage.Place(order));
        int n = order.No;
        if (n % 7 == 1) On(order, 4, async (stage, id) => (await TagOrder.Handle(id, new TagOrder.Request([n % 4 == 1 ? "gift" : "vip"], null), stage.Once($"tag-{n}", "carla"), stage.Clock, stage.Get<FindOrder>())).Error);
        if (n % 9 == 2) On(order, 14, async (stage, id) => (await NoteOrder.Add(id, Note(stage, n), stage.Once($"note-{n}", "carla"), stage.Db, stage.Clock)).Error);
        switch (order.Fate)
        {
            case DemoFate.Doubtful: Hold(order, "Card and address are in different countries", "fraud", at => (at.AddHours(4), null)); break;
            case DemoFate.Asked: Hold(order, "The buyer asked to wait until the weekend", "customer", at => (null, at.AddDays(5))); break;
            case DemoFate.Waits: if (n % 2 == 0) Assign(order); break;
            default: Send(order); break;
        }
    }

    /// <summary>Released, picked, packed and sent as the shifts of the warehouse go, and delivered some days later.</summary>
    private void Send(DemoOrder order)
    {
        var released = Shift(order.At, 30 + _random.Next(90));
        At(released, async stage =>
        {
            // What waits for goods or for a person stays; the node has work of the others only.
            if (await stage.IdOf(order) is { } id) _ = await ReleaseOrder.Handle(id, null, stage.Db, stage.Clock, stage.Once($"release-{order.No}", "demo"));
            return null;
        });
        if (order.Fate == DemoFate.Forgotten) return;
        var picked = Shift(released, 50 + _random.Next(90));
        // Of older orders nobody asks how long the picking took: one deed, and a shorter wait for whoever makes the shop.
        bool isOld = _now - order.At > TimeSpan.FromHours(30);
        if (!isOld) Work(picked, order, "pick", desk => Task.FromResult(PickRelease.Start(desk) ?? PickRelease.Pick(desk, null)));
        var sent = Shift(picked, 40 + _random.Next(60));
        if (DemoParcels.IsOf(order))
        {
            foreach (var (at, deed) in DemoParcels.Send(order, sent, desk => isOld ? PickRelease.Start(desk) ?? PickRelease.Pick(desk, null) : null)) At(at, deed);
            return;
        }
        Work(sent, order, "send", async desk => (isOld ? PickRelease.Start(desk) ?? PickRelease.Pick(desk, null) : null) ?? PackRelease.Pack(desk, [PackRelease.Everything]) ?? await HandOver.Ship(desk, Parcel(order)));
        if (order.No % 5 != 0) return;                                        // of the others no carrier has told us yet
        var arrives = new DateTimeOffset(sent.UtcDateTime.Date.AddDays(order.Request.Method is "next-day" or "express" ? 1 : 2), TimeSpan.Zero).AddMinutes(600 + _random.Next(420));
        Work(arrives, order, "deliver", desk => Task.FromResult(Arrive.Handle(desk, null, FulfilmentOrderState.Delivered, PackageState.Delivered)));
    }

    /// <summary>By whom a parcel of an order goes.</summary>
    public static HandOver.Request Parcel(DemoOrder order)
    {
        var (carrier, service) = order.Request.Method switch { "next-day" => ("DPD", "Next Day"), "express" => ("Royal Mail", "Tracked 24"), _ => ("Evri", "Standard") };
        return new HandOver.Request(carrier, service, string.Create(CultureInfo.InvariantCulture, $"{carrier[..2].ToUpperInvariant()}{48_210_000 + order.No * 37:000000000}GB"), null);
    }

    /// <summary>A step of every release of an order; a release that cannot go this step waits for whoever looks at it.</summary>
    private void Work(DateTimeOffset at, DemoOrder order, string verb, Func<ChangeRelease.Desk, Task<Error?>> step) => At(at, async stage =>
    {
        var change = new ChangeRelease(stage.Db, stage.Clock);
        foreach (var (i, release) in (await stage.ReleasesOf(order)).Index()) _ = await change.Handle(release, stage.Once($"{verb}-{order.No}-{i}", "pete"), null, step);
        return null;
    });

    private void Hold(DemoOrder order, string reason, string kind, Func<DateTimeOffset, (DateTimeOffset? Escalate, DateTimeOffset? Expire)> times)
    {
        var (escalate, expire) = times(order.At.AddMinutes(11));
        On(order, 11, async (stage, id) => (await HoldOrder.Handle(id, new HoldOrder.Request(reason, kind, Owner: stage.People.FirstOrDefault(), ExpiresAt: expire, EscalateAt: escalate),
            stage.Once($"hold-{order.No}", "carla"), stage.Clock, stage.Get<FindOrder>())).Error is { Kind: not ErrorKind.Conflict } error ? error : null);
        Assign(order);
    }

    private void Assign(DemoOrder order) => On(order, 21, async (stage, id) => stage.People is not { Count: > 0 } people ? null
        : (await AssignOrder.Handle(id, new AssignOrder.Request(people[order.No % people.Count]), stage.Once($"assign-{order.No}", "carla"), stage.Clock, stage.Get<FindOrder>())).Error);

    private static NoteOrder.Request Note(DemoStage stage, int n)
    {
        string text = Notes[n / 9 % Notes.Length];
        bool isCarlas = text.Contains("@carla", StringComparison.Ordinal), isThere = stage.People.Contains("carla");
        return new NoteOrder.Request(isThere ? text : text.Replace("@carla please", "Please", StringComparison.Ordinal), false, n % 2 == 0, isCarlas && isThere ? ["carla"] : null);
    }

    /// <summary>Something that happens to an order so many minutes after it came.</summary>
    private void On(DemoOrder order, int minutes, Func<DemoStage, string, Task<Error?>> deed) =>
        At(order.At.AddMinutes(minutes), async stage => await stage.IdOf(order) is { } id ? await deed(stage, id) : null);

    private void At(DateTimeOffset at, Func<DemoStage, Task<Error?>> deed)
    {
        if (at <= _now) _deeds.Add(new DemoDeed(at, deed));
    }

    /// <summary>So many minutes of work later: the shifts are from six to half past nine, all week.</summary>
    private static DateTimeOffset Shift(DateTimeOffset from, int minutes)
    {
        var at = from.AddMinutes(minutes);
        var local = TimeZoneInfo.ConvertTime(at, London);
        var begin = new TimeOnly(6, 0);
        var day = DateOnly.FromDateTime(local.DateTime);
        if (TimeOnly.FromDateTime(local.DateTime) > new TimeOnly(21, 30)) day = day.AddDays(1);
        else if (local.Hour >= begin.Hour) return at;
        var morning = day.ToDateTime(begin);
        return new DateTimeOffset(morning, London.GetUtcOffset(morning)).ToUniversalTime().AddMinutes(minutes);
    }
}
