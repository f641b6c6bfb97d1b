namespace Nodal.Models;

/// <summary>Llama 3's frequency-dependent stretching; with both frequency factors 0 it is plain linear scaling.</summary>
/// <param name="Factor">How many times longer the low frequencies become.</param>
/// <param name="LowFrequencyFactor">Wavelengths above original / this are stretched whole.</param>
/// <param name="HighFrequencyFactor">Wavelengths below original / this are left alone.</param>
/// <param name="OriginalContextLength">Context length of the original training, tokens.</param>
public sealed record RotaryScaling(double Factor, double LowFrequencyFactor = 0, double HighFrequencyFactor = 0, int OriginalContextLength = 0)
{
    /// <summary>The stretched frequency, radians per position.</summary>
    public double Scale(double frequency)
    {
        if (HighFrequencyFactor == 0)
        {
            return frequency / Factor;
        }

        var wavelengths = OriginalContextLength * frequency / (2 * Math.PI);
        var smooth = Math.Clamp((wavelengths - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return ((1 - smooth) * frequency / Factor) + (smooth * frequency);
    }
}
