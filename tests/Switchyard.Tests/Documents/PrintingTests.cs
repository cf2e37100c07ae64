using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Documents;

/// <summary>Printers: called at their own address by the server, or served by an agent; each job at least once.</summary>
public sealed class PrintingTests
{
    [Theory, BothDatabases]
    [Capability("PK-06")]
    public async Task A_label_goes_to_the_printer_of_the_station_and_again_after_a_jam(DatabaseKind kind)
    {
        using var sink = new PrinterSink();
        await using var shop = await Shop.Open(kind, more: "--SWITCHYARD_PRINTERS=127.0.0.1");
        await shop.Product("MUG", 5);
        string release = (await shop.Released(("MUG", 1))).Release;
        // Only where the operator says printers are; a name or another network is refused.
        foreach (string host in new[] { "10.0.0.9", "localhost", "169.254.169.254", "" })
            (await shop.Refused(HttpMethod.Put, "/printers/BAD", new { node = "MAIN", name = "Bad", kind = "label", format = "zpl203", link = "raw", host }, 400, "request.invalid"))
                .GetProperty("errors")[0].Text("code").ShouldBe("printers.address_not_allowed");
        await shop.Put("/printers/LABEL-1", new { node = "MAIN", name = "Labels", kind = "label", format = "zpl203", link = "raw", host = "127.0.0.1", port = sink.Port });
        await shop.Put("/print-stations/PACK-1", new { node = "MAIN", name = "Bench 1", label = "LABEL-1" });

        var label = await shop.Post("/documents", new { kind = "shippingLabel", of = new[] { release }, station = "PACK-1" });
        label.Text("format").ShouldBe("zpl203");
        byte[] file = await shop.Http.GetByteArrayAsync(label.Text("file"));
        (await sink.Next()).ShouldBe(file);
        await shop.Until(async () => (await shop.Get("/print-jobs")).GetProperty("data")[0].Text("state") == "printed");
        await shop.Refused(HttpMethod.Post, "/documents", new { kind = "packingSlip", of = new[] { release }, station = "PACK-1" }, 422, "documents.no_printer_for_kind");

        await shop.Post($"/documents/{label.Text("id")}/print", new { reason = "Jam", printer = "label-1", copies = 2 });
        (await sink.Next()).ShouldBe(file);
        (await sink.Next()).ShouldBe(file);
        (await shop.Get($"/documents/{label.Text("id")}")).GetProperty("prints").EnumerateArray().Select(p => p.Text("reason")).ShouldBe([null, "Jam"]);

        // A printer that is off: the job waits, is tried again, and can be taken out.
        sink.Stop();
        await shop.Post($"/documents/{label.Text("id")}/print", new { reason = "Off", printer = "LABEL-1" });
        await shop.Until(async () => (await shop.Get("/print-jobs?limit=1")).GetProperty("data")[0] is var job && job.Long("attempts") > 0 && job.Text("error") is not null);
        var waiting = (await shop.Get("/print-jobs?limit=1")).GetProperty("data")[0];
        await shop.Post($"/print-jobs/{waiting.Text("id")}/cancel", new { });
        await shop.Refused(HttpMethod.Post, $"/print-jobs/{waiting.Text("id")}/cancel", new { }, 409, "documents.job_is_over");
    }

