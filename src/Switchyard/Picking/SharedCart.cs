using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// A picker who works for several merchants of the house goes round once for all of them: the next walk of each, on one cart, in one order. Each walk, its stops and its books stay those of its merchant;
/// here they are only laid side by side. Only fresh walks with totes are laid together, since without totes nobody could tell on the cart whose goods are whose.
/// </summary>
internal static class SharedCart
{
    /// <summary>Places of a cart, as their letters go.</summary>
    private const int MostPlaces = 26;

    /// <param name="IsFresh">It may be laid beside others.</param>
    private sealed record Part(Membership Of, IReadOnlyList<StopView> Stops, TakeTour.Tour Tour, Guid? Cart, long TakenAtMs, bool IsFresh, int Places);

    /// <summary>The merchants for whom somebody may pick.</summary>
    public static List<Membership> Picks(SignedInUser user) => [.. user.Memberships.Where(m => m.Actor.May(Permission.FulfilmentWork))];

    /// <summary>Is the person on a cart of several merchants? Then every device of theirs goes on with all of it.</summary>
    public static async Task<bool> IsOn(Db db, IReadOnlyList<Membership> own) => await db.ReadAll(work => work.Scalar(
        "select count(*) from pick_tours where merchant_id = any(@own) and operative = @me and state = 'taken' and cart_id is not null /* house */",
        ("own", Merchants(own)), ("me", own[0].Actor.Id))) > 0;

    /// <summary>The walks the person is on, or the next of each merchant, the most urgent first; they become theirs.</summary>
    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<TakeTour.Response>> Take(string code, IReadOnlyList<Membership> own, Db db, TimeProvider clock) => db.WriteShared<TakeTour.Response>(own[0].Actor, Merchants(own), async work =>
    {
        // Two devices of a person come one after the other: the second is given what the first has taken.
        await OnePerson.Alone(work, own[0].Actor);
        var here = new List<Membership>();
        (long Id, string Code)? node = null;
        foreach (var of in own)
            if (await PickableReleases.Node(work.For(of.Actor.Merchant), of.Actor, code) is { } at) { here.Add(of); node = at; }
        return node is { } place ? new TakeTour.Response("nextTour", place.Code, await Tour(work, here, place.Id, clock.GetUtcNow())) : PickingErrors.NoSuchNode;
    });

    private static async Task<TakeTour.Tour?> Tour(Work work, IReadOnlyList<Membership> here, long node, DateTimeOffset now, bool isAgain = false)
    {
        var found = await Held(work, here, node, now);
        if (found.Count == 0) found = await Next(work, here, node, now);
        if (found.Count == 0) return null;
        if (found.Find(p => p.Cart is not null) is { } on) return Together(await OnCart(work, here, on.Cart!.Value, node), on.Cart.Value);
        var fresh = Fitting(found);
        // What was begun alone ends alone, and so does the only one.
        if (fresh.Count < 2) return Named(found[0]);
        // Somebody gave the walks away meanwhile: they are looked at once more.
        if (await Join(work, fresh, node, now) is not { } cart) return isAgain ? Named(found[0]) : await Tour(work, here, node, now, isAgain: true);
        return Together(await OnCart(work, here, cart, node), cart);
    }

    private static async Task<List<Part>> Held(Work work, IReadOnlyList<Membership> here, long node, DateTimeOffset now)
    {
        var parts = new List<Part>();
        foreach (var of in here)
            if (await Current(work, of, node, now, takes: false, room: null) is { } held) parts.Add(held);
        // Whoever asks again is shown the same.
        return [.. parts.OrderBy(p => p.TakenAtMs).ThenBy(p => p.Tour.Id.Value)];
    }

    private static async Task<List<Part>> Next(Work work, IReadOnlyList<Membership> here, long node, DateTimeOffset now)
    {
        // Whose work is the most urgent comes first; each then gives its own most urgent walk.
        var waits = await work.Query(
            """
            select merchant_id, max(priority), min(ship_by_ms) from pick_tours
             where merchant_id = any(@own) and node_id = @node and state = 'open' and operative in ('', @me) group by merchant_id /* house */
            """, row => (Merchant: row.Long(), Priority: row.Int(), ShipBy: row.Long()), ("own", Merchants(here)), ("node", node), ("me", here[0].Actor.Id));
        var parts = new List<Part>();
        foreach (var merchant in waits.OrderByDescending(w => w.Priority).ThenBy(w => w.ShipBy).ThenBy(w => w.Merchant).Select(w => w.Merchant))
        {
            int? room = parts.Count == 0 ? null : Math.Max(0, MostPlaces - parts.Sum(p => p.Places));
            if (await Current(work, here.First(h => h.Actor.Merchant == merchant), node, now, takes: true, room) is not { } taken) continue;
            parts.Add(taken);
            if (taken.Cart is { } cart) await TakeRest(work, here, cart, now);
            if (taken.Cart is not null || !taken.IsFresh) break;
        }
        return parts;
    }

