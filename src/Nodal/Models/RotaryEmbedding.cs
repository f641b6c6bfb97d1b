namespace Nodal.Models;

/// <summary>Frequencies of rotary position embeddings (Su et al. 2021, arXiv 2104.09864), half-split layout.</summary>
/// <param name="Theta">Base of the geometric series of wavelengths.</param>
/// <param name="Scaling">Stretching for longer contexts, or <see langword="null"/>.</param>
public sealed record RotaryEmbedding(double Theta, RotaryScaling? Scaling = null)
{
    /// <summary>Radians per position of each rotated pair.</summary>
    /// <param name="headWidth">Dimensions of a head; pair i is dimensions i and i + headWidth/2.</param>
    public double[] Frequencies(int headWidth)
    {
        var frequencies = new double[headWidth / 2];
        for (var pair = 0; pair < frequencies.Length; pair++)
        {
            var frequency = Math.Pow(Theta, -2.0 * pair / headWidth);
            frequencies[pair] = Scaling?.Scale(frequency) ?? frequency;
        }

        return frequencies;
    }
}
