using System.Text;

namespace SmartCommunity.Gateway.Tests.Decoding;

/// <summary>Payloads that mean nothing, each wrong in its own way, with a word that its reason must hold.</summary>
internal static class MalformedPayloads
{
    public static IEnumerable<(string Channel, byte[] Payload, string Reason)> All()
        => Telemetry.Select(row => ("telemetry", Bytes(row.Payload), row.Reason))
            .Concat(Events.Select(row => ("event", Bytes(row.Payload), row.Reason)))
            .Concat(Statuses.Select(row => ("status", Bytes(row.Payload), row.Reason)))
            .Concat(Both.SelectMany(row => new[] { ("telemetry", Bytes(row.Payload), row.Reason), ("event", Bytes(row.Payload), row.Reason) }))
            .Concat(Binary.SelectMany(row => new[] { ("telemetry", row.Payload, row.Reason), ("event", row.Payload, row.Reason), ("status", row.Payload, row.Reason) }));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static readonly (byte[] Payload, string Reason)[] Binary =
    [
        ([], "empty"),
        ([0xEF, 0xBB, 0xBF], "empty"),
        ([0xFF], "not UTF-8"),
        ([0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, 0x4A, 0x46], "not UTF-8"),
        ([0xD6, 0xD0, 0xB9, 0xFA], "not UTF-8"),
        ([.. "{\"kind\":\"smoke\",\"data\":{\"a\":\""u8, 0xC3, 0x28, .. "\"}}"u8], "not UTF-8"),
        ([.. "{\"values\":{\"power\":1}}"u8, 0xED, 0xA0, 0x80], "not UTF-8"),
    ];

