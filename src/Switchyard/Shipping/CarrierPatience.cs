using Microsoft.AspNetCore.DataProtection;
using Switchyard.Adapters;
using Switchyard.Http;

namespace Switchyard.Shipping;

/// <summary>How patient we are with carriers. The operator's settings; tests make them shorter.</summary>
public sealed class CarrierPatience : AdapterPatience
{
    /// <summary>For a quote: carriers that take longer are left out.</summary>
    public TimeSpan Quote { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long whoever asks for a label waits for it; then it comes by itself.</summary>
    public TimeSpan AtOnce { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long it is asked whether a label was made unheard, before it is booked again or the next service is taken.</summary>
    public TimeSpan BeforeNext { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a label that may have been made unheard is looked for.</summary>
    public TimeSpan LookFor { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How often a carrier is asked where a parcel is.</summary>
    public TimeSpan TrackEvery { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the parcels of one account are asked about before the next round.</summary>
    public TimeSpan TrackFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Labels worked on at once by themselves; those that somebody waits for come on top.</summary>
    public int MostAtOnce { get; set; } = 32;

    /// <summary>A process that died in the middle of a call is replaced after this: longer than a booking of four calls, each late, and the question after it.</summary>
    public TimeSpan Lease => 8 * Timeout + TimeSpan.FromSeconds(10);
}

/// <summary>The way out to carriers.</summary>
public sealed class CarrierHttp(OutwardHttp http, CarrierPatience patience, TimeProvider clock) : AdapterHttp(http, patience, clock);

/// <summary>Secrets of carrier accounts.</summary>
public sealed class CarrierSecrets(IDataProtectionProvider protection) : AdapterSecrets(protection, "switchyard.carrier-secrets");
