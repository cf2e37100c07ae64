using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Catalog;
using Switchyard.Database;

namespace Switchyard.Tests.Catalog;

public sealed class ImagesTests
{
    // Two by three pixels each, as far as a header tells.
    private static readonly byte[] Png = [.. Convert.FromHexString("89504E470D0A1A0A0000000D494844520000000200000003080200000012165DB5"), .. new byte[40]];
    private static readonly byte[] Gif = [.. "GIF89a"u8, 2, 0, 3, 0, 0, 0, 0];
    private static readonly byte[] Jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 3, 0, 2, 3, 1, 0x22, 0];
    private static readonly byte[] WebP = [.. "RIFF"u8, 30, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0];

    [Fact]
    public void A_picture_is_known_by_its_own_bytes()
    {
        ImageKind.Of(Png).ShouldBe(new ImageKind("image/png", 2, 3));
        ImageKind.Of(Gif).ShouldBe(new ImageKind("image/gif", 2, 3));
        ImageKind.Of(Jpeg).ShouldBe(new ImageKind("image/jpeg", 2, 3));
        ImageKind.Of(WebP).ShouldBe(new ImageKind("image/webp", 2, 3));
        foreach (string text in (string[])["", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "<html>", "%PDF-1.7", "GIF", "RIFF0000WEBP"])
            ImageKind.Of(Encoding.UTF8.GetBytes(text)).ShouldBeNull(text);
        byte[] huge = [.. Png];
        huge[17] = 0x7f;
        ImageKind.Of(huge).ShouldBeNull("more pixels than anybody shows");
        for (int cut = 0; cut < Jpeg.Length; cut++) ImageKind.Of(Jpeg.AsSpan(0, cut));
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bent = [.. (i % 4) switch { 0 => Png, 1 => Gif, 2 => Jpeg, _ => WebP }];
            for (int n = 0; n < 4; n++) bent[random.Next(bent.Length)] = (byte)random.Next(256);
            ImageKind.Of(bent.AsSpan(0, random.Next(bent.Length + 1)));
        }
    }

    [Theory, BothDatabases, Capability("P24")]
    public async Task Pictures_are_kept_in_order_and_served_so_that_they_can_be_nothing_else(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG");
        var first = await Shop.Read(await Upload(shop, "MUG", Png, "image/gif", "?alt=A%20mug"), 201);
        first.Text("contentType").ShouldBe("image/png", "what the sender says it is decides nothing");
        first.Long("width").ShouldBe(2);
        var second = await Shop.Read(await Upload(shop, "mug", Jpeg, "image/jpeg"), 201);
        await shop.Put("/images/" + second.Text("id"), new { position = 1, alt = "From above" });
        var product = await shop.Get("/products/MUG");
        product.GetProperty("images").EnumerateArray().Select(i => i.Text("alt")).ShouldBe(["From above", "A mug"]);
        (await shop.Get("/products/MUG/images")).GetProperty("data").GetArrayLength().ShouldBe(2);

        var file = await shop.Http.GetAsync(first.Text("url"));
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(Png);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        file.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        file.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        (await shop.Client(null).GetAsync(first.Text("url"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // A change of the product leaves its pictures; taking one away leaves the other.
        await shop.Put("/products/MUG", new { name = "Another name" });
        (await shop.Get("/products/MUG")).GetProperty("images").GetArrayLength().ShouldBe(2);
        (await shop.Send(HttpMethod.Delete, "/images/" + first.Text("id"), null)).IsSuccessStatusCode.ShouldBeTrue();
        (await shop.Http.GetAsync(first.Text("url"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await shop.Get("/products/MUG")).GetProperty("images").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task What_is_no_picture_too_large_or_too_many_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG");
        byte[] svg = Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
        (await Shop.Read(await Upload(shop, "MUG", svg, "image/png"), 422)).Text("code").ShouldBe("catalog.not_an_image");
        (await Shop.Read(await Upload(shop, "NOTHING", Png, "image/png"), 404)).Text("code").ShouldBe("catalog.no_such_product");
        (await Upload(shop, "MUG", [.. Png, .. new byte[KeepImages.MostBytes]], "image/png")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        for (int i = 0; i < KeepImages.MostImages; i++) (await Upload(shop, "MUG", Gif, "image/gif")).IsSuccessStatusCode.ShouldBeTrue();
        (await Shop.Read(await Upload(shop, "MUG", Gif, "image/gif"), 422)).Text("code").ShouldBe("catalog.too_many_images");
    }

    [Theory, BothDatabases]
    public async Task Variants_of_one_group_are_listed_together_and_differ_by_their_options(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string sku in (string[])["MUG-MOSS", "MUG-INK", "BOWL"]) await shop.Product(sku);
        await shop.Put("/products/MUG-MOSS/variant", new { group = "MUG", options = new { colour = "moss" } });
        await shop.Refused(HttpMethod.Put, "/products/MUG-INK/variant", new { group = "MUG", options = new { colour = "moss" } }, 409, "catalog.same_variant");
        var ink = await shop.Put("/products/MUG-INK/variant", new { group = "MUG", options = new { colour = "ink" } });
        ink.GetProperty("variantOptions").Text("colour").ShouldBe("ink");
        await shop.Put("/products/MUG-INK", new { name = "Ink mug" });
        (await Group("MUG")).ShouldBe(["MUG-INK", "MUG-MOSS"], "a change of the product leaves the group");
        await shop.Put("/products/MUG-INK/variant", new { });
        (await Group("MUG")).ShouldBe(["MUG-MOSS"]);
        await shop.Refused(HttpMethod.Put, "/products/BOWL/variant", new { options = new { colour = "ink" } }, 400, "request.invalid");

        async Task<List<string?>> Group(string group) => [.. (await shop.Get("/products?query=variant:" + group)).GetProperty("data").EnumerateArray().Select(p => p.Text("sku"))];
    }

    private static Task<HttpResponseMessage> Upload(Shop shop, string sku, byte[] bytes, string type, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/products/{sku}/images{query}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        // As curl asks before it sends a large file: whoever is refused while sending may see the connection end instead of the answer.
        request.Headers.ExpectContinue = true;
        return shop.Http.SendAsync(request);
    }
}