    [Theory, BothDatabases]
    public async Task An_agent_takes_jobs_for_a_while_and_what_it_drops_comes_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 5);
        string release = (await shop.Released(("MUG", 1))).Release;
        await shop.Put("/printers/DESK", new { node = "MAIN", name = "Desk", kind = "slip", format = "pdf", link = "agent" });
        var slip = await shop.Post("/documents", new { kind = "packingSlip", of = new[] { release }, printer = "DESK" });
        var first = (await shop.Post("/print-jobs/claim", new { printers = new[] { "desk" } })).GetProperty("jobs");
        Convert.FromBase64String(first[0].Text("content")!).ShouldBe(await shop.Http.GetByteArrayAsync(slip.Text("file")));
        (await shop.Post("/print-jobs/claim", new { printers = new[] { "DESK" } })).GetProperty("jobs").GetArrayLength().ShouldBe(0);
        shop.Clock!.Advance(TimeSpan.FromMinutes(3));
        var again = (await shop.Post("/print-jobs/claim", new { printers = new[] { "DESK" } })).GetProperty("jobs");
        again[0].Text("id").ShouldBe(first[0].Text("id"));
        (await shop.Post($"/print-jobs/{again[0].Text("id")}/finish", new { error = "No paper" })).Text("state").ShouldBe("waiting");
        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        (await shop.Post("/print-jobs/claim", new { printers = new[] { "DESK" } })).GetProperty("jobs").GetArrayLength().ShouldBe(1);
        (await shop.Post($"/print-jobs/{again[0].Text("id")}/finish", new { })).Text("state").ShouldBe("printed");
        (await shop.Post($"/print-jobs/{again[0].Text("id")}/finish", new { error = "late news" })).Text("state").ShouldBe("printed");
        (await shop.Get("/printers")).GetProperty("printers")[0].Long("waiting").ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("P20")]
    public async Task A_printer_that_hangs_keeps_no_other_waiting_and_prices_come_out_for_nobody_who_may_not_see_them(DatabaseKind kind)
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);                 // takes a call and never reads: sending waits
        deaf.Start();
        using var sink = new PrinterSink();
        await using var shop = await Shop.Open(kind, more: "--SWITCHYARD_PRINTERS=127.0.0.1");
        await shop.Product("MUG", 5);
        string release = (await shop.Released(("MUG", 1))).Release;
        object Printer(string link, string format, int? port) => new { node = "MAIN", name = "P", kind = format == "pdf" ? "a4" : "label", format, link, host = port is null ? null : "127.0.0.1", port };
        await shop.Put("/printers/DEAF", Printer("raw", "zpl203", ((IPEndPoint)deaf.LocalEndpoint).Port));
        await shop.Put("/printers/GOOD", Printer("raw", "zpl203", sink.Port));
        await shop.Put("/printers/A4", Printer("agent", "pdf", null));
        var label = await shop.Post("/documents", new { kind = "shippingLabel", of = new[] { release }, printer = "DEAF" });
        for (int i = 0; i < 6; i++) await shop.Post($"/documents/{label.Text("id")}/print", new { reason = "Again", printer = "DEAF", copies = 20 });
        // Up to four at a time, as many as were there when it was looked.
        await shop.Until(async () => (await shop.Get("/print-jobs?state=sending")).GetProperty("data").GetArrayLength() is > 0 and <= 4);
        await shop.Post($"/documents/{label.Text("id")}/print", new { reason = "Here", printer = "GOOD" });
        await sink.Next();

        await shop.Post("/documents", new { kind = "orderSummary", of = new[] { release }, printer = "A4" });
        using var picker = shop.Client((await shop.Post("/keys", new { name = "Picker", scopes = new[] { "fulfilment:read", "fulfilment:work" } })).Text("secret"));
        (await Shop.Read(await picker.PostAsJsonAsync("/api/v1/print-jobs/claim", new { printers = new[] { "A4" } }), 200)).GetProperty("jobs").GetArrayLength().ShouldBe(0);
        var job = (await shop.Post("/print-jobs/claim", new { printers = new[] { "A4" } })).GetProperty("jobs").EnumerateArray().ShouldHaveSingleItem();
        (await Shop.Read(await picker.PostAsJsonAsync($"/api/v1/documents/{job.Text("document")}/print", new { reason = "Look", printer = "A4" }), 403)).Text("code").ShouldBe("access.prices_hidden");
    }

    [Fact, Trait("Kind", "Database")]
    public async Task The_print_agent_prints_what_waits_to_a_folder_and_to_a_port()
    {
        using var sink = new PrinterSink();
        string folder = Directory.CreateTempSubdirectory("switchyard-printing-").FullName;
        try
        {
            await using var shop = await Shop.Open(DatabaseKind.Sqlite);
            await shop.Product("MUG", 5);
            string release = (await shop.Released(("MUG", 1))).Release;
            foreach (string code in new[] { "DESK", "LABEL" }) await shop.Put("/printers/" + code, new { node = "MAIN", name = code, kind = code == "DESK" ? "slip" : "label", format = code == "DESK" ? "pdf" : "zpl300", link = "agent" });
            await shop.Post("/documents", new { kind = "packingSlip", of = new[] { release }, printer = "DESK" });
            var label = await shop.Post("/documents", new { kind = "shippingLabel", of = new[] { release }, printer = "LABEL" });
            var ended = await SwitchyardProcess.Run("none.db", null, "print-agent", "--server", shop.Address, "--key", Shop.AdminKey, "--printer", $"DESK=folder:{folder}", "--printer", $"LABEL=127.0.0.1:{sink.Port}", "--once");
            ended.Code.ShouldBe(0, ended.Output + ended.Notes);
            (await sink.Next()).ShouldBe(await shop.Http.GetByteArrayAsync(label.Text("file")));
            DocumentTools.Text(await File.ReadAllBytesAsync(Directory.GetFiles(folder, "prt_*.pdf").ShouldHaveSingleItem())).ShouldContain("Packing slip");
            (await shop.Get("/print-jobs")).GetProperty("data").EnumerateArray().ShouldAllBe(j => j.Text("state") == "printed");
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
