using System.Security.Cryptography;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Orders;

namespace Switchyard.Messages;

/// <summary>Links to the page of an order: made, shown to staff, taken back; and the keys that sign them.</summary>
public sealed class TrackingLinks(Db db, MessageSecrets secrets, TimeProvider clock)
{
    /// <param name="Url">What the customer opens; null where nobody has made one.</param>
    /// <param name="Views">How often the page was opened. No cookie is set, so it is views, not people.</param>
    public sealed record PageLinkView(string Object, OrderId Order, string? Url, DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt, long Views, DateTimeOffset? FirstViewedAt, DateTimeOffset? LastViewedAt);

    /// <param name="RetireAfterDays">Links signed with the older keys work so many days more, 0 to 730. 0: they end now.</param>
    public sealed record RotateRequest(int RetireAfterDays = 180);
    public sealed record KeyView(int Key, DateTimeOffset CreatedAt, DateTimeOffset? RetiresAt);

    internal sealed record Link(Guid Id, long Merchant, OrderId Order, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, long Views, DateTimeOffset? First, DateTimeOffset? Last)
    {
        private const string Columns = "l.id, l.merchant_id, l.order_id, l.created_at_ms, l.expires_at_ms, l.revoked_at_ms, l.views, l.first_viewed_ms, l.last_viewed_ms";
        public const string Select = $"select {Columns} from tracking_links l";
        public static Link Read(Row row) => new(row.Uuid(), row.Long(), new OrderId(row.Uuid()), row.Instant(), row.Instant(), row.InstantOrNull(), row.Long(), row.InstantOrNull(), row.InstantOrNull());
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/orders/{id}/tracking-link", async (string id, TrackingLinks links, PublicUrl url, Actor actor, HttpContext http) => (await links.Read(id, url, actor, http)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("messages.readLink").WithTags("Messages").WithSummary("Read the link to the order's page").Produces<PageLinkView>().ProducesProblem(404);
        routes.MapPost("/orders/{id}/tracking-link", async (string id, TrackingLinks links, PublicUrl url, Actor actor, HttpContext http) => (await links.Make(id, url, actor, http)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("messages.makeLink").WithTags("Messages").WithSummary("Make the link to the order's page, or give the one there is").Produces<PageLinkView>()
            .ProducesProblem(404).ProducesProblem(409);
        routes.MapDelete("/orders/{id}/tracking-link", async (string id, TrackingLinks links, Actor actor) => (await links.Revoke(id, actor)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("messages.revokeLink").WithTags("Messages").WithSummary("Take the link to the order's page back").Produces<PageLinkView>().ProducesProblem(404);
        routes.MapGet("/tracking-keys", async (Db db, Actor actor) => Results.Json(new Page<KeyView>(await db.Read(actor, Keys), null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("messages.listKeys").WithTags("Messages").WithSummary("List the keys that sign links to pages of orders").Produces<Page<KeyView>>();
        routes.MapPost("/tracking-keys", async (RotateRequest body, TrackingLinks links, Actor actor) => (await links.Rotate(body, actor)).ToHttp())
            .Requires(Permission.SettingsWrite).WithName("messages.rotateKey").WithTags("Messages").WithSummary("Sign links with a new key, and end the older ones now or later").Produces<Page<KeyView>>().ProducesProblem(400);
    }

    /// <summary>The address of an order's page; the link is made where there is none, or its time is over.</summary>
    internal async Task<string> Url(Actor actor, OrderId order, int days, string host)
    {
        var now = clock.GetUtcNow();
        var link = await db.Read(actor, work => Live(work, order)) is { } there && there.ExpiresAt > now ? there : (await db.Write<Link>(actor, async work => await Ensure(work, order, days, now))).Value;
        return await Url(actor, link, host);
    }

    internal async Task<string> Url(Actor actor, Link link, string host)
    {
        var (no, secret) = await Current(actor);
        return $"{host}/t/{new TrackingToken(no, link.Id).Sign(secret)}";
    }

    /// <summary>The link a text is signed for; null when nobody signed it, its key is retired, or it was taken back or is over.</summary>
    internal async Task<Link?> Believe(string text) => await Genuine(text) is { } link && link.ExpiresAt > clock.GetUtcNow() ? link : null;

    /// <summary>As <see cref="Believe"/>, also where its time is over: the paper it is printed on still says of which order it is.</summary>
    internal async Task<Link?> Genuine(string text)
    {
        if (TrackingToken.Read(text) is not { } token) return null;
        var now = clock.GetUtcNow();
        var found = await db.ReadAll(async work =>
        {
            var link = await work.Find($"{Link.Select} where l.id = @id /* house */", Link.Read, ("id", token.Link));
            return link is null ? null : await work.Find("select k.secret from tracking_keys k where k.merchant_id = @of and k.key_no = @no and (k.retires_at_ms is null or k.retires_at_ms > @now) /* house */",
                row => (Link: link, Secret: row.Text()).ToTuple(), ("of", link.Merchant), ("no", token.Key), ("now", now.ToUnixTimeMilliseconds()));
        });
        if (found is null || !TrackingToken.IsSignedWith(text, secrets.OpenKey(found.Item2))) return null;
        return found.Item1.RevokedAt is null ? found.Item1 : null;
    }

    private async Task<Result<PageLinkView>> Read(string id, PublicUrl url, Actor actor, HttpContext http)
    {
        if (await Order(actor, id) is not { } order) return OrderErrors.NotFound(id);
        var (link, settings) = await db.Read(actor, async work => (await Live(work, order), await MessageSettings.Load(work)), snapshot: true);
        return await View(actor, order, link?.ExpiresAt > clock.GetUtcNow() && settings.Body.HasTrackingPage ? link : null, Host(url, settings, http));
    }

    /// <remarks>Errors: orders.not_found, messages.page_off.</remarks>
    internal async Task<Result<PageLinkView>> Make(string id, PublicUrl url, Actor actor, HttpContext http)
    {
        if (await Order(actor, id) is not { } order) return OrderErrors.NotFound(id);
        var settings = await db.Read(actor, MessageSettings.Load);
        if (!settings.Body.HasTrackingPage) return MessagesErrors.PageOff;
        await Current(actor);       // the key is made before, since none can be made inside a write
        var now = clock.GetUtcNow();
        var made = await db.Write<PageLinkView>(actor with { Stamp = null }, async work => Shown(order, await Ensure(work, order, settings.LinkDays, now), null));
        return made.Error is { } error ? error : await View(actor, order, await db.Read(actor, work => Live(work, order)), Host(url, settings, http));
    }

    /// <remarks>Errors: orders.not_found, messages.no_link.</remarks>
    private async Task<Result<PageLinkView>> Revoke(string id, Actor actor)
    {
        if (await Order(actor, id) is not { } order) return OrderErrors.NotFound(id);
        var now = clock.GetUtcNow();
        return await db.Write<PageLinkView>(actor, async work =>
        {
            if (await work.Execute("update tracking_links set revoked_at_ms = @now where merchant_id = @merchant and order_id = @order and revoked_at_ms is null", ("order", order.Value), ("now", now.ToUnixTimeMilliseconds())) == 0)
                return MessagesErrors.NoLink;
            await EventLog.Append(work, actor, now, new Happening("tracking_link", order.ToString(), "TrackingLinkRevoked", new { order }));
            return Shown(order, null, null);
        });
    }

    private async Task<Result<Page<KeyView>>> Rotate(RotateRequest body, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.RetireAfterDays, 0, 730, "/retireAfterDays");
        if (checks.AnyFault) return checks.ToError();
        string stored = secrets.CloseKey(RandomNumberGenerator.GetBytes(TrackingToken.SecretBytes));
        var now = clock.GetUtcNow();
        return await db.Write<Page<KeyView>>(actor, async work =>
        {
            await work.Query("select id from merchants where id = @merchant for update", row => row.Long());
            long retires = now.AddDays(body.RetireAfterDays).ToUnixTimeMilliseconds();
            await work.Execute("update tracking_keys set retires_at_ms = case when retires_at_ms < @at then retires_at_ms else @at end where merchant_id = @merchant", ("at", retires));
            long no = await work.Scalar("select coalesce(max(key_no), 0) + 1 from tracking_keys where merchant_id = @merchant");
            await work.Execute("insert into tracking_keys (merchant_id, key_no, secret, created_at_ms) values (@merchant, @no, @secret, @now)", ("no", (int)no), ("secret", stored), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("tracking_key", Text.Invariant(no), "TrackingKeyRotated", new { key = no, retireAfterDays = body.RetireAfterDays }));
            return new Page<KeyView>(await Keys(work), null, false);
        });
    }

    private static Task<List<KeyView>> Keys(Work work) => work.Query("select key_no, created_at_ms, retires_at_ms from tracking_keys where merchant_id = @merchant order by key_no desc limit 100",
        row => new KeyView(row.Int(), row.Instant(), row.InstantOrNull()));

    /// <summary>The key that signs now; a merchant's first is made here.</summary>
    private async Task<(int No, byte[] Secret)> Current(Actor actor)
    {
        for (int tries = 0; ; tries++)
        {
            var found = await db.Read(actor, work => work.Query("select key_no, secret from tracking_keys where merchant_id = @merchant and retires_at_ms is null order by key_no desc limit 1",
                row => (No: row.Int(), Secret: row.Text())));
            if (found.Count > 0) return (found[0].No, secrets.OpenKey(found[0].Secret));
            Must.Hold(tries < 3, "a key that was made is there");
            string stored = secrets.CloseKey(RandomNumberGenerator.GetBytes(TrackingToken.SecretBytes));
            await db.Write<Done>(Actor.House("system:messages", actor.Merchant), async work =>
            {
                await work.Execute("insert into tracking_keys (merchant_id, key_no, secret, created_at_ms) values (@merchant, 1, @secret, @now) on conflict (merchant_id, key_no) do nothing",
                    ("secret", stored), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
                return new Done();
            });
        }
    }

    private static async Task<Link> Ensure(Work work, OrderId order, int days, DateTimeOffset now)
    {
        (string, object?)[] about = [("order", order.Value), ("now", now.ToUnixTimeMilliseconds()), ("id", Guid.CreateVersion7(now)), ("until", now.AddDays(days).ToUnixTimeMilliseconds())];
        var shipped = await work.Query("select l.shipped_at_ms from tracking_links l where l.merchant_id = @merchant and l.order_id = @order and l.shipped_at_ms is not null limit 1", row => row.Long(), about[0]);
        await work.Execute("update tracking_links set revoked_at_ms = @now where merchant_id = @merchant and order_id = @order and revoked_at_ms is null and expires_at_ms <= @now", about[..2]);
        await work.Execute(
            """
            insert into tracking_links (id, merchant_id, order_id, shipped_at_ms, expires_at_ms, created_at_ms) values (@id, @merchant, @order, @shipped::bigint, @until, @now)
                on conflict (order_id) where revoked_at_ms is null do nothing
            """, [.. about, ("shipped", shipped.Count > 0 ? shipped[0] : null)]);
        return (await Live(work, order))!;
    }

    private static Task<Link?> Live(Work work, OrderId order) => work.Find($"{Link.Select} where l.merchant_id = @merchant and l.order_id = @order and l.revoked_at_ms is null", Link.Read, ("order", order.Value));

    private async Task<OrderId?> Order(Actor actor, string id) =>
        OrderId.TryParse(id, null, out var order) && (await db.Read(actor, work => FindOrder.Read(work, actor, [order], withPlan: false))).Count > 0 ? order : null;

    private async Task<PageLinkView> View(Actor actor, OrderId order, Link? link, string host) => Shown(order, link, link is null ? null : await Url(actor, link, host));

    private static PageLinkView Shown(OrderId order, Link? link, string? url) => new("trackingLink", order, url, link?.CreatedAt, link?.ExpiresAt, link?.Views ?? 0, link?.First, link?.Last);

    // Staff reach this server at the address they ask; customers where the settings say.
    private static string Host(PublicUrl url, MessageSettings.Stored settings, HttpContext http) => url.Of(settings) ?? $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";
}
