using Switchyard.Log;

namespace Switchyard.Messages;

// door: ForgetMessages, TrackingLinks, IBuyersVoice, IMessenger, MessageSecrets, PublicUrl, MessageKind, MessageSettings, WriteMessageAccount, TrackingPage

/// <summary>The door of Messages: what customers are told, by which messenger, and the page on which they see their order.</summary>
public static class MessagesRoom
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton<MailServers>().AddSingleton<SmtpMessenger>()
        .AddSingleton<IMessenger>(provider => provider.GetRequiredService<SmtpMessenger>()).AddSingleton<IMessenger, KeepMessenger>()
        .AddSingleton<MessageSecrets>().AddSingleton<MessagePace>().AddSingleton<PublicUrl>().AddSingleton<TrackingLinks>().AddSingleton<ComposeMessage>()
        .AddSingleton<PageThrottle>().AddSingleton<ViewCounts>().AddSingleton<TrackingPage>()
        .AddSingleton<QueueMessages>().AddSingleton(provider => new EventConsumer(QueueMessages.Consumer, provider.GetRequiredService<QueueMessages>().Handle) { Kinds = QueueMessages.Kinds })
        .AddSingleton<SendMessages>().AddHostedService(provider => provider.GetRequiredService<SendMessages>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        WriteMessageAccount.Map(routes);
        MessageSettings.Map(routes);
        WriteMessageTemplate.Map(routes);
        ReadMessages.Map(routes);
        TrackingLinks.Map(routes);
    }
}
