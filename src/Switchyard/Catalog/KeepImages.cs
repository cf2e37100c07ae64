using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Catalog;

/// <summary>A picture of a product.</summary>
/// <param name="Url">Where it is served, to those who may see products. What is there never changes.</param>
/// <param name="Alt">What it shows, for whoever does not see it.</param>
public sealed record ImageView(ImageId Id, string Url, string ContentType, int Width, int Height, string Alt)
{
    public static ImageView Of(Row row)
    {
        var id = new ImageId(row.Uuid());
        return new ImageView(id, $"/api/v1/images/{id}", row.Text(), row.Int(), row.Int(), row.Text());
    }
}

/// <summary>Pictures of products: taken in bounded, judged by their bytes, kept in the database, served so that they can be nothing but pictures.</summary>
public static class KeepImages
{
    public const int MostBytes = 2 * 1024 * 1024, MostImages = 12, MostAlt = 300;

    public sealed record Change(string? Alt, int? Position);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{sku}/images", async (string sku, Db db, Actor actor) => (await List(sku, db, actor)).ToHttp())
            .Requires(Permission.CatalogRead).WithName("catalog.listImages").WithTags("Catalog").WithSummary("The pictures of a product, the first one first")
            .Produces<Page<ImageView>>().ProducesProblem(404);
        routes.MapPost("/products/{sku}/images", async (string sku, string? alt, HttpContext http, Db db, TimeProvider clock, Actor actor, CancellationToken stop) =>
                (await Add(sku, alt, http, db, clock, actor, stop)).ToHttp(201))
            .Requires(Permission.CatalogWrite).WithName("catalog.addImage").WithTags("Catalog").WithSummary("Add a picture: the body is the file, at most 2 MB")
            .WithDescription("PNG, JPEG, GIF or WebP, by their own bytes; SVG is refused, since it can carry script.")
            .WithMetadata(new TakesFiles(), new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes))
            .Accepts<byte[]>("application/octet-stream", "image/png", "image/jpeg", "image/gif", "image/webp").Produces<ImageView>(201)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(422);
        routes.MapPut("/images/{id}", async (string id, Change body, Db db, TimeProvider clock, Actor actor) => (await Replace(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.CatalogWrite).WithName("catalog.changeImage").WithTags("Catalog").WithSummary("Say what a picture shows, and where it stands")
            .Produces<ImageView>().ProducesProblem(400).ProducesProblem(404);
        routes.MapDelete("/images/{id}", async (string id, Db db, TimeProvider clock, Actor actor) => (await Remove(id, db, clock, actor)).ToHttp())
            .Requires(Permission.CatalogWrite).WithName("catalog.removeImage").WithTags("Catalog").WithSummary("Take a picture away").Produces<Done>().ProducesProblem(404);
        routes.MapGet("/images/{id}", Serve)
            .Requires(Permission.CatalogRead).WithName("catalog.getImage").WithTags("Catalog").WithSummary("A picture's file")
            .Produces<string>(200, "image/png").ProducesProblem(404);
    }

    private static async Task<Result<Page<ImageView>>> List(string sku, Db db, Actor actor)
    {
        sku = ReadProducts.FromAddress(sku);
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        return await db.Read<Result<Page<ImageView>>>(actor, async work =>
            await Product(work, sku) is { } product ? new Page<ImageView>(await Of(work, product.Id), null, false) : CatalogErrors.NoSuchProduct(sku));
    }

    /// <remarks>Errors: catalog.no_such_product, catalog.not_an_image, catalog.too_many_images, request.too_large.</remarks>
    private static async Task<Result<ImageView>> Add(string sku, string? alt, HttpContext http, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        sku = ReadProducts.FromAddress(sku);
        var checks = new Checks();
        checks.Text(alt, "#alt", MostAlt);
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        using var file = new MemoryStream();
        await http.Request.Body.CopyToAsync(file, stop);
        if (ImageKind.Of(file.GetBuffer().AsSpan(0, (int)file.Length)) is not { } kind) return CatalogErrors.NotAnImage;
        var (now, content) = (clock.GetUtcNow(), file.ToArray());
        var id = ImageId.New(now);
        return await db.Write<ImageView>(actor with { Stamp = null }, async work =>
        {
            // The product's row is the lock: two pictures at the same moment are not both the last that fits.
            if (await Product(work, sku, isLocked: true) is not { Id: var product }) return CatalogErrors.NoSuchProduct(sku);
            var has = await Of(work, product);
            if (has.Count >= MostImages) return CatalogErrors.TooManyImages(MostImages);
            await work.Execute(
                """
                insert into product_images (id, merchant_id, product_id, position, content_type, content, width, height, alt, created_at_ms)
                values (@id, @merchant, @product, @position, @type, @content, @width, @height, @alt, @now)
                """, ("id", id.Value), ("product", product), ("position", has.Count + 1), ("type", kind.ContentType), ("content", content), ("width", kind.Width), ("height", kind.Height),
                ("alt", alt ?? ""), ("now", now.ToUnixTimeMilliseconds()));
            await Tell(work, actor, now, product, "ProductImageAdded", id);
            return (await Of(work, product)).Single(i => i.Id == id);
        });
    }

    /// <remarks>Errors: catalog.no_such_image.</remarks>
    private static async Task<Result<ImageView>> Replace(string id, Change body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Alt, "/alt", MostAlt);
        checks.Range(body.Position ?? 1, 1, MostImages, "/position");
        if (checks.AnyFault) return checks.ToError();
        if (!ImageId.TryParse(id, null, out var known)) return CatalogErrors.NoSuchImage;
        return await db.Write<ImageView>(actor, async work =>
        {
            if (await Owner(work, known) is not { Id: var product }) return CatalogErrors.NoSuchImage;
            var images = (await Of(work, product)).ToList();
            var moved = images.Single(i => i.Id == known);
            if (body.Position is { } place)
            {
                images.Remove(moved);
                images.Insert(Math.Min(place - 1, images.Count), moved);
            }
            await work.Execute("update product_images set position = r.position from @rows r where product_images.id = r.id and product_images.merchant_id = @merchant",
                Rows.Of(images.Select((image, i) => (image.Id, Place: i + 1)).ToList()).Uuid("id", i => i.Id.Value).Int("position", i => i.Place));
            await work.Execute("update product_images set alt = coalesce(@alt::text, alt) where id = @id and merchant_id = @merchant", ("alt", body.Alt), ("id", known.Value));
            await Tell(work, actor, clock.GetUtcNow(), product, "ProductImageChanged", known);
            return (await Of(work, product)).Single(i => i.Id == known);
        });
    }

    /// <remarks>Errors: catalog.no_such_image.</remarks>
    private static async Task<Result<Done>> Remove(string id, Db db, TimeProvider clock, Actor actor) => !ImageId.TryParse(id, null, out var known) ? CatalogErrors.NoSuchImage
        : await db.Write<Done>(actor, async work =>
        {
            if (await Owner(work, known) is not { Id: var product }) return CatalogErrors.NoSuchImage;
            await work.Execute("delete from product_images where id = @id and merchant_id = @merchant", ("id", known.Value));
            await Tell(work, actor, clock.GetUtcNow(), product, "ProductImageRemoved", known);
            return new Done();
        });

    private static async Task<IResult> Serve(string id, HttpContext http, Db db, Actor actor)
    {
        var found = !ImageId.TryParse(id, null, out var known) ? null : await db.Read(actor, work => work.Find(
            "select content_type, content from product_images where id = @id and merchant_id = @merchant", row => new File(row.Text(), row.Bytes()), ("id", known.Value)));
        if (found is null) return CatalogErrors.NoSuchImage.ToHttp();
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        // Opened by itself it is a picture in an empty room: no script, no plug-in, nothing of this origin.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return Results.Bytes(found.Content, found.ContentType);
    }

    private sealed record File(string ContentType, byte[] Content);

    internal static Task<List<ImageView>> Of(Work work, long product) => work.Query(
        $"select id, content_type, width, height, alt from product_images where merchant_id = @merchant and product_id = @product order by position, id limit {MostImages}",
        ImageView.Of, ("product", product));

    private sealed record Owned(long Id);

    private static Task<Owned?> Product(Work work, string sku, bool isLocked = false) =>
        work.Find($"select id from products where merchant_id = @merchant and sku_key = @key{(isLocked ? " for update" : "")}", row => new Owned(row.Long()), ("key", Text.Key(sku)));

    private static Task<Owned?> Owner(Work work, ImageId id) => work.Find(
        "select p.id from product_images i join products p on p.id = i.product_id where i.id = @id and i.merchant_id = @merchant for update of p", row => new Owned(row.Long()), ("id", id.Value));

    private static async Task Tell(Work work, Actor actor, DateTimeOffset now, long product, string what, ImageId image)
    {
        string sku = (await work.Query("select sku from products where id = @id and merchant_id = @merchant", row => row.Text(), ("id", product))).Single();
        await EventLog.Append(work, actor, now, new Happening("product", sku, what, new { image = image.ToString() }));
    }
}
