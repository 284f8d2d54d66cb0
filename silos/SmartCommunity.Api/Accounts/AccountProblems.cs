using Microsoft.AspNetCore.Http;
using SmartCommunity.Api.Problems;
using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Accounts;

/// <summary>What is said of accounts, tokens and connections that do not fit.</summary>
internal static class AccountProblems
{
    private static readonly LocalizedText Administrator = new("系统管理员", "administrator");

    public static LocalizedText Account { get; } = new("账户", "account");

    public static LocalizedText Token { get; } = new("令牌", "token");

    public static LocalizedText Connection { get; } = new("连接", "connection");

    public static LocalizedText IsDevice { get; } = new("是设备编号", "is the id of a device");

    public static LocalizedText ChooseAnother { get; } = new("请另选名称", "choose another name");

    public static LocalizedText PublishesNothing { get; } = new("订阅账户不能发布", "a subscriber publishes nothing");

    public static LocalizedText MakeIntegration { get; } = new("请改用 integration 类型", "make it an integration");

    public static LocalizedText RuleHint { get; } = new(
        "MQTT 主题过滤器，例如 sc/v1/+/event；%u 表示账户名，%c 表示客户端标识", "an MQTT topic filter such as sc/v1/+/event; %u is the account's name, %c the client id");

    public static LocalizedText NotACertificateName { get; } = new("不是有效的证书名称", "is not a name in a certificate");

    public static LocalizedText CertificateHint { get; } = new("证书的 CN、DNS 名称或 URI 的最后一段", "the CN, a DNS name, or the last part of a URI of the certificate");

    public static LocalizedText DurationRange { get; } = new("1 分钟至 90 天", "1 minute to 90 days");

    public static LocalizedText NotARule(string error) => new($"不是有效的主题规则（{error}）", error);

    public static IResult NeedsAdministrator(HttpContext context) => ApiProblem.Of(context, ProblemKinds.Forbidden, ProblemTexts.NeedsRole(Administrator));
}
