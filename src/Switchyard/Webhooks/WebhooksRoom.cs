using System.CommandLine;
using Switchyard.Cli;
using Switchyard.Http;
using Switchyard.Log;

namespace Switchyard.Webhooks;

// door: WebhookSecrets, WebhookSignature

/// <summary>The door of Webhooks: telling the world what happened, over HTTP and, if the operator wants it, over RabbitMQ.</summary>
public static class WebhooksRoom
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<OutwardHttp>().AddSingleton(WebhookSettings.FromEnvironment()).AddSingleton<WebhookSecrets>().AddSingleton<WebhookMessages>().AddSingleton<TestWebhook>();
        services.AddSingleton<QueueDeliveries>().AddSingleton(provider => new EventConsumer(QueueDeliveries.Consumer, provider.GetRequiredService<QueueDeliveries>().Handle));
        services.AddSingleton<TellPoints>().AddSingleton(provider => provider.GetRequiredService<TellPoints>().Consumer());
        services.AddHostedService<SendDeliveries>();
        services.AddSingleton<ForgetOldDeliveries>().AddHostedService(provider => provider.GetRequiredService<ForgetOldDeliveries>());
        return RabbitSink.Add(services, Environment.GetEnvironmentVariable("SWITCHYARD_RABBITMQ"));
    }

    public static IEnumerable<Command> Commands(CommandHost host) => [ListenCommand.Create(host), TriggerCommand.Create(host)];

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteWebhook.Map(routes);
        PartnerWebhook.Map(routes);
        ReadWebhooks.Map(routes);
        DeleteWebhook.Map(routes);
        RotateSecret.Map(routes);
        EnableWebhook.Map(routes);
        TestWebhook.Map(routes);
        ReadDeliveries.Map(routes);
        ResendDeliveries.Map(routes);
    }
}
