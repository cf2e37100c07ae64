using System.CommandLine;
using Switchyard.Cli;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary><c>switchyard convert shopify-products FILE FOLDER --currency CAD --node STORE</c>: exports of other systems as files of ours, to be looked at and imported.</summary>
internal static class ConvertCommands
{
    public static Command ShopifyProducts(CommandHost host)
    {
        var file = host.FileArgument("file", "The CSV export of products, gzipped or not");
        var folder = host.FileArgument("folder", "Where products.csv, barcodes.csv and stock.csv are written");
        var currency = new Option<string>("--currency") { Description = "Of its prices, such as CAD", Required = true };
        var node = new Option<string>("--node") { Description = "Where the stock lies: the code of one of our nodes", Required = true };
        return host.Command("shopify-products", "Make products, barcodes and stock of Shopify's export of products", CommandNeeds.Reads, async run =>
        {
            var from = run.Get(file);
            if (!from.Exists) return run.Refuse(Error.NotFound("import.no_such_file", $"There is no file {from.FullName}."));
            if (!Currency.TryParse(run.Get(currency)!, out var known)) return run.Refuse(Error.Invalid("field.unknown_currency", $"{run.Get(currency)} is no currency."));
            string to = run.Get(folder).FullName;
            Directory.CreateDirectory(to);
            await using var stream = Files.ShopifyProducts.Unpacked(from.OpenRead());
            var made = await Files.ShopifyProducts.Convert(stream, known, run.Get(node)!, async (name, body) =>
            {
                await using var target = File.Create(Path.Combine(to, name + ".csv"));
                await using var csv = CsvText.Writer(target);
                await body(csv);
                await csv.FlushAsync(run.Stop);
            }, run.Stop);
            if (made.Error is { } error) return run.Refuse(error);
            var done = made.Value;
            run.Say($"{done.Variants:N0} products of {done.Products:N0} in Shopify, {done.Barcodes:N0} barcodes, {done.Units:N0} units; {done.Renamed:N0} shared a SKU or had none, {done.Negative:N0} had less than no stock.");
            run.Say($"Look at them, then: switchyard import products {Path.Combine(to, "products.csv")}, and so barcodes and stock.");
            return run.Answer(done, ExitCode.Ok);
        }, file, folder, currency, node);
    }
}
