namespace Switchyard.Simulators;

/// <summary>What the control page can make happen in a shop.</summary>
internal static class ControlActs
{
    public static IResult Do(VendorSim sim, string[] path, Asked asked) => path switch
    {
        ["orders"] => Place(sim, asked),
        ["orders", var id, var act] => sim.Shop.Order(id) is { } order ? OfOrder(sim, order, act, asked) : ControlPage.Error(404, $"No order {id}."),
        ["listings"] => List(sim, asked),
        ["prices"] => OfListing(sim, asked, l => sim.Shop.ChangePrice(l.Sku, asked.Long("priceMinor") ?? throw new AskedWrongly("priceMinor is missing."))),
        ["stock"] => OfListing(sim, asked, l => sim.Shop.SetStock(l, asked.Long("locationId") ?? sim.Shop.Facts.Locations[0].Id,
        asked.Whole("units") ?? throw new AskedWrongly("units is missing."), "hand")),
        ["last-unit"] => LastUnit(sim, asked),
        ["mood"] => SetMood(sim, asked),
        ["messages"] => SetMessages(sim, asked),
        ["release"] => Done(() => sim.Sender.Release(asked.Flag("shuffled") ?? false)),
        ["replay"] => Done(() => sim.Sender.Replay()),
        ["stream"] => Done(() => sim.Stream.Start(asked.Number("perMinute") ?? 0, asked.Texts("skus"))),
        ["expire-tokens"] => Done(sim.ExpireTokens),
        ["clock"] => Done(() => sim.Clock.Advance(TimeSpan.FromSeconds(asked.Number("advanceSeconds") ?? 0))),
        _ => ControlPage.Error(404, "Nothing like that can be done here."),
    };

    private static IResult Place(VendorSim sim, Asked asked)
    {
        int count = Math.Clamp(asked.Whole("count") ?? 1, 1, 1000);
        var placed = new List<SimOrder>();
        for (int i = 0; i < count; i++)
        {
            var order = asked.Text("sku") is { } sku ? sim.Generator.Buy(sku, asked.Whole("quantity") ?? 1, country: asked.Text("country"))
                : sim.Generator.Place(asked.Texts("skus"), asked.Text("country"));
            if (order is null) break;
            placed.Add(order);
        }
        return placed.Count == 0 ? ControlPage.Error(409, "Nothing of that is to be had.")
            : Results.Json(sim.Shop.Read(_ => placed.Select(ControlPage.ShownOrder).ToList()), ControlPage.Json);
    }

    private static IResult OfOrder(VendorSim sim, SimOrder order, string act, Asked asked)
    {
        switch (act)
        {
            case "pay": sim.Shop.Pay(order); break;
            case "change": Change(sim, order, asked); break;
            case "cancel": sim.Shop.Cancel(order, asked.Text("reason") ?? "customer"); break;
            case "refund":
                long left = sim.Shop.Read(_ => order.TotalMinor - order.RefundedMinor), amount = asked.Long("amountMinor") ?? left;
                if (amount < 1 || amount > left) return ControlPage.Error(409, "There is not so much to give back.");
                sim.Shop.Refund(order, amount, asked.Text("reason") ?? "Refunded in the shop", paidOut: true);
                break;
            case "ship":
                var open = sim.Shop.Read(_ => order.Lines.Select(l => new SimShippedLine(l.Id, order.Open(l))).Where(l => l.Quantity > 0).ToList());
                if (open.Count == 0) return ControlPage.Error(409, "Nothing of it is still to be sent.");
                sim.Shop.Ship(order, open, asked.Text("carrier") ?? "Royal Mail", asked.Text("tracking") ?? "SIM" + order.Number);
                break;
            default: return ControlPage.Error(404, "An order can be paid, changed, cancelled, refunded and shipped here.");
        }
        return Results.Json(sim.Shop.Read(_ => ControlPage.ShownOrder(order)), ControlPage.Json);
    }

