using SmartCommunity.Simulation.Randomness;

namespace SmartCommunity.Simulation.Devices.Models;

/// <summary>Number plates (GA 36): a province's character, a letter, then five or, for new-energy cars, six of digits and letters without I and O.</summary>
public static class Plates
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static readonly string[] Provinces = ["沪", "苏", "浙", "皖", "京", "粤"];

    /// <summary>A plate of a visitor, from anywhere.</summary>
    public static string Any(SeededRandom random)
    {
        // Most cars are local; a third are of the new-energy form, which has a D or F after the city's letter.
        var province = random.Chance(0.7) ? Provinces[0] : random.Pick(Provinces);
        var head = $"{province}{Letters[random.Whole(0, Letters.Length)]}";
        return random.Chance(0.33) ? $"{head}{(random.Chance(0.8) ? 'D' : 'F')}{random.Whole(10_000, 100_000)}" : head + Ordinary(random);
    }

    /// <summary>One of a community's own cars: the same every day.</summary>
    /// <param name="community">The seed of the community.</param>
    /// <param name="index">0 to the number of cars.</param>
    public static string Resident(SeededRandom community, int index) => Any(community.Fork($"car-{index}"));

    private static string Ordinary(SeededRandom random)
    {
        Span<char> text = stackalloc char[5];
        for (var i = 0; i < text.Length; i++) text[i] = (char)('0' + random.Whole(0, 10));
        if (random.Chance(0.6)) text[random.Whole(0, 2)] = Letters[random.Whole(0, Letters.Length)];
        return new string(text);
    }
}
