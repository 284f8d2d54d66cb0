using System.Text.Json.Serialization;

namespace SmartCommunity.Incidents.People;

/// <summary>In which capacity someone acts on a case (GB/T 30428.1 names the posts).</summary>
[JsonConverter(typeof(RoleJsonConverter))]
public enum Role : byte
{
    /// <summary>系统: a rule, a clock, a standing delegation.</summary>
    System = 0,

    /// <summary>居民.</summary>
    Resident = 1,

    /// <summary>网格员.</summary>
    GridWorker = 2,

    /// <summary>受理员.</summary>
    Acceptor = 3,

    /// <summary>值班长.</summary>
    DutyOfficer = 4,

    /// <summary>派遣员.</summary>
    Dispatcher = 5,

    /// <summary>处置人.</summary>
    Handler = 6,

    /// <summary>核查人.</summary>
    Checker = 7,

    /// <summary>物业经理.</summary>
    PropertyManager = 8,

    /// <summary>系统管理员: edits communities and rules; gives no commands on cases.</summary>
    Administrator = 9,
}

/// <summary>Roles in kebab-case, as in the community file and the API: <c>grid-worker</c>, <c>duty-officer</c>.</summary>
public sealed class RoleJsonConverter() : JsonStringEnumConverter<Role>(global::System.Text.Json.JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
