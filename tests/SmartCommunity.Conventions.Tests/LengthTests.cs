using SmartCommunity.Conventions.Tests.Sources;

namespace SmartCommunity.Conventions.Tests;

/// <summary>STYLE 2: small files with one idea, functions that fit one screen.</summary>
public sealed class LengthTests
{
    private const int MaxFileLines = 400;
    private const int MaxFunctionLines = 70;

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        SourceTree.CSharp.Where(file => file.Lines.Length > MaxFileLines).Select(file => $"{file.Path}: {file.Lines.Length}").ShouldBeEmpty();

    [Fact]
    public void No_function_is_longer_than_70_lines() =>
        (from file in SourceTree.CSharp
         from function in Functions.In(file)
         where function.Length > MaxFunctionLines + 2
         select $"{file.Path}:{function.Line} {function.Name}: {function.Length}").ShouldBeEmpty();

    [Fact]
    public void Half_of_the_product_files_have_at_most_80_lines()
    {
        var lengths = SourceTree.Product.Select(file => file.Lines.Length).Order().ToArray();
        lengths[lengths.Length / 2].ShouldBeLessThanOrEqualTo(80);
    }

    [Fact]
    public void The_function_finder_sees_a_long_function()
    {
        string[] body = ["    public static int Long(", "        int a,", "        int b)", "    {", .. Enumerable.Repeat("        a++;", 80), "    }"];
        Functions.In(new("x.cs", ["class X", "{", .. body, "}"])).ShouldHaveSingleItem().ShouldBe(("Long", 6, 82));
    }
}
