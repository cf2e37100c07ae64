namespace Switchyard.Sourcing;

/// <summary>Ways to the customer that nodes offer by themselves, without a lane. Each is a method and a service of that name.</summary>
public static class DeliveryWays
{
    /// <summary>The customer fetches it.</summary>
    public const string Collect = "collect";

    /// <summary>It arrives on the day, around the node.</summary>
    public const string SameDay = "same-day";

    /// <summary>What a node that may be collected from says nothing about.</summary>
    public const int ReadyMinutes = 120;
}