    // Whatever the channel is.
    private static readonly (string Payload, string Reason)[] Both =
    [
        ("{", "not valid JSON"), ("}", "not valid JSON"), ("[", "not valid JSON"), ("[{]", "not valid JSON"), ("{]", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":1}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":1}}}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":1}} x", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":1}}{\"kind\":\"smoke\"}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":1},}", "not valid JSON"),
        ("{'kind':'smoke'}", "not valid JSON"), ("{kind:\"smoke\"}", "not valid JSON"), ("{\"kind\"=\"smoke\"}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":NaN}}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":Infinity}}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":01}}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":+1}}", "not valid JSON"),
        ("{\"kind\":\"smoke\",\"values\":{\"power\":1.}}", "not valid JSON"),
        ("{\"kind\":\"smoke\" /* now */}", "not valid JSON"), ("{\"kind\":\"smo", "not valid JSON"), ("{\"kind\":\"a\nb\"}", "not valid JSON"),
        ("{\"kind\":\"\\x\"}", "not valid JSON"), ("True", "not valid JSON"), ("smoke", "not valid JSON"), ("<xml/>", "not valid JSON"), ("\0", "not valid JSON"),
        ("{\"a\":" + new string('[', 40) + new string(']', 40) + "}", "not valid JSON"), (new string('[', 5000), "not valid JSON"),
        ("{\"kind\":\"\\ud800\",\"values\":{\"power\":\"\\ud800\"}}", "escape"),
        ("null", "must be an object"), ("true", "must be an object"), ("42", "must be an object"), ("\"smoke\"", "must be an object"),
        ("[]", "array is empty"), ("[[]]", "item 1"), ("[1]", "item 1"), ("[null]", "item 1"), ("{}", "there is no"), ("[{}]", "item 1: there is no"),
    ];

    private static readonly (string Payload, string Reason)[] Telemetry =
    [
        ("{\"time\":1}", "no \"values\""), ("{\"value\":{\"power\":1}}", "no \"values\""), ("{\"Values\":{\"power\":1}}", "no \"values\""),
        ("{\"values\":null}", "\"values\" is null"), ("{\"values\":1}", "\"values\" is 1"), ("{\"values\":[]}", "\"values\" is an array"),
        ("{\"values\":\"power\"}", "\"values\" is \"power\""), ("{\"values\":{}}", "no reading"), ("{\"values\":{\"power\":null}}", "no reading"),
        ("{\"values\":{\"power\":{}}}", "\"power\" is an object"), ("{\"values\":{\"power\":[1]}}", "\"power\" is an array"),
        ("{\"values\":{\"power\":\"\"}}", "\"power\" is \"\""), ("{\"values\":{\"power\":\"high\"}}", "\"power\" is \"high\""),
        ("{\"values\":{\"power\":\"NaN\"}}", "\"power\" is \"NaN\""), ("{\"values\":{\"power\":\"Infinity\"}}", "\"power\" is"),
        ("{\"values\":{\"power\":1e999}}", "\"power\" is 1e999"), ("{\"values\":{\"power\":\"1e999\"}}", "\"power\" is"),
        ("{\"values\":{\"power\":\"1,5\"}}", "\"power\" is \"1,5\""), ("{\"values\":{\"power\":\"0x10\"}}", "\"power\" is"),
        ("{\"values\":{\"\":1}}", "can not name a metric"), ("{\"values\":{\"a b\":1}}", "can not name a metric"), ("{\"values\":{\"a/b\":1}}", "can not name a metric"),
        ("{\"values\":{\"" + new string('m', 65) + "\":1}}", "can not name a metric"),
        ("{\"time\":{},\"values\":{\"power\":1}}", "\"time\" is an object"), ("{\"time\":true,\"values\":{\"power\":1}}", "\"time\" is true"),
        ("{\"values\":{\"power\":1},\"time\":[2026]}", "\"time\" is an array"),
    ];

    private static readonly (string Payload, string Reason)[] Events =
    [
        ("{\"id\":\"1\"}", "no \"kind\""), ("{\"Kind\":\"smoke\"}", "no \"kind\""), ("{\"kind\":null}", "\"kind\" is null"), ("{\"kind\":\"\"}", "no known kind"),
        ("{\"kind\":\"Smoke\"}", "no known kind"), ("{\"kind\":\"smoke \"}", "no known kind"), ("{\"kind\":\"volcano\"}", "\"volcano\", which is no known kind"),
        ("{\"kind\":\"" + new string('k', 5000) + "\"}", "no known kind"), ("{\"kind\":13}", "\"kind\" is 13"), ("{\"kind\":[\"smoke\"]}", "\"kind\" is an array"),
        ("{\"kind\":{}}", "\"kind\" is an object"), ("{\"kind\":\"smoke\",\"id\":{}}", "\"id\" is an object"), ("{\"kind\":\"smoke\",\"id\":true}", "\"id\" is true"),
        ("{\"kind\":\"smoke\",\"id\":\"" + new string('i', 129) + "\"}", "129 characters"),
        ("{\"kind\":\"smoke\",\"time\":{}}", "\"time\" is an object"), ("{\"kind\":\"smoke\",\"time\":false}", "\"time\" is false"),
        ("{\"kind\":\"smoke\",\"confidence\":\"high\"}", "\"confidence\" is"), ("{\"kind\":\"smoke\",\"confidence\":93}", "\"confidence\" is 93"),
        ("{\"kind\":\"smoke\",\"confidence\":-0.1}", "\"confidence\" is -0.1"), ("{\"kind\":\"smoke\",\"confidence\":true}", "\"confidence\" is true"),
        ("{\"kind\":\"smoke\",\"confidence\":\"NaN\"}", "\"confidence\" is"), ("{\"kind\":\"smoke\",\"data\":[]}", "\"data\" is an array"),
        ("{\"kind\":\"smoke\",\"data\":\"x\"}", "\"data\" is \"x\""), ("{\"kind\":\"smoke\",\"data\":{\"active\":\"maybe\"}}", "\"active\" is \"maybe\""),
        ("{\"kind\":\"smoke\",\"data\":{\"active\":2}}", "\"active\" is 2"), ("{\"kind\":\"smoke\",\"data\":{\"active\":{}}}", "\"active\" is an object"),
        ("{\"kind\":\"smoke\",\"data\":{\"a\":[\"\\udc00\"]}}", "escape"), ("{\"kind\":\"smoke\",\"evidence\":{}}", "\"evidence\" is an object"),
        ("{\"kind\":\"smoke\",\"evidence\":[1]}", "\"evidence\" is wrong"), ("{\"kind\":\"smoke\",\"evidence\":[{}]}", "\"uri\""),
        ("{\"kind\":\"smoke\",\"evidence\":[{\"uri\":5}]}", "\"uri\""), ("{\"kind\":\"smoke\",\"evidence\":[{\"uri\":\"" + new string('u', 2049) + "\"}]}", "\"uri\""),
        ("{\"kind\":\"smoke\",\"evidence\":[[{\"uri\":\"u\"}]]}", "\"evidence\" is wrong"),
    ];

    private static readonly (string Payload, string Reason)[] Statuses =
    [
        ("on", "online or offline"), ("onlineoffline", "online or offline"), ("{\"status\":\"online\"}", "online or offline"), ("1", "online or offline"),
        ("   ", "online or offline"), ("on\u0131ine", "online or offline"),
    ];
}
