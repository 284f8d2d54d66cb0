using SmartCommunity.Events.Vocabulary;

namespace SmartCommunity.Api.Problems;

/// <summary>A kind of problem: its stable code, HTTP status, title, and what it says when nothing more is known.</summary>
internal sealed record ProblemKind(int Status, string Code, LocalizedText Title, LocalizedText? Detail = null);

/// <summary>The table of problems. Codes are part of the contract.</summary>
internal static class ProblemKinds
{
    public static ProblemKind InvalidInput { get; } = new(400, "invalid-input", new("请求有误", "The request is not right"));

    public static ProblemKind Unreadable { get; } = new(
        400, "unreadable", new("无法读取请求", "The request can not be read"), new("请检查请求的格式。", "Check the form of the request."));

    public static ProblemKind TooMuchAsked { get; } = new(400, "too-much-asked", new("一次查询太多", "Too much asked at once"));

    public static ProblemKind CommunityInvalid { get; } = new(400, "community-invalid", new("社区文件有误，未保存", "The community file has errors and is not stored"));

    public static ProblemKind ImportInvalid { get; } = new(400, "import-invalid", new("导入有误，未做任何更改", "The import has errors; nothing was changed"));

    public static ProblemKind CommandIncomplete { get; } = new(400, "command-incomplete", new("操作缺少内容", "The command lacks something"));

    public static ProblemKind NotSignedIn { get; } = new(
        401, "not-signed-in", new("未登录", "Not signed in"), new("请先登录。", "Sign in first: POST /api/v1/sign-in."));

    public static ProblemKind WrongSignIn { get; } = new(
        401, "wrong-sign-in", new("登录失败", "Sign-in failed"), new("用户名或密码不对。", "The user name or the password is wrong."));

    public static ProblemKind Forbidden { get; } = new(
        403, "forbidden", new("没有权限", "Not permitted"), new("您的角色不能进行此操作。", "Your roles do not permit this."));

    public static ProblemKind AdministratorsChange { get; } = new(
        403, "administrators-change", new("没有权限", "Not permitted"),
        new("只有系统管理员可以更改谁是系统管理员。", "Only an administrator may change who is an administrator."));

    public static ProblemKind CrossOrigin { get; } = new(
        403, "cross-origin", new("请求来自其他网站", "The request comes from another site"),
        new("登录 Cookie 只能由本站页面使用。", "The sign-in cookie may only be used by pages of this site."));

    public static ProblemKind CommandForbidden { get; } = new(403, "command-forbidden", new("不能由您操作", "You may not do this"));

    public static ProblemKind NotFound { get; } = new(404, "not-found", new("没有找到", "Not found"), new("没有这个地址。", "There is nothing at this address."));

    public static ProblemKind MethodNotAllowed { get; } = new(
        405, "method-not-allowed", new("不支持此方法", "Method not allowed"), new("此地址不接受这种请求方法。", "This address does not take this method."));

    public static ProblemKind CommandRefused { get; } = new(409, "command-refused", new("案卷当前状态不能这样操作", "The case does not take this now"));

    public static ProblemKind AccountExists { get; } = new(
        409, "account-exists", new("账户已存在", "The account is there already"), new("请另选名称，或修改现有账户。", "Choose another name, or change the account."));

    public static ProblemKind TwoTokens { get; } = new(
        409, "two-tokens", new("已有两个有效令牌", "Two tokens are good already"),
        new("请先吊销一个，或用 rotate=at-once 立即替换全部。", "Revoke one first, or replace all with rotate: at-once."));

    public static ProblemKind SeveralConnections { get; } = new(
        409, "several-connections", new("有多个同名连接", "Several connections have this client id"), new("请用 account= 指定账户。", "Say whose with account=."));

    public static ProblemKind StaleVersion { get; } = new(
        412, "stale-version", new("内容已被更改", "It has changed since"), new("请刷新后再试。", "Read it again and repeat the change."));

    public static ProblemKind TooLarge { get; } = new(413, "too-large", new("内容太大", "Too large"));

    public static ProblemKind UnsupportedMedia { get; } = new(
        415, "unsupported-media", new("不支持此格式", "Media type not supported"), new("请检查 Content-Type。", "Check the Content-Type."));

    public static ProblemKind TooManyAttempts { get; } = new(429, "too-many-attempts", new("尝试次数太多", "Too many attempts"));

    public static ProblemKind Internal { get; } = new(
        500, "internal", new("系统出错", "Something went wrong here"),
        new("已记录，请稍后再试；如再次出现，请把 traceId 告诉管理员。", "It has been logged. Try again; if it stays, tell the administrator the traceId."));

    public static ProblemKind Busy { get; } = new(503, "busy", new("系统繁忙", "Busy"), new("请稍后再试。", "Try again in a moment."));

    /// <summary>The kind for a status that the framework answered by itself.</summary>
    public static ProblemKind ForStatus(int status) => status switch
    {
        400 => Unreadable,
        401 => NotSignedIn,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => TooLarge,
        415 => UnsupportedMedia,
        < 500 => Unreadable with { Status = status },
        503 => Busy,
        _ => Internal with { Status = status },
    };
}
