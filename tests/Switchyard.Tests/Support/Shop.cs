using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Tests;

/// <summary>A running server on a fresh database, spoken to over real HTTP with an administrator's key.</summary>
public sealed class Shop : IAsyncDisposable
{
    public const string AdminKey = "sy_test_administrator_key";
    private const int MostTries = 30;
    private readonly WebApplication _app;
    private readonly DatabaseSettings _settings;
    private bool _isOwnDatabase;

    private Shop(WebApplication app, DatabaseSettings settings, FakeClock? clock, bool isOwnDatabase)
    {
        (_app, _settings, Clock, _isOwnDatabase) = (app, settings, clock, isOwnDatabase);
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = Client(AdminKey);
    }

    /// <summary>Whoever asks for them means to come back to the database, so it is not dropped at the end.</summary>
    public DatabaseSettings Settings
    {
        get { _isOwnDatabase = false; return _settings; }
    }

    public FakeClock? Clock { get; }
    public string Address { get; }
    public HttpClient Http { get; }
    public IServiceProvider Services => _app.Services;
    public Db Db => Services.GetRequiredService<Db>();

    /// <summary>Starts a server. With <paramref name="fakeClock"/> the time stands still; <paramref name="settings"/> joins an existing database.</summary>
    /// <param name="more">More arguments of the program, such as <c>--SWITCHYARD_WEB=folder</c>.</param>
    public static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false, DatabaseSettings? settings = null, params string[] more)
    {
        bool isOwn = settings is null;
        settings ??= await Template.Copy(kind);
        var clock = fakeClock ? new FakeClock() : null;
        var app = await ServerHost.Build(settings, ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning", .. more], clock);
        await ApiKeys.Bootstrap(app.Services.GetRequiredService<Db>(), AdminKey, clock ?? TimeProvider.System);
        await app.StartAsync();
        return new Shop(app, settings, clock, isOwn);
    }

    public static DatabaseSettings NewDatabase(DatabaseKind kind) => DatabaseSettings.Parse(kind == DatabaseKind.Postgres
        ? TestPostgres.CreateDatabase()
        : Path.Combine(TestFolder.New(), "shop.db"));

    /// <summary>Thousands of databases would fill a small disk.</summary>
    private static void Drop(DatabaseSettings settings)
    {
        if (settings.Kind == DatabaseKind.Postgres) { TestPostgres.DropDatabase(settings.ConnectionString); return; }
        string folder = Path.GetDirectoryName(new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource)!;
        try { Directory.Delete(folder, recursive: true); } catch (IOException) { }      // somebody still writes: it goes with the run's folder
    }

    public HttpClient Client(string? key)
    {
        // Whoever asks before it sends waits for the answer, however long it takes: else it sends after a second, into a connection that ends.
        var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(300) };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    public async Task<JsonElement> Get(string path) => await Read(await Http.GetAsync("/api/v1" + path), 200);

    /// <summary>Posts and expects success; the answer as JSON.</summary>
    public async Task<JsonElement> Post(string path, object body, string? key = null) => await Read(await Send(HttpMethod.Post, path, body, key), null);

    public async Task<JsonElement> Put(string path, object body) => await Read(await Send(HttpMethod.Put, path, body, null), null);

    /// <summary>Sends without judging the answer. A string body is sent as it is.</summary>
    public Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body, string? key = null) => Patiently(() => SendOnce(method, path, body, key));

    /// <summary>
    /// Comes again when it is told that others held the same records for too long, as every well-made client does: nothing was done, and a crowded
    /// machine brings it about.
    /// </summary>
    public static async Task<HttpResponseMessage> Patiently(Func<Task<HttpResponseMessage>> send)
    {
        for (int tries = 1; ; tries++)
        {
            var answer = await send();
            if (tries == MostTries || answer.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable)) return answer;
            string text = await answer.Content.ReadAsStringAsync();
            if (!text.Contains("\"request.in_progress\"", StringComparison.Ordinal) && !text.Contains("\"server.busy\"", StringComparison.Ordinal)) return answer;
            await Task.Delay(200);
        }
    }

    private Task<HttpResponseMessage> SendOnce(HttpMethod method, string path, object? body, string? key)
    {
        var request = new HttpRequestMessage(method, "/api/v1" + path);
        if (body is string text) request.Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json");
        else if (body is not null) request.Content = JsonContent.Create(body);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return Http.SendAsync(request);
    }

    /// <summary>Posts and expects a refusal with this status and code; the problem document.</summary>
    public async Task<JsonElement> Refused(HttpMethod method, string path, object? body, int status, string code, string? key = null)
    {
        var problem = await Read(await Send(method, path, body, key), status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }

    /// <summary>Ends the rounds that a work of the house makes by itself, in the time of the machine: from now on the test alone says when it comes round.</summary>
    public async Task<T> ByHand<T>() where T : BackgroundService
    {
        var work = Services.GetRequiredService<T>();
        await work.StopAsync(default);
        return work;
    }

    /// <summary>Asks until it is so, for at most three minutes: what takes a moment takes long on a machine that does much else.</summary>
    public async Task Until(Func<Task<bool>> isSo)
    {
        var deadline = DateTime.UtcNow.AddMinutes(3);
        while (!await isSo())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("it did not become so within three minutes");
            await Task.Delay(50);
        }
    }

    public static async Task<JsonElement> Read(HttpResponseMessage response, int? status)
    {
        string text = await response.Content.ReadAsStringAsync();
        if (status is { } expected) ((int)response.StatusCode).ShouldBe(expected, text);
        else response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_isOwnDatabase) Drop(_settings);
    }
}
