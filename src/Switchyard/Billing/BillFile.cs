using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Billing;

/// <summary>A bill as a CSV file for spreadsheets: its lines, or all entries they are made of, read page by page.</summary>
public static class BillFile
{
    private const int RowsAtOnce = 2_000;
    private static readonly string[] LineColumns = ["merchant", "month", "version", "activity", "quantity", "price", "per", "amount", "currency", "entries"];
    private static readonly string[] EntryColumns = ["merchant", "month", "version", "activity", "day", "node", "subject", "quantity", "position", "event", "at"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bills/{month}/file", async (string month, [FromQuery] string? merchant, [FromQuery] int? version, [FromQuery] bool? newPrices, [FromQuery] bool? entries, HttpContext http, Db db, TimeProvider clock, Actor actor) =>
            {
                var bill = await ReadBill.Handle(month, merchant, null, version, newPrices ?? false, db, clock, actor);
                if (bill.Error is { } error) return error.ToHttp();
                var whose = await BillingAccess.For(db, actor, merchant);
                return whose.Error is { } unknown ? unknown.ToHttp() : new Sent(bill.Value, entries ?? false, db, whose.Value);
            })
            .Requires(Permission.ReportsRead).WithMetadata(new TellsPrices()).WithName("billing.billFile").WithTags("Billing").WithSummary("Read a bill as a CSV file")
            .WithDescription("A row for each line, with amounts in the currency's own unit; with `entries` a row for each entry they are the sum of.")
            .Produces<string>(200, "text/csv").ProducesProblem(400).ProducesProblem(404);

    private sealed class Sent(ReadBill.Response bill, bool isEntries, Db db, Actor whose) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"bill-{bill.Merchant}-{bill.Month}{(isEntries ? "-entries" : "")}.csv\"";
            await using var csv = CsvText.Writer(http.Response.Body);
            string version = bill.Version is { } of ? Text.Invariant(of) : "";
            async Task row(params string[] cells)
            {
                foreach (string cell in cells) csv.WriteField(CsvText.Guarded(cell));
                await csv.EndRecordAsync(http.RequestAborted);
            }
            await row(isEntries ? EntryColumns : LineColumns);
            foreach (var line in isEntries ? [] : bill.Lines)
                await row(bill.Merchant, bill.Month, version, Bills.Name(line.Activity), Text.Invariant(line.Quantity), Amount(line.PriceMinor), Text.Invariant(line.Per), Amount(line.AmountMinor), bill.Currency ?? "", Text.Invariant(line.Events));
            for (long after = isEntries ? 0 : -1; after >= 0;)
            {
                var page = await ListActivities.Read(db, whose, bill.Month, null, bill.Version, after, RowsAtOnce);
                foreach (var e in page)
                    await row(bill.Merchant, bill.Month, version, e.Activity, ActivityLog.Text(e.Day), e.Node, e.Subject, Text.Invariant(e.Quantity), e.Position is { } p ? Text.Invariant(p) : "", e.Event ?? "",
                        e.At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                await csv.FlushAsync(http.RequestAborted);
                after = page.Count == RowsAtOnce ? page[^1].Id : -1;
            }
            await csv.FlushAsync(http.RequestAborted);
        }

        private string Amount(long minor) => Currency.TryParse(bill.Currency, out var currency)
            ? ((decimal)minor / currency.MinorPerMajor).ToString("F" + Text.Invariant(currency.Decimals), CultureInfo.InvariantCulture) : Text.Invariant(minor);
    }
}
