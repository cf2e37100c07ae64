using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Switchyard.Tests;

/// <summary>One private PostgreSQL for the whole test run, started when the first test asks for it.</summary>
public static class TestPostgres
{
    private static readonly Lazy<string> Server = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);
    private static int _databases;

    /// <summary>Makes an empty database owned by a plain user and returns its connection string.</summary>
    /// <param name="template">A database nobody is connected to, of which it becomes a copy.</param>
    public static string CreateDatabase(string? template = null)
    {
        string name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        // Files are copied as they are: through the log, page by page, it takes twice the work.
        AsOwner($"create database {name}{(template is null ? "" : $" template {template} strategy file_copy")}");
        return Server.Value + $";Username=switchyard;Database={name};Maximum Pool Size=30;Timeout=120;Command Timeout=120";
    }

    /// <summary>As <see cref="CreateDatabase"/>, the other way.</summary>
    public static void DropDatabase(string connectionString)
    {
        using (var pool = new NpgsqlConnection(connectionString)) NpgsqlConnection.ClearPool(pool);
        try { AsOwner($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)"); }
        catch (NpgsqlException) { }             // somebody still looks at it: it goes with the cluster
    }

    private static void AsOwner(string statement)
    {
        // Each waits for a checkpoint, and on a full machine for many: the usual 30 seconds are no fault of theirs.
        using var connection = new NpgsqlConnection(Server.Value + ";Username=switchyard;Database=postgres;Maximum Pool Size=16;Timeout=300;Command Timeout=300");
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        for (int tries = 1; ; tries++)
        {
            try { command.ExecuteNonQuery(); return; }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse && tries < 20) { /* a vacuum looks at the template */ }
        }
    }

    /// <summary>The same database as seen by the superuser, to plant faults no program could make.</summary>
    public static string AsSuperuser(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = "postgres" }.ConnectionString;

    /// <summary>The repository's root, found from where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>For a program that is told its port. Below those that systems give away, or another socket could get it before the program does.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(12_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse) { /* taken: another one */ }
        }
    }

    private static string Start()
    {
        if (Environment.GetEnvironmentVariable("SWITCHYARD_TEST_POSTGRES") is { Length: > 0 } given) return given;
        string folder = Path.Combine(TestFolder.Path, "postgres");
        int port = FreePort();
        // Tests of crashes kill processes, not the machine, so the operating system's cache is durable enough here.
        Script("start", folder, port.ToString(CultureInfo.InvariantCulture), "fsync=off", "full_page_writes=off", "max_connections=400");
        return $"Host=127.0.0.1;Port={port}";
    }

    internal static string Tool => Path.Combine(Root, "eng", "postgres");

    /// <summary>Runs eng/postgres.</summary>
    internal static void Script(params string[] arguments)
    {
        var start = new ProcessStartInfo(Tool, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 && arguments[0] == "start") throw new InvalidOperationException("PostgreSQL did not start: " + error);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Switchyard.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The repository's root was not found.");
    }
}
