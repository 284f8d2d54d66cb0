using System.Text;
using SmartCommunity.Host.Edge.Accounts;
using SmartCommunity.Host.Edge.SignIn;
using SmartCommunity.Host.Tests.Support;
using SmartCommunity.Mqtt.Server.Ports;
using SmartCommunity.Stores.Accounts;

namespace SmartCommunity.Host.Tests.Edge.SignIn;

/// <summary>What a verified client certificate lets in.</summary>
public sealed class CertificateTests
{
    private static readonly AccountBook Book = new(
        new(
            [EdgeParts.Account("site-7", AccountKind.Gateway, certificates: ["gw-7.example"]), EdgeParts.Account("plain")],
            [EdgeParts.Token("cam-1", "right"), EdgeParts.Token("site-7", "key", isDevice: false), EdgeParts.Token("plain", "word", isDevice: false)]),
        new([], []));

    [Theory]
    [InlineData("cam-1", "", "", null, "cam-1")]
    [InlineData("cam-1", "", "", "cam-1", "cam-1")]
    [InlineData("x", "cam-2", "", null, "cam-2")]
    [InlineData("x", "", "urn:device:cam-1", null, "cam-1")]
    [InlineData("x", "", "spiffe://site/device/cam-1", "cam-1", "cam-1")]
    [InlineData("gw-7.example", "", "", null, "site-7")]
    [InlineData("cam-1", "", "", "cam-2", null)]
    [InlineData("cam-1", "", "", "site-7", null)]
    [InlineData("cam-1", "", "", "plain", null)]
    [InlineData("CAM-1", "", "", null, null)]
    [InlineData("cam-9", "", "", null, null)]
    [InlineData("cam-9", "", "", "cam-9", null)]
    [InlineData("cam-1", "cam-2", "", null, null)]
    [InlineData("cam-1", "cam-2", "", "cam-2", "cam-2")]
    public void The_names_in_it_are_whom_it_lets_in(string commonName, string dns, string uri, string? user, string? expected)
    {
        var verdict = Judge(Certificate(commonName, dns, uri), user, password: null);
        verdict.Identity?.Name.ShouldBe(expected);
        (verdict.Identity is null).ShouldBe(expected is null, verdict.Refusal.ToString());
        verdict.Identity?.Credential.ShouldBe("certificate-AB");
    }

    [Theory]
    [InlineData("cam-1", "cam-1", "right", SignInRefusal.None)]
    [InlineData("cam-1", "cam-1", "wrong", SignInRefusal.WrongToken)]
    [InlineData("cam-2", "cam-1", "right", SignInRefusal.CertificateOfAnother)]
    [InlineData("nobody", "cam-1", "right", SignInRefusal.CertificateOfAnother)]
    [InlineData("nobody", "site-7", "key", SignInRefusal.CertificateOfAnother)]
    [InlineData("cam-1", "plain", "word", SignInRefusal.CertificateOfAnother)]
    [InlineData("nobody", "plain", "word", SignInRefusal.None)]
    internal void With_a_token_both_must_fit(string commonName, string user, string password, SignInRefusal refusal) =>
        Judge(Certificate(commonName), user, password).Refusal.ShouldBe(refusal);

    [Fact]
    public void Where_a_token_is_needed_too_the_certificate_alone_is_not_enough()
    {
        Judge(Certificate("cam-1"), null, password: null, needsToken: true).Refusal.ShouldBe(SignInRefusal.NoToken);
        Judge(Certificate("cam-1"), null, "right", needsToken: true).Identity!.Credential.ShouldBe("cam-1-right");
    }

    [Fact]
    public void Without_a_certificate_and_without_a_name_there_is_nobody() =>
        Judge(null, null, "right").Refusal.ShouldBe(SignInRefusal.NoName);

    private static SignInVerdict Judge(CertificateNames? certificate, string? user, string? password, bool needsToken = false) =>
        new SignInJudge(name => name is "cam-1" or "cam-2", needsToken).Judge(
            Book,
            new("c", user, Encoding.UTF8.GetBytes(password ?? ""), "127.0.0.1") { HasPassword = password is not null, Certificate = certificate },
            DateTimeOffset.UnixEpoch);

    private static CertificateNames Certificate(string commonName, string dns = "", string uri = "") =>
        new($"CN={commonName}", commonName, dns.Length > 0 ? [dns] : [], uri.Length > 0 ? [uri] : [], "AB");
}