    /// <summary>A cart that somebody gave back is taken as a whole.</summary>
    private static Task<int> TakeRest(Work work, IReadOnlyList<Membership> here, Guid cart, DateTimeOffset now) => work.Execute(
        "update /* house */ pick_tours set state = 'taken', operative = @me, taken_at_ms = @now where cart_id = @cart and merchant_id = any(@own) and state = 'open' and operative in ('', @me)",
        ("me", here[0].Actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("cart", cart), ("own", Merchants(here)));

    private static async Task<Part?> Current(Work work, Membership of, long node, DateTimeOffset now, bool takes, int? room)
    {
        var its = work.For(of.Actor.Merchant);
        var stops = await TakeStop.Current(its, node, of.Actor, now, takes, room);
        return stops.Count == 0 ? null : await Read(its, of, stops);
    }

    private static async Task<Part> Read(Work work, Membership of, IReadOnlyList<StopView> stops)
    {
        var tour = await TakeTour.Read(work, stops);
        return (await work.Query($"select t.cart_id, coalesce(t.taken_at_ms, 0), {FreshWalk.Is}, {FreshWalk.Places} from pick_tours t where t.merchant_id = @merchant and t.id = @tour",
            row => new Part(of, stops, tour, row.UuidOrNull(), row.Long(), row.Bool(), row.Int()), ("tour", tour.Id.Value)))[0];
    }

    /// <summary>What fits beside the first, which must be fresh.</summary>
    private static List<Part> Fitting(List<Part> found)
    {
        var fresh = new List<Part>();
        foreach (var part in found.TakeWhile(_ => found[0].IsFresh))
            if (part.IsFresh && fresh.Sum(p => p.Places) + part.Places <= MostPlaces) fresh.Add(part);
        return fresh;
    }

    /// <summary>Lays walks side by side, all or none: their places on the cart one after the other, their stops in one order along the shortest way.</summary>
    /// <returns>Null: one of them is not the person's any more, or on a cart already; nothing was changed.</returns>
    private static async Task<Guid?> Join(Work work, IReadOnlyList<Part> parts, long node, DateTimeOffset now)
    {
        var cart = Guid.CreateVersion7(now);
        var all = parts.SelectMany(p => p.Stops).ToList();
        var passed = await WalkedHouse.Passed(work.For(parts[0].Of.Actor.Merchant), node, [.. all.Select(s => s.Bin)]);
        var places = passed.Select((stop, i) => (Id: all[stop].Id.Value, Place: i + 1)).ToList();
        var first = parts.Select((p, i) => (Id: p.Tour.Id.Value, First: parts.Take(i).Sum(before => before.Places))).ToList();
        var still = await work.Query(
            "select t.id from @rows r join pick_tours t on t.id = r.id where t.operative = @me and t.state = 'taken' and t.cart_id is null order by t.id for update of t /* house */",
            Rows.Of(first).Uuid("id", f => f.Id), row => row.Uuid(), ("me", parts[0].Of.Actor.Id));
        if (still.Count < parts.Count) return null;
        await work.Execute("update /* house */ pick_tours set cart_id = @cart, cart_first = r.first from @rows r where pick_tours.id = r.id", Rows.Of(first).Uuid("id", f => f.Id).Int("first", f => f.First), ("cart", cart));
        await work.Execute(
            """
            update /* house */ pick_tasks set stop_no = r.place from @rows r
             where pick_tasks.id = r.id and exists (select 1 from pick_tours u where u.id = pick_tasks.tour_id and u.cart_id = @cart)
            """, Rows.Of(places).Uuid("id", p => p.Id).Int("place", p => p.Place), ("cart", cart));
        return cart;
    }

    /// <summary>All walks of the cart that are the person's, and those that are done: the cart is whole until its last stop.</summary>
    private static async Task<IReadOnlyList<Part>> OnCart(Work work, IReadOnlyList<Membership> here, Guid cart, long node)
    {
        var tours = await work.Query(
            """
            select merchant_id, id from pick_tours
             where cart_id = @cart and node_id = @node and merchant_id = any(@own) and (operative = @me and state = 'taken' or state = 'done') order by cart_first, id /* house */
            """, row => (Merchant: row.Long(), Id: row.Uuid()), ("cart", cart), ("node", node), ("own", Merchants(here)), ("me", here[0].Actor.Id));
        var parts = new List<Part>();
        foreach (var (merchant, id) in tours)
        {
            var (of, its) = (here.First(h => h.Actor.Merchant == merchant), work.For(merchant));
            parts.Add(await Read(its, of, [.. (await StopRows.Of(its, [id]))[id]]));
        }
        return parts;
    }

    private static TakeTour.Tour Together(IReadOnlyList<Part> parts, Guid cart)
    {
        if (parts.Count == 0) throw new InvalidOperationException("A cart has at least the walk it was found by.");
        var stops = parts.SelectMany(p => Named(p).Stops).OrderBy(s => s.Order).ThenBy(s => s.Id.Value).ToList();
        long seconds = parts.Sum(p => p.Tour.Seconds);
        return parts[0].Tour with
        {
            Id = new PickTourId(cart),
            Seconds = seconds,
            Stops = [.. stops.Select((s, i) => s with { Stop = i + 1, Stops = stops.Count, SecondsLeft = seconds * stops.Skip(i).Count(x => x.State == "open") / stops.Count })],
            Codes = [.. parts.SelectMany(p => Named(p).Codes)],
        };
    }

    private static TakeTour.Tour Named(Part part) => part.Tour with
    {
        Stops = [.. part.Tour.Stops.Select(s => s with { Merchant = part.Of.Code, MerchantName = part.Of.Name })],
        Codes = [.. part.Tour.Codes.Select(c => c with { Merchant = part.Of.Code })],
    };

    private static long[] Merchants(IEnumerable<Membership> own) => [.. own.Select(m => m.Actor.Merchant)];
}
