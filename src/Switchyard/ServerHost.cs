using System.CommandLine;
using Switchyard.Access;
using Switchyard.Billing;
using Switchyard.Carts;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Cli;
using Switchyard.Connectors;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Edi;
using Switchyard.Erp;
using Switchyard.Exceptions;
using Switchyard.Files;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Jobs;
using Switchyard.Log;
using Switchyard.Messages;
using Switchyard.Notifications;
using Switchyard.Orders;
using Switchyard.Packing;
using Switchyard.Payments;
using Switchyard.Picking;
using Switchyard.Purchasing;
using Switchyard.Reporting;
using Switchyard.Search;
using Switchyard.Shipping;
using Switchyard.Sourcing;
using Switchyard.Support;
using Switchyard.Till;
using Switchyard.Warehouse;
using Switchyard.Webhooks;

namespace Switchyard;

/// <summary>Builds the server: every room adds its services and maps its routes here.</summary>
public static class ServerHost
{
    /// <summary>Migrates the database and makes the server ready to start. Tests call this too.</summary>
    public static async Task<WebApplication> Build(DatabaseSettings settings, string[] args, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        await Migrator.Run(settings, clock);
        var app = Compose(settings, args, clock);
        if (Environment.GetEnvironmentVariable("SWITCHYARD_BOOTSTRAP_KEY") is { Length: >= 8 } key)
            await ApiKeys.Bootstrap(app.Services.GetRequiredService<Db>(), key, clock);
        return app;
    }

    /// <summary>The rooms put together on a database that is up to date. A command uses them without starting the server.</summary>
    public static WebApplication Compose(DatabaseSettings settings, string[] args, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxConcurrentConnections = 5_000;
        });
        builder.Services.ConfigureHttpJsonOptions(json => Json.ConfigureBodies(json.SerializerOptions));
        builder.Services.PostConfigure<Microsoft.AspNetCore.Http.Json.JsonOptions>(json => Json.Share(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi("v1", api => api.Describe());
        builder.Services.AddSingleton(clock).AddSingleton(settings).AddSingleton<Db>()
            .AddSingleton(provider => new Gauge("switchyard_database_trips_total", "Round trips to the database", () => provider.GetRequiredService<Db>().Traffic.Trips))
            .AddSingleton(provider => new Gauge("switchyard_database_statements_total", "Statements sent to the database", () => provider.GetRequiredService<Db>().Traffic.Statements));
        builder.Services.AddSingleton<RequestPlaces>()
            .AddSingleton(provider => new Gauge("switchyard_requests_waiting", "Requests that wait for a place", () => provider.GetRequiredService<RequestPlaces>().InQueue));
        builder.Services.AddSingleton<ForgetOldKeys>().AddHostedService(provider => provider.GetRequiredService<ForgetOldKeys>());
        AddRooms(builder.Services);

        var app = builder.Build();
        app.UseForwardedHeaders(Proxies.Trusted(app.Configuration[Proxies.Setting]));
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemEdge>();
        app.UseRouting();
        app.UseMiddleware<Gatekeeper>();
        app.UseMiddleware<HidePrices>();
        app.UseMiddleware<KnownParameters>();
        app.UseMiddleware<RequestBody>();
        app.UseMiddleware<TakePlace>();
        Health.Map(app);
        Metrics.Map(app);
        ProblemPages.Map(app);
        TrackingPage.Map(app);
        ConnectorsRoom.MapPages(app);
        var web = WebApp.Find(app.Configuration[WebApp.FolderSetting]);
        if (web is null) ShowFirstPage.Map(app);
        else ServeWebApp.Map(app, web);
        ServeApiDocument.Map(app);
        var api = app.MapGroup("/api/v1");
        MapRooms(api);
        app.MapFallback("/api/{**rest}", ProblemEdge.NothingHere)
            .IsOpenToAnyone().ExcludeFromDescription();
        CommandDoor.Map(app, settings);
        return app;
    }

    /// <summary>The commands each room adds to the command line.</summary>
    public static IEnumerable<Command> RoomCommands(CommandHost host) =>
    [
        .. AccessRoom.Commands(host),
        .. FilesRoom.Commands(host, FileKinds),
        Demo.SeedDemo.Create(host),
        Demo.SeedOrders.Create(host),
        .. SourcingRoom.Commands(host),
        .. PickingRoom.Commands(host),
        .. PackingRoom.Commands(host),
        .. OrdersRoom.Commands(host),
        .. WebhooksRoom.Commands(host),
        .. DocumentsRoom.Commands(host),
    ];

    private static readonly IReadOnlyList<FileKind> FileKinds = [.. CatalogRoom.Files, .. SourcingRoom.Files, .. InventoryRoom.Files, .. CustomersRoom.Files, .. WarehouseRoom.Files, .. PickingRoom.Files,
        .. PaymentsRoom.Files, .. OrdersRoom.Files];

    private static void AddRooms(IServiceCollection services)
    {
        services.AddAccess();
        services.AddCatalog();
        services.AddInventory();
        services.AddSourcing();
        services.AddCustomers();
        services.AddPayments();
        services.AddOrders();
        services.AddFulfilment().AddPicking();
        services.AddShipping();
        services.AddConnectors();
        services.AddBilling();
        services.AddLog();
        services.AddFiles(FileKinds);
        services.AddJobs();
        services.AddSearch();
        services.AddPurchasing();
        services.AddExceptions();
        services.AddReporting();
        services.AddWebhooks();
        services.AddDocuments();
        services.AddMessages();
        services.AddEdi();
        services.AddTill();
        services.AddCarts();
        services.AddErp();
        services.AddSupport();
        Demo.DemoRoom.AddDemo(services);
    }

    private static void MapRooms(IEndpointRouteBuilder api)
    {
        AccessRoom.Map(api);
        CatalogRoom.Map(api);
        InventoryRoom.Map(api);
        ChannelsRoom.Map(api);
        FilesRoom.Map(api, FileKinds);
        SourcingRoom.Map(api);
        PackingRoom.Map(api);
        CustomersRoom.Map(api);
        PaymentsRoom.Map(api);
        OrdersRoom.Map(api);
        FulfilmentRoom.Map(api);
        ShippingRoom.Map(api);
        ConnectorsRoom.Map(api);
        BillingRoom.Map(api);
        PickingRoom.Map(api);
        LogRoom.Map(api);
        ExceptionsRoom.Map(api);
        NotificationsRoom.Map(api);
        JobsRoom.Map(api);
        SearchRoom.Map(api);
        PurchasingRoom.Map(api);
        ReportingRoom.Map(api);
        WarehouseRoom.Map(api);
        WebhooksRoom.Map(api);
        DocumentsRoom.Map(api);
        MessagesRoom.Map(api);
        EdiRoom.Map(api);
        TillRoom.Map(api);
        CartsRoom.Map(api);
        ErpRoom.Map(api);
        SupportRoom.Map(api);
        Demo.DemoRoom.Map(api);
    }
}
