namespace SmartCommunity.Host.Edge.SignIn;

/// <summary>Why a sign-in was refused. The log says it; the client hears 0x86 whatever it was.</summary>
internal enum SignInRefusal
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>Neither user name nor certificate.</summary>
    NoName,

    /// <summary>There is no such device or account.</summary>
    UnknownAccount,

    /// <summary>The account is disabled.</summary>
    Disabled,

    /// <summary>The token is none of the owner's.</summary>
    WrongToken,

    /// <summary>The token has expired.</summary>
    ExpiredToken,

    /// <summary>A certificate came alone, and a token is needed too.</summary>
    NoToken,

    /// <summary>The certificate names no device or account that there is, or several.</summary>
    CertificateNamesNobody,

    /// <summary>The certificate is another's than the user name says.</summary>
    CertificateOfAnother,

    /// <summary>The account's rules go by the client id, and this one holds what would widen them.</summary>
    ClientIdNotAllowed,
}
