using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>A person who signs in. The only thing that EF Core writes; roles, keys and sessions are written by SQL.</summary>
public sealed class User : IdentityUser
{
    public string DisplayName { get; set; } = "";
    public bool IsDisabled { get; set; }
}

/// <summary>Identity's view of the table users, on a connection that is already inside a transaction of <see cref="Db"/>.</summary>
public sealed partial class UsersTable(DbContextOptions<UsersTable> options) : DbContext(options)
{
    /// <summary>Opens the table inside the transaction of <paramref name="work"/>; what is saved is committed or lost with it.</summary>
    public static async Task<UsersTable> In(Work work) => On(work.Kind, await work.Connection());

    internal static UsersTable On(DatabaseKind kind, DbConnection connection)
    {
        var options = new DbContextOptionsBuilder<UsersTable>();
        if (kind == DatabaseKind.Postgres) options.UseNpgsql(connection);
        else options.UseSqlite(connection);
        var table = new UsersTable(options.Options);
        table.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        table.Database.AutoSavepointsEnabled = false;
        return table;
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        var user = model.Entity<User>();
        user.ToTable("users").HasKey(u => u.Id);
        foreach (var property in user.Metadata.GetProperties()) property.SetColumnName(Snake(property.Name));
        user.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
        user.Property(u => u.LockoutEnd).HasColumnName("lockout_end_ms").HasConversion(
            end => end == null ? (long?)null : end.Value.ToUnixTimeMilliseconds(),
            ms => ms == null ? null : DateTimeOffset.FromUnixTimeMilliseconds(ms.Value));
        user.HasIndex(u => u.NormalizedUserName).IsUnique().HasDatabaseName("users_name");
        user.HasIndex(u => u.NormalizedEmail).HasDatabaseName("users_email");
    }

    private static string Snake(string name) => Humps().Replace(name, "_$1").ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Humps();
}

/// <summary>Gives Identity's user manager for one transaction.</summary>
public sealed class Identity(IOptions<IdentityOptions> options, IPasswordHasher<User> hasher, ILookupNormalizer names,
    IdentityErrorDescriber words, IServiceProvider services, ILogger<UserManager<User>> log)
{
    public async Task<UserManager<User>> In(Work work)
    {
        var store = new UserOnlyStore<User, UsersTable>(await UsersTable.In(work), words);
        return new UserManager<User>(store, options, hasher, [], [], names, words, services, log);
    }

    public string Normal(string userName) => names.NormalizeName(userName)!;

    /// <summary>Slow on purpose (about 0.1 s of CPU), so it is called before a transaction is begun, never inside.</summary>
    public string HashOf(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>Takes the same time whether or not there is such a user.</summary>
    public bool IsPassword(string? hash, string password)
    {
        bool fits = hasher.VerifyHashedPassword(Nobody, hash ?? (_unknown ??= HashOf("nobody has this password")), password)
            != PasswordVerificationResult.Failed;
        return fits && hash is not null;
    }

    private static readonly User Nobody = new();
    private string? _unknown;
}