    private static void Change(VendorSim sim, SimOrder order, Asked asked)
    {
        if (asked.Whole("quantity") is { } quantity)
        {
            long lineId = asked.Long("lineId") ?? order.Lines[0].Id;
            if (quantity < 0 || !order.Lines.Any(l => l.Id == lineId)) throw new AskedWrongly("lineId and quantity name a line of the order and 0 or more units.");
            sim.Shop.SetQuantity(order, lineId, quantity);
        }
        if (asked.Text("addSku") is { } sku)
        {
            if (sim.Shop.BySku(sku) is null) throw new AskedWrongly($"Nothing with the SKU {sku} is for sale.");
            sim.Shop.AddLine(order, sku, 1);
        }
        if (!asked.Has("note") && !asked.Has("street") && asked.Flag("newAddress") != true) return;
        var elsewhere = asked.Flag("newAddress") == true ? sim.Generator.Person(order.ShipTo.Country).Address with
        {
            FirstName = order.ShipTo.FirstName,
            LastName = order.ShipTo.LastName
        } : order.ShipTo;
        sim.Shop.Change(order, o =>
        {
            o.ShipTo = asked.Text("street") is { } street ? elsewhere with { Street = street } : elsewhere;
            o.Note = asked.Text("note") ?? o.Note;
        });
    }

    private static IResult List(VendorSim sim, Asked asked)
    {
        string sku = asked.TextOf("sku");
        if (sim.Shop.BySku(sku) is not null) return ControlPage.Error(409, $"{sku} is for sale already.");
        var listing = sim.Shop.List(sku, asked.Text("title") ?? sku, asked.Long("priceMinor") ?? 1000, asked.Whole("units") ?? 10, barcode: asked.Text("barcode") ?? "",
            byMarketplace: asked.Flag("byMarketplace") ?? false);
        return Results.Json(new { listing.Id, listing.Sku }, ControlPage.Json);
    }

    private static IResult LastUnit(VendorSim sim, Asked asked)
    {
        if (sim.Shop.BySku(asked.TextOf("sku")) is not { } listing) return ControlPage.Error(404, "No listing with that SKU.");
        int units = sim.Shop.Read(_ => listing.Stock.Values.DefaultIfEmpty(0).Max());
        return units > 0 && sim.Generator.Buy(listing.Sku, units) is { } order
            ? Results.Json(sim.Shop.Read(_ => ControlPage.ShownOrder(order)), ControlPage.Json)
            : ControlPage.Error(409, "There is none left.");
    }

    private static IResult OfListing(VendorSim sim, Asked asked, Action<SimListing> act)
    {
        if (sim.Shop.BySku(asked.TextOf("sku")) is not { } listing) return ControlPage.Error(404, "No listing with that SKU.");
        act(listing);
        return Results.Json(new { done = true }, ControlPage.Json);
    }

    private static IResult SetMood(VendorSim sim, Asked asked)
    {
        bool isKnown = Enum.TryParse<Mood>(asked.TextOf("mood"), ignoreCase: true, out var mood) && Enum.IsDefined(mood);
        if (!isKnown) throw new AskedWrongly("mood is one of " + string.Join(", ", Enum.GetNames<Mood>()) + ".");
        if (asked.Number("slowSeconds") is { } seconds) sim.Slowness = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 600));
        if (asked.Flag("always") == true) sim.Always = mood;
        else for (int i = 0; i < Math.Clamp(asked.Whole("calls") ?? 1, 1, 1000); i++) sim.Next(mood);
        return Results.Json(new { done = true }, ControlPage.Json);
    }

    private static IResult SetMessages(VendorSim sim, Asked asked)
    {
        var sender = sim.Sender;
        sender.Holds = asked.Flag("holds") ?? sender.Holds;
        sender.DropsAll = asked.Flag("dropsAll") ?? sender.DropsAll;
        sender.DropEvery = Math.Max(0, asked.Whole("dropEvery") ?? sender.DropEvery);
        sender.Copies = Math.Clamp(asked.Whole("copies") ?? sender.Copies, 1, 20);
        sender.ShuffleBy = Math.Clamp(asked.Whole("shuffleBy") ?? sender.ShuffleBy, 0, 1000);
        sender.ForgesToo = asked.Flag("forgesToo") ?? sender.ForgesToo;
        sender.Retries = Math.Clamp(asked.Whole("retries") ?? sender.Retries, 0, 20);
        if (asked.Number("delaySeconds") is { } delay) sender.Delay = TimeSpan.FromSeconds(Math.Clamp(delay, 0, 600));
        return Results.Json(new { done = true }, ControlPage.Json);
    }

    private static IResult Done(Action act)
    {
        act();
        return Results.Json(new { done = true }, ControlPage.Json);
    }
}
